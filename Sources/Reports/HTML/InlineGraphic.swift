import Figures
import Foundation

/// An SVG file as a part of a page, as large as the page wants it.
struct InlineGraphic {
  /// The element.
  let element: String

  /// The names of its parts.
  let names: [String]

  /// Prepares a file.
  ///
  /// - Parameter figure: The figure.
  /// - Throws: `ReportError` when the bytes are no SVG file or refer to something outside.
  init(_ figure: ReportFigure) throws(ReportError) {
    let text = String(decoding: figure.graphic, as: UTF8.self)
    guard let start = text.firstRange(of: "<svg"),
      let end = text[start.upperBound...].firstIndex(of: ">"),
      let close = text.range(of: "</svg>", options: .backwards)
    else {
      throw ReportError(
        .unsuitableGraphic, "figure \(figure.name) is no SVG file; draw it as a vector graphic")
    }
    let head = text[start.upperBound..<end]
    var body = String(text[text.index(after: end)..<max(close.lowerBound, text.index(after: end))])
    for name in ["title", "desc"] { body = Self.removing(name, from: body) }
    if let found = Self.foreign(in: body) {
      throw ReportError(
        .unsuitableGraphic,
        "figure \(figure.name) holds \(found); a report must not depend on anything outside of it")
    }
    names = body.components(separatedBy: " id=\"").dropFirst().map { part in
      String(part.prefix { $0 != "\"" })
    }
    element =
      "<svg viewBox=\"\(try Self.viewBox(head, figure.name))\" role=\"img\" aria-label=\""
      + XMLText.escaped(figure.alternative) + "\">" + body + "</svg>"
  }

  /// The size as `x y width height`.
  private static func viewBox(_ head: Substring, _ name: String) throws(ReportError) -> String {
    func number(_ text: String?) -> Double? {
      text.flatMap { Double($0.prefix { $0.isNumber || $0 == "." || $0 == "-" }) }
    }
    if let text = attribute("viewBox", head) {
      let parts = text.split(separator: " ").map { Double($0) }
      if parts.count == 4, !parts.contains(nil) { return text }
    }
    guard let width = number(attribute("width", head)),
      let height = number(attribute("height", head))
    else {
      throw ReportError(.unsuitableGraphic, "figure \(name) does not say how large it is")
    }
    return "0 0 \(width) \(height)"
  }

  private static func attribute(_ name: String, _ head: Substring) -> String? {
    guard let start = head.firstRange(of: " \(name)=\""),
      let end = head[start.upperBound...].firstIndex(of: "\"")
    else { return nil }
    return String(head[start.upperBound..<end])
  }

  private static func removing(_ name: String, from text: String) -> String {
    guard let start = text.firstRange(of: "<\(name)>"),
      let end = text[start.upperBound...].firstRange(of: "</\(name)>")
    else { return text }
    return String(text[..<start.lowerBound] + text[end.upperBound...])
  }

  /// Something that would run code or be loaded.
  private static func foreign(in text: String) -> String? {
    for found in ["<script", "<foreignObject", "<style", "@import", "javascript:"]
    where text.contains(found) {
      return found
    }
    for part in text.components(separatedBy: "href=\"").dropFirst()
    where !part.hasPrefix("#") && !part.hasPrefix("data:image/") {
      return "a reference to \(part.prefix { $0 != "\"" }.prefix(60))"
    }
    for part in text.components(separatedBy: "url(").dropFirst() where !part.hasPrefix("#") {
      return "a reference to \(part.prefix { $0 != ")" }.prefix(60))"
    }
    return nil
  }
}
