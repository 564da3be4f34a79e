import Catalogs
import GraphIR

/// A key of an object whose keys are not known beforehand.
struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// Reads an object of a composite and says in one line what is wrong with it.
struct ObjectReader {
  /// What the object is, for messages.
  let place: String

  private let container: KeyedDecodingContainer<AnyKey>

  init(_ decoder: any Decoder, _ name: String) throws(GraphError) {
    let path = decoder.codingPath.map { "\"\($0.stringValue)\"" }.joined(separator: ".")
    place = path.isEmpty ? name : path
    do {
      container = try decoder.container(keyedBy: AnyKey.self)
    } catch {
      throw Self.error("\(place) should be an object in braces")
    }
  }

  /// The keys that are there, sorted.
  var names: [String] { container.allKeys.map(\.stringValue).sorted() }

  /// Refuses keys that mean nothing.
  func require(only known: [String]) throws(GraphError) {
    guard let unknown = names.first(where: { !known.contains($0) }) else { return }
    throw Self.error(
      "\(place) has no key \"\(unknown)\".\(Suggestions.sentence(for: unknown, among: known))"
        + " There are \(known.joined(separator: ", "))")
  }

  /// The text of a key, or nil without the key.
  func text(_ name: String) throws(GraphError) -> String? {
    try value(name, "a text")
  }

  /// The number or numbers of a key.
  func numbers(_ name: String) throws(GraphError) -> [Float] {
    let key = AnyKey(name)
    let numbers =
      (try? container.decode(Float.self, forKey: key)).map { [$0] }
      ?? (try? container.decode([Float].self, forKey: key))
    guard let numbers, !numbers.isEmpty, numbers.allSatisfy(\.isFinite) else {
      throw Self.error("\(place): \"\(name)\" should be a number, or a list of numbers")
    }
    return numbers
  }

  /// One of several words, or nil without the key.
  func choice<Choice>(_ name: String) throws(GraphError) -> Choice?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard let text = try text(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let words = Choice.allCases.map(\.rawValue)
      throw Self.error("\"\(name)\" is \(words.joined(separator: " or ")), not \"\(text)\"")
    }
    return choice
  }

  /// The rule of a key, or nil without the key.
  func rule(_ name: String) throws -> RuleChoice? {
    try container.decodeIfPresent(RuleChoice.self, forKey: AnyKey(name))
  }

  private func value<Result: Decodable>(
    _ name: String, _ kind: String
  ) throws(GraphError) -> Result? {
    do {
      return try container.decodeIfPresent(Result.self, forKey: AnyKey(name))
    } catch {
      throw Self.error("\(place): \"\(name)\" should be \(kind)")
    }
  }

  /// The error for a composite that cannot be used.
  static func error(_ text: String) -> GraphError {
    GraphError(.relevanceUndefined, text)
  }
}
