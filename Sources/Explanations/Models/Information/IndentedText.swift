/// Settings in the block style of YAML as exporters write it: keys, lists, numbers and texts.
///
/// Anchors, blocks of text, maps in braces and documents of several parts are refused.
indirect enum IndentedText: Hashable {
  case map([String: IndentedText])
  case list([IndentedText])
  case text(String)

  /// What a text cannot be read for: the number of the line, from 1.
  struct Refusal: Error, Hashable {
    let line: Int
  }

  /// The value of a key.
  subscript(key: String) -> IndentedText? {
    if case .map(let entries) = self { entries[key] } else { nil }
  }

  /// The parts of a list.
  var list: [IndentedText]? { if case .list(let parts) = self { parts } else { nil } }

  /// The entries of a map.
  var map: [String: IndentedText]? { if case .map(let entries) = self { entries } else { nil } }

  /// The text.
  var text: String? { if case .text(let text) = self { text } else { nil } }

  /// Reads some of the keys that stand at the left margin; others are passed over.
  ///
  /// - Parameters:
  ///   - source: The text.
  ///   - keys: The keys.
  /// - Throws: The line that is not understood.
  init(_ source: String, sections keys: Set<String>) throws(Refusal) {
    var (lines, isWanted): ([IndentedLine], Bool) = ([], false)
    for (index, line) in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let content = line.drop { $0 == " " }
      if content.isEmpty || content.first == "#" { continue }
      let indent = line.count - content.count
      if indent == 0, content.first != "-" {
        isWanted = keys.contains(String(content.prefix { $0 != ":" }))
      }
      guard isWanted else { continue }
      if content.first == "\t" { throw Refusal(line: index + 1) }
      lines.append(IndentedLine(number: index + 1, indent: indent, content: String(content)))
    }
    var reader = IndentedReader(lines: lines)
    self = lines.isEmpty ? .map([:]) : try reader.block()
  }
}

/// One line that says something.
private struct IndentedLine {
  let number: Int
  let indent: Int
  let content: String

  /// Whether it is a part of a list.
  var isPart: Bool { content == "-" || content.hasPrefix("- ") }

  /// The key that it begins with, and what follows; nil without a key.
  var entry: (key: String, rest: String)? {
    guard let first = content.first, first.isLetter || first == "_",
      let colon = content.firstIndex(of: ":")
    else { return nil }
    let rest = content[content.index(after: colon)...]
    guard rest.isEmpty || rest.first == " " else { return nil }
    return (String(content[..<colon]), rest.trimmed)
  }
}

/// Reads lines by their indents.
private struct IndentedReader {
  var lines: [IndentedLine]
  private var place = 0

  init(lines: [IndentedLine]) {
    self.lines = lines
  }

  private var next: IndentedLine? { place < lines.count ? lines[place] : nil }

  /// The list, map or text that begins here.
  mutating func block() throws(IndentedText.Refusal) -> IndentedText {
    guard let first = next else { return .text("") }
    if first.isPart { return try list(first.indent) }
    if first.entry != nil { return try map(first.indent) }
    place += 1
    return try scalar(first.content, first.number, behind: first.indent - 1)
  }

  private mutating func list(_ indent: Int) throws(IndentedText.Refusal) -> IndentedText {
    var parts: [IndentedText] = []
    while let line = next, line.indent == indent, line.isPart {
      let content = String(line.content.dropFirst(2).drop { $0 == " " })
      let inner = IndentedLine(
        number: line.number, indent: indent + line.content.count - content.count, content: content)
      if content.isEmpty {
        place += 1
        parts.append(try nested(behind: indent, orAt: indent + 1))
      } else if inner.isPart || inner.entry != nil {
        lines[place] = inner
        parts.append(try block())
      } else {
        place += 1
        parts.append(try scalar(content, line.number, behind: indent))
      }
    }
    try requireEnd(indent)
    return .list(parts)
  }

  private mutating func map(_ indent: Int) throws(IndentedText.Refusal) -> IndentedText {
    var entries: [String: IndentedText] = [:]
    while let line = next, line.indent == indent, !line.isPart {
      guard let (key, rest) = line.entry, entries[key] == nil else {
        throw IndentedText.Refusal(line: line.number)
      }
      place += 1
      // A list may stand as far left as its key.
      entries[key] =
        rest.isEmpty
        ? try nested(behind: indent, orAt: indent) : try scalar(rest, line.number, behind: indent)
    }
    try requireEnd(indent)
    return .map(entries)
  }

  private mutating func nested(
    behind indent: Int, orAt listIndent: Int
  ) throws(IndentedText.Refusal) -> IndentedText {
    guard let line = next, line.indent > indent || line.isPart && line.indent == listIndent
    else { return .text("") }
    return try block()
  }

  /// What stands further right than a block must belong to something.
  private func requireEnd(_ indent: Int) throws(IndentedText.Refusal) {
    if let line = next, line.indent > indent { throw IndentedText.Refusal(line: line.number) }
  }

  /// A number or text, which goes on in lines that stand further right.
  private mutating func scalar(
    _ start: String, _ number: Int, behind indent: Int
  ) throws(IndentedText.Refusal) -> IndentedText {
    var text = start
    while let line = next, line.indent > indent {
      text += " " + line.content
      place += 1
    }
    guard let value = IndentedText(inLine: text.trimmed) else {
      throw IndentedText.Refusal(line: number)
    }
    return value
  }
}

extension IndentedText {
  /// A text as it stands in a line: plain, in quotes, or a list in brackets.
  fileprivate init?(inLine text: String) {
    guard let first = text.first else { return nil }
    switch first {
    case "'", "\"":
      guard text.count > 1, text.last == first else { return nil }
      let inner = String(text.dropFirst().dropLast())
      if first == "'" {
        self = .text(inner.replacing("''", with: "'"))
      } else {
        guard !inner.contains("\\") else { return nil }
        self = .text(inner)
      }
    case "[":
      guard text.last == "]" else { return nil }
      let parts = text.dropFirst().dropLast().split(separator: ",")
        .map { IndentedText(inLine: $0.trimmed) }
      guard parts.allSatisfy({ $0?.text != nil }) else { return nil }
      self = .list(parts.compactMap(\.self))
    case "{", "&", "*", "|", ">", "%", "@", "`", "!": return nil
    default:
      let plain = text.firstRange(of: " #").map { text[..<$0.lowerBound].trimmed } ?? text
      self = .text(plain == "null" || plain == "~" ? "" : plain)
    }
  }
}

extension Substring {
  /// Without spaces at its ends.
  fileprivate var trimmed: String { String(self).trimmed }
}

extension String {
  /// Without spaces at its ends.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " || $0 == "\r" }.reversed())
  }
}
