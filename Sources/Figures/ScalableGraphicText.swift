/// Edits to the text of an SVG file that the drawing library cannot make.
enum ScalableGraphicText {
  /// The file with a title and a description, with the library's running numbers removed, so that
  /// equal figures give equal bytes, and with names that differ from those of other figures, so that
  /// several can stand in one page.
  static func annotated(_ bytes: [UInt8], title: String, description: String) -> [UInt8] {
    // Bytes, as pictures inside make long texts in which searching takes its time.
    var known: [String: String] = [:]
    let plain = renamed(rounded(bytes)) { name in
      if name.hasPrefix("surface") { return "figure" }
      // Pictures inside have numbers that run on from figure to figure.
      guard name.hasPrefix("image") || name.hasPrefix("source-") else { return name }
      let new = known[name] ?? "picture\(known.count)"
      known[name] = new
      return new
    }
    let prefix = "f" + String(fingerprint(plain), radix: 36) + "-"
    let result = renamed(plain) { prefix + $0 }
    guard let root = result.indices.first(where: { result[$0...].starts(with: "<svg".utf8) }),
      let end = result[root...].firstIndex(of: UInt8(ascii: ">"))
    else { return bytes }
    let texts = "\n<title>\(escaped(title))</title>\n<desc>\(escaped(description))</desc>"
    return Array(result[...end]) + Array(texts.utf8) + Array(result[(end + 1)...])
  }

  /// The file with other names of its parts, where they are given and where they are used.
  private static func renamed(_ bytes: [UInt8], _ rename: (String) -> String) -> [UInt8] {
    let (quote, hash) = (UInt8(ascii: "\""), UInt8(ascii: "#"))
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    var copied = 0
    for index in bytes.indices where bytes[index] == quote || bytes[index] == hash {
      let isName =
        bytes[index] == quote
        ? bytes[..<index].suffix(4).elementsEqual(" id=".utf8)
        : bytes[..<index].last == quote || bytes[..<index].suffix(4).elementsEqual("url(".utf8)
      guard isName, index >= copied else { continue }
      let name = bytes[(index + 1)...].prefix { $0 != quote && $0 != UInt8(ascii: ")") }
      result += bytes[copied...index]
      result += Array(rename(String(decoding: name, as: UTF8.self)).utf8)
      copied = name.endIndex
    }
    return result + bytes[copied...]
  }

  /// A number of four bytes that almost surely differs for different texts (FNV-1a).
  private static func fingerprint(_ bytes: [UInt8]) -> UInt32 {
    bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
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
