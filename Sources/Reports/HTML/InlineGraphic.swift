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

  /// Numbers of paths and places with two digits after the point at most.
  static func shortened(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    for start in placesOfNumbers(bytes) {
      result.append(contentsOf: bytes[place..<start])
      place = start
      while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
        let end = NumberShortening.end(of: bytes, from: place)
        NumberShortening.append(bytes[place..<end], to: &result)
        place = end
      }
    }
    result.append(contentsOf: bytes[place...])
    return String(decoding: result, as: UTF8.self)
  }

  /// Where the values of attributes begin that hold coordinates only.
  private static func placesOfNumbers(_ bytes: [UInt8]) -> [Int] {
    let names = [" d=\"", " x=\"", " y=\""].map { Array($0.utf8) }
    return bytes.indices.compactMap { place in
      guard bytes[place] == UInt8(ascii: " ") else { return nil }
      let name = names.first { bytes[place...].starts(with: $0) }
      return name.map { place + $0.count }
    }
  }
}

/// Shortens numbers in text.
enum NumberShortening {
  /// The end of the word at a place: up to and with the next space, or the end of the attribute.
  static func end(of bytes: [UInt8], from start: Int) -> Int {
    var place = start
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      place += 1
      if bytes[place - 1] == UInt8(ascii: " ") { break }
    }
    return place
  }

  /// Appends a word; digits after the second behind the point are rounded away.
  static func append(_ word: ArraySlice<UInt8>, to result: inout [UInt8]) {
    let body = word.last == UInt8(ascii: " ") ? word.dropLast() : word
    guard let point = body.firstIndex(of: UInt8(ascii: ".")), body.endIndex - point > 3,
      let number = Double(String(decoding: body, as: UTF8.self))
    else {
      result.append(contentsOf: word)
      return
    }
    let rounded = (number * 100).rounded() / 100
    let text = rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    result.append(contentsOf: text.utf8)
    result.append(contentsOf: word[body.endIndex...])
  }
}
