/// Edits to the text of an SVG file that the drawing library cannot make.
enum ScalableGraphicText {
  /// The file with a title and a description, and with the library's running number removed, so that
  /// equal figures give equal bytes.
  static func annotated(_ bytes: [UInt8], title: String, description: String) -> [UInt8] {
    guard let root = place(of: "<svg", in: bytes[...]),
      let end = bytes[root.upperBound...].firstIndex(of: UInt8(ascii: ">"))
    else { return bytes }
    let texts = "\n<title>\(escaped(title))</title>\n<desc>\(escaped(description))</desc>"
    var rest = Array(bytes[(end + 1)...])
    for start in [#"id="surface"#, #"id="image"#, ##"href="#image"##] {
      rest = renumbered(rest, after: start)
    }
    return Array(bytes[...end]) + Array(texts.utf8) + rest
  }

  /// The bytes with the library's running numbers behind a text replaced by 0, 1 … in their order.
  private static func renumbered(_ bytes: [UInt8], after text: String) -> [UInt8] {
    var (result, rest): ([UInt8], ArraySlice<UInt8>) = ([], bytes[...])
    result.reserveCapacity(bytes.count)
    var known: [ArraySlice<UInt8>] = []
    while let found = place(of: text, in: rest) {
      let number = rest[found.upperBound...].prefix { (0x30...0x39).contains($0) }
      if !known.contains(number) { known.append(number) }
      result += rest[..<found.upperBound]
      result += Array("\(known.firstIndex(of: number) ?? 0)".utf8)
      rest = rest[number.endIndex...]
    }
    return result + rest
  }

  /// Where a text starts and ends first.
  private static func place(of text: String, in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    let wanted = Array(text.utf8)
    var start = bytes.startIndex
    while let first = bytes[start...].firstIndex(of: wanted[0]) {
      if bytes[first...].starts(with: wanted) { return first..<first + wanted.count }
      start = first + 1
    }
    return nil
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
