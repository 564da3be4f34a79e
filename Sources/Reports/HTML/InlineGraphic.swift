import Foundation

/// An SVG file as a part of a page.
///
/// Names within it are made unique, since the drawing library gives the same ones in every file;
/// coordinates are shortened to a hundredth of a point; and the size follows the page.
struct InlineGraphic {
  /// The element.
  let element: String

  /// Prepares a file.
  ///
  /// - Parameters:
  ///   - figure: The figure.
  ///   - prefix: What goes in front of all names; differs between figures of a page.
  /// - Throws: `ReportError` when the bytes are no SVG file or refer to something outside.
  init(_ figure: ReportFigure, prefix: String) throws(ReportError) {
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
    body = Self.renamed(body, prefix)
    if let found = Self.foreign(in: body) {
      throw ReportError(
        .unsuitableGraphic,
        "figure \(figure.name) holds \(found); a report must not depend on anything outside of it")
    }
    element =
      "<svg viewBox=\"\(try Self.viewBox(head, figure.name))\" role=\"img\" aria-label=\""
      + HTMLText.escaped(figure.alternative) + "\">" + Self.shortened(body) + "</svg>"
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

  /// Prefixes every name and every reference to one.
  private static func renamed(_ text: String, _ prefix: String) -> String {
    text.replacingOccurrences(of: "xlink:href=", with: "href=")
      .replacingOccurrences(of: " id=\"", with: " id=\"\(prefix)")
      .replacingOccurrences(of: "href=\"#", with: "href=\"#\(prefix)")
      .replacingOccurrences(of: "url(#", with: "url(#\(prefix)")
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

  /// What every element is without being told so.
  private static let defaults = [
    "stroke-linecap:butt;", "stroke-linejoin:miter;", "stroke-opacity:1;", "fill-opacity:1;",
    "fill-rule:nonzero;", "stroke-miterlimit:10;", " transform=\"matrix(1,0,0,1,0,0)\"",
    " stroke-linecap=\"butt\"", " stroke-linejoin=\"miter\"", " stroke-opacity=\"1\"",
    " fill-opacity=\"1\"", " fill-rule=\"nonzero\"", " stroke-miterlimit=\"10\"",
  ]

  /// The same picture in fewer characters: short outlines, whole colors, no default properties.
  static func shortened(_ text: String) -> String {
    var text = text
    for word in defaults { text = text.replacingOccurrences(of: word, with: "") }
    text = replaced(text, after: " d=\"", until: "\"", PathText.shortened)
    for name in [" x=\"", " y=\""] {
      text = replaced(text, after: name, until: "\"") { value in
        Double(value).map(PathText.number) ?? String(value)
      }
    }
    return replaced(text, after: "rgb(", until: ")") { value in
      let parts = value.split(separator: ",").compactMap {
        $0.hasSuffix("%") ? Double($0.dropLast()) : nil
      }
      return parts.count == 3
        ? parts.map { "\(Int(($0 * 255 / 100).rounded()))" }.joined(separator: ",") : String(value)
    }
  }

  /// The text with everything between two words replaced, wherever both follow each other.
  private static func replaced(
    _ text: String, after start: String, until end: String, _ change: (Substring) -> String
  ) -> String {
    let parts = text.components(separatedBy: start)
    return parts.dropFirst().reduce(into: [parts[0]]) { result, part in
      guard let place = part.range(of: end)?.lowerBound else {
        result.append(part)
        return
      }
      result.append(change(part[..<place]) + part[place...])
    }.joined(separator: start)
  }
}
