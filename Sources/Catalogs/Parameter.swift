/// What is known of a parameter whatever its values are.
public protocol ParameterDescription<Value>: Sendable {
  /// What its values are.
  associatedtype Value: Hashable & Sendable

  /// The name, as written on a command line.
  var name: String { get }

  /// What it does, in one sentence.
  var summary: String { get }

  /// The value when nothing is said; nil where one must be given.
  var standard: Value? { get }

  /// The values that it takes.
  var domain: Domain<Value> { get }

  /// The text of its value when nothing is said; nil where a value must be given.
  var standardText: String? { get }

  /// What it takes, for help: the standard value first.
  var usage: String { get }

  /// The words to choose among, the standard one first; empty where values are no words.
  var words: [String] { get }

  /// Reads a value.
  ///
  /// - Throws: `SettingsError` saying what the parameter takes.
  func setting(_ text: String) throws(SettingsError) -> Setting
}

/// Something that a user may set: a name, and values of one type.
public struct Parameter<Value: Hashable & Sendable>: ParameterDescription {
  /// The name, as written on a command line.
  public let name: String

  /// What it does, in one sentence.
  public let summary: String

  /// The value when nothing is said; nil where one must be given.
  public let standard: Value?

  /// The values that it takes.
  public let domain: Domain<Value>

  /// Describes a parameter.
  ///
  /// - Parameters:
  ///   - name: The name, as written on a command line.
  ///   - summary: What it does, in one sentence.
  ///   - standard: The value when nothing is said; nil where one must be given.
  ///   - domain: The values that it takes.
  public init(_ name: String, _ summary: String, standard: Value?, _ domain: Domain<Value>) {
    self.name = name
    self.summary = summary
    self.standard = standard
    self.domain = domain
  }

  /// The same parameter as another entry has it.
  ///
  /// - Parameters:
  ///   - standard: The value when nothing is said.
  ///   - summary: What it does; as before when nil.
  /// - Returns: A parameter of the same name and values.
  public func with(standard: Value, summary: String? = nil) -> Parameter {
    Parameter(name, summary ?? self.summary, standard: standard, domain)
  }

  /// The text of the standard value.
  public var standardText: String? { standard.map(domain.text) }

  /// The words to choose among, the standard one first.
  public var words: [String] {
    guard let standardText, !domain.words.isEmpty else { return domain.words }
    return [standardText] + domain.words.filter { $0 != standardText }
  }

  /// The words with bars between, or the standard value and the bounds of others.
  public var usage: String {
    guard domain.words.isEmpty else { return words.joined(separator: "|") }
    return standardText.map { "\($0) (\(domain.bounds))" } ?? domain.bounds
  }

  /// Reads a value; the text is kept as it is given unless the domain rewrites it.
  public func setting(_ text: String) throws(SettingsError) -> Setting {
    do {
      if let value = try domain.value(text) {
        return Setting(text: domain.rewritesText ? domain.text(value) : text, value: value)
      }
    } catch {
      throw SettingsError("\(name): \(error.description)")
    }
    throw SettingsError("\(name) is \(domain.phrase), not \"\(text)\"")
  }
}

extension Parameter where Value: CaseIterable & RawRepresentable<String> {
  /// Describes a choice among the cases of an enumeration.
  public init(_ name: String, _ summary: String, standard: Value) {
    self.init(name, summary, standard: standard, .cases)
  }
}

extension Parameter<Bool> {
  /// Describes a choice between true and false.
  public init(_ name: String, _ summary: String, standard: Bool) {
    self.init(name, summary, standard: standard, .flag)
  }
}
