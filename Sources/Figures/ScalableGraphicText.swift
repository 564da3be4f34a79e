/// Edits to the text of an SVG file that the drawing library cannot make.
enum ScalableGraphicText {
  /// The file with a title and a description, with the library's running numbers removed, so that
  /// equal figures give equal bytes, and with names that differ from those of other figures, so that
  /// several can stand in one page.
  static func annotated(_ bytes: [UInt8], title: String, description: String) -> [UInt8] {
    var text = String(decoding: rounded(bytes), as: UTF8.self)
    text.replace(/id="surface[0-9]+"/, with: #"id="figure""#)
    // Pictures inside have numbers that run on from figure to figure.
    let names = text.matches(of: /id="((?:image|source-)[0-9]+)"/).map { String($0.1) }
    for (index, name) in names.enumerated() {
      text.replace("\"\(name)\"", with: "\"picture\(index)\"")
      text.replace("\"#\(name)\"", with: "\"#picture\(index)\"")
    }
    let prefix = "f" + String(fingerprint(text), radix: 36) + "-"
    text.replace(" id=\"", with: " id=\"\(prefix)")
    text.replace("\"#", with: "\"#\(prefix)")
    text.replace("url(#", with: "url(#\(prefix)")
    guard let root = text.firstRange(of: "<svg"),
      let end = text[root.upperBound...].firstIndex(of: ">")
    else { return bytes }
    text.insert(
      contentsOf: "\n<title>\(escaped(title))</title>\n<desc>\(escaped(description))</desc>",
      at: text.index(after: end))
    return Array(text.utf8)
  }

  /// A number of four bytes that almost surely differs for different texts (FNV-1a).
  private static func fingerprint(_ text: String) -> UInt32 {
    text.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }

  /// The file with two decimals in the coordinates of paths, a hundredth of a point; the library
  /// writes six, which makes files larger and no line better.
  static func rounded(_ bytes: [UInt8]) -> [UInt8] {
    let (quote, point) = (UInt8(ascii: "\""), UInt8(ascii: "."))
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var isPath = false
    var decimalCount: Int?
    for (index, byte) in bytes.enumerated() {
      if byte == quote {
        isPath = !isPath && index >= 3 && bytes[index - 3..<index].elementsEqual(" d=".utf8)
        decimalCount = nil
      } else if isPath, byte == point {
        decimalCount = 0
      } else if let count = decimalCount, digits.contains(byte) {
        decimalCount = count + 1
        if count >= 2 { continue }
      } else {
        decimalCount = nil
      }
      result.append(byte)
    }
    return result
  }

  /// Text as it may stand between XML tags; control characters, which XML forbids, become spaces.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case _ where scalar.value < 32 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
