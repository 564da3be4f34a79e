/// The text of an SVG file as it is wanted; the one place where it is changed after drawing.
struct ScalableGraphicText {
  let title: String
  let description: String

  /// The file in fewer characters, with a title and a description.
  ///
  /// The library's running numbers are removed, so that equal figures give equal bytes, and names
  /// differ from those of other figures, and of other parts of a page, so that several can stand in one.
  func annotating(_ bytes: [UInt8], in part: String = "") -> [UInt8] {
    var pictures: [String: String] = [:]
    let plain = XMLAttributes.changed(bytes) { name, value in
      Self.short(name, Self.renamed(name, value) { Self.stable($0, &pictures) })
    }
    let prefix = "f" + String(Self.fingerprint(plain + Array(part.utf8)), radix: 36) + "-"
    let result = XMLAttributes.changed(plain) { name, value in
      Self.renamed(name, value) { prefix + $0 }
    }
    guard let root = result.indices.first(where: { result[$0...].starts(with: "<svg".utf8) }),
      let end = result[root...].firstIndex(of: UInt8(ascii: ">"))
    else { return bytes }
    let texts =
      "\n<title>\(XMLText.escaped(title))</title>\n<desc>\(XMLText.escaped(description))</desc>"
    return Array(result[...end]) + Array(texts.utf8) + Array(result[(end + 1)...])
  }

  // Names.

  /// A value with another name in it, where it gives or uses one.
  private static func renamed(
    _ attribute: Substring, _ value: String, _ rename: (String) -> String
  ) -> String {
    if attribute == "id" { return rename(value) }
    if attribute.hasSuffix("href"), value.hasPrefix("#") {
      return "#" + rename(String(value.dropFirst()))
    }
    guard let start = value.firstRange(of: "url(#")?.upperBound,
      let end = value[start...].firstIndex(of: ")")
    else { return value }
    return value[..<start] + rename(String(value[start..<end])) + value[end...]
  }

  /// A name without what runs on from figure to figure.
  private static func stable(_ name: String, _ pictures: inout [String: String]) -> String {
    if name.hasPrefix("surface") { return "figure" }
    guard name.hasPrefix("image") || name.hasPrefix("source-") else { return name }
    let new = pictures[name] ?? "picture\(pictures.count)"
    pictures[name] = new
    return new
  }

  /// A number of four bytes that almost surely differs for different texts (FNV-1a).
  private static func fingerprint(_ bytes: [UInt8]) -> UInt32 {
    bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }

  // Lengths.

  /// What every element is without being told so.
  private static let standard: Set<Substring> = [
    "stroke-linecap:butt", "stroke-linejoin:miter", "stroke-opacity:1", "fill-opacity:1",
    "fill-rule:nonzero", "stroke-miterlimit:10", "transform:matrix(1,0,0,1,0,0)",
  ]

  /// A value in fewer characters: short outlines, whole colors; nil for one that is the standard.
  static func short(_ attribute: Substring, _ value: String) -> String? {
    if standard.contains("\(attribute):\(value)") { return nil }
    switch attribute {
    case "d": return OutlineText.short(value)
    case "x", "y": return Double(value).map(OutlineText.number) ?? value
    case "style":
      return value.split(separator: ";").filter { !standard.contains($0) }
        .map { shortColor($0) + ";" }.joined()
    default: return shortColor(value[...])
    }
  }

  /// A value with the color in it as whole numbers, if there is one.
  private static func shortColor(_ value: Substring) -> String {
    guard let start = value.firstRange(of: "rgb(")?.upperBound,
      let end = value[start...].firstIndex(of: ")")
    else { return String(value) }
    let parts = value[start..<end].split(separator: ",").compactMap { part in
      part.last == "%" ? Double(part.dropLast().drop { $0 == " " }) : nil
    }
    guard parts.count == 3 else { return String(value) }
    let color = parts.map { "\(Int(($0 * 255 / 100).rounded()))" }.joined(separator: ",")
    return value[..<start] + color + value[end...]
  }
}
