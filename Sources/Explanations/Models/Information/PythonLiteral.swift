import Foundation

/// Reads lists and dictionaries as Python prints them, which exporters leave in metadata.
enum PythonLiteral {
  /// The texts of a list, or of a dictionary whose keys number them from 0; JSON is read too.
  ///
  /// - Parameter text: Such as `{0: 'person', 1: "cat"}` or `['person', 'cat']`.
  /// - Returns: The texts in order; nil when it is neither.
  static func labels(_ text: String) -> [String]? {
    if let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)) {
      return LabelList.labels(value)
    }
    var reader = Reader(rest: text[...])
    guard let items = reader.items() else { return nil }
    let labels = items.compactMap(\.text)
    guard labels.count == items.count, !labels.isEmpty else { return nil }
    if items.allSatisfy({ $0.key == nil }) { return labels }
    let numbered = items.compactMap { item in item.key.map { ($0, item.text ?? "") } }
    return LabelList.ordered(Dictionary(numbered) { first, _ in first }, count: items.count)
  }

  /// The numbers of a list such as `[640, 640]` or `(0.5, 0.5)`, or one number; nil when it is neither.
  static func numbers(_ text: String) -> [Double]? {
    let inner = text.trimmingCharacters(in: CharacterSet(charactersIn: "[]() \n"))
    let parts = inner.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let numbers = parts.compactMap(Double.init)
    return numbers.count == parts.count && !numbers.isEmpty && numbers.allSatisfy(\.isFinite)
      ? numbers : nil
  }

  /// Walks over the text of a list or dictionary.
  private struct Reader {
    var rest: Substring

    /// The items between brackets or braces, each with its number in a dictionary.
    mutating func items() -> [(key: Int?, text: String?)]? {
      skipBlanks()
      guard let open = rest.popFirst(), let close = ["[": "]", "{": "}", "(": ")"][String(open)]
      else { return nil }
      var items: [(key: Int?, text: String?)] = []
      while true {
        skipBlanks()
        if rest.hasPrefix(close) {
          rest.removeFirst()
          skipBlanks()
          return rest.isEmpty ? items : nil
        }
        var key: Int?
        if open == "{" {
          guard let number = number(), take(":") else { return nil }
          key = number
        }
        guard let text = quoted() else { return nil }
        items.append((key, text))
        skipBlanks()
        guard take(",") || rest.hasPrefix(close) else { return nil }
      }
    }

    private mutating func skipBlanks() { rest = rest.drop(while: \.isWhitespace) }

    private mutating func take(_ character: Character) -> Bool {
      skipBlanks()
      guard rest.first == character else { return false }
      rest.removeFirst()
      return true
    }

    private mutating func number() -> Int? {
      let digits = rest.prefix(while: \.isNumber)
      rest = rest.dropFirst(digits.count)
      return Int(digits)
    }

    private mutating func quoted() -> String? {
      skipBlanks()
      guard let quote = rest.popFirst(), quote == "'" || quote == "\"" else { return nil }
      var text = ""
      while let character = rest.popFirst() {
        if character == quote { return text }
        if character == "\\", let escaped = rest.popFirst() {
          text.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped)
        } else {
          text.append(character)
        }
      }
      return nil
    }
  }
}
