/// Steps through the tags and texts of a well-formed XML document, as spreadsheets are stored in.
///
/// Of the language there is what they use: elements, attributes, texts, the five entities, references by
/// number and CDATA; names lose their prefix.
package struct XMLScanner {
  /// What comes next.
  package enum Event {
    /// The start of an element.
    case start(name: String, attributes: [String: String])

    /// The end of an element; of an empty one it follows its start.
    case end(name: String)

    /// Text between tags.
    case text(String)
  }

  private let bytes: [UInt8]
  private var position = 0
  private var pendingEnd: String?

  /// Starts in front of a document in UTF-8.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next event, or nil at the end or where the document is damaged.
  package mutating func next() -> Event? {
    if let name = pendingEnd {
      pendingEnd = nil
      return .end(name: name)
    }
    while position < bytes.count {
      if bytes[position] != UInt8(ascii: "<") {
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        defer { position = end }
        return .text(Self.unescaped(bytes[position..<end]))
      }
      if starts(with: "<![CDATA[") {
        guard let end = find("]]>", from: position + 9) else { return nil }
        defer { position = end + 3 }
        return .text(String(decoding: bytes[position + 9..<end], as: UTF8.self))
      }
      if starts(with: "<!--") {
        guard let end = find("-->", from: position) else { return nil }
        position = end + 3
      } else if starts(with: "<?") || starts(with: "<!") {
        guard let end = find(">", from: position) else { return nil }
        position = end + 1
      } else {
        return tag()
      }
    }
    return nil
  }

  private mutating func tag() -> Event? {
    guard let end = tagEnd() else { return nil }
    defer { position = end + 1 }
    var inside = bytes[position + 1..<end]
    if inside.first == UInt8(ascii: "/") { return .end(name: Self.name(inside.dropFirst())) }
    let isEmpty = inside.last == UInt8(ascii: "/")
    if isEmpty { inside = inside.dropLast() }
    let nameEnd = inside.firstIndex(where: Self.isBlank) ?? inside.endIndex
    let name = Self.name(inside[..<nameEnd])
    if isEmpty { pendingEnd = name }
    return .start(name: name, attributes: Self.attributes(inside[nameEnd...]))
  }

  private static func attributes(_ text: ArraySlice<UInt8>) -> [String: String] {
    var attributes: [String: String] = [:]
    var rest = text
    while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
      let key = rest[..<equals].filter { !isBlank($0) }
      guard let open = rest[equals...].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
        let close = rest[(open + 1)...].firstIndex(of: rest[open])
      else { break }
      attributes[name(key[...])] = unescaped(rest[(open + 1)..<close])
      rest = rest[(close + 1)...]
    }
    return attributes
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// Where the tag at the position ends; attributes may hold what ends others.
  private func tagEnd() -> Int? {
    var quote: UInt8?
    for index in position..<bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return index
      }
    }
    return nil
  }

  private func starts(with text: String) -> Bool {
    bytes[position...].starts(with: text.utf8)
  }

  private func find(_ text: String, from start: Int) -> Int? {
    let wanted = Array(text.utf8)
    guard start < bytes.count else { return nil }
    return bytes[start...].indices.first {
      bytes[$0] == wanted[0] && bytes[$0...].starts(with: wanted)
    }
  }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self).trimming(where: \.isWhitespace)
    return text.split(separator: ":").last.map(String.init) ?? text
  }

  private static let entities = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains("&") else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      guard let end = rest[start...].firstIndex(of: ";") else { return result + rest[start...] }
      result += character(rest[rest.index(after: start)..<end])
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func character(_ name: Substring) -> String {
    guard name.hasPrefix("#") else { return entities[String(name)] ?? "&\(name);" }
    let digits = name.dropFirst()
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    let code =
      isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
    return code.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? "&\(name);"
  }
}
