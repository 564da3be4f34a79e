import Catalogs

/// The text form of one step, taken apart: `id` or `id(name=value,…)`.
struct StepCall {
  let id: String
  let arguments: [(name: String, value: String)]

  /// Takes a text apart.
  init(_ text: String) throws(SpectrumError) {
    let text = Self.trimmed(text[...])
    guard let open = text.firstIndex(of: "(") else {
      guard !text.isEmpty, !text.contains(")") else {
        throw SpectrumError(.invalidSettings, "\"\(text)\" is no step; write name(key=value,…)")
      }
      id = text.lowercased()
      arguments = []
      return
    }
    guard text.last == ")", text.filter({ $0 == "(" || $0 == ")" }).count == 2 else {
      throw SpectrumError(
        .invalidSettings, "\"\(text)\": parentheses do not match; write name(key=value,…)")
    }
    id = Self.trimmed(text[..<open]).lowercased()
    let inner = Self.trimmed(text[text.index(after: open)...].dropLast())
    var arguments: [(name: String, value: String)] = []
    for part in inner.split(separator: ",", omittingEmptySubsequences: false) where !inner.isEmpty {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2 else {
        throw SpectrumError(
          .invalidSettings, "\(id): \"\(Self.trimmed(part))\" is not of the form key=value")
      }
      arguments.append((Self.trimmed(sides[0]).lowercased(), Self.trimmed(sides[1])))
    }
    self.arguments = arguments
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }

  /// Splits at commas and vertical bars outside parentheses.
  static func split(_ text: String) -> [String] {
    var (parts, depth) = ([""], 0)
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0, character == "," || character == "|" {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}

extension StepCall {
  /// The values given for an entry, completed with its standard values.
  ///
  /// - Throws: `SpectrumError` with code `invalidSettings` naming the step and what may be written.
  func settings(for entry: some CatalogEntry) throws(SpectrumError) -> Settings {
    do {
      return try Settings(arguments, for: entry.parameters, of: entry.id)
    } catch {
      throw SpectrumError(.invalidSettings, error.description)
    }
  }

  /// The text form of a step with all its parameters.
  static func text(_ id: String, _ arguments: String...) -> String {
    id + "(" + arguments.joined(separator: ",") + ")"
  }
}

extension Parameter {
  /// How a value is given in the text form, `name=value`.
  func text(_ value: Value) -> String { name + "=" + domain.text(value) }
}
