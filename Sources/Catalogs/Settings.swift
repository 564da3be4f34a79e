/// Why settings cannot be used; the error of a target wraps it.
public struct SettingsError: Error, Hashable, CustomStringConvertible {
  /// What is wrong, and what may be written.
  public let description: String

  /// Creates an error.
  public init(_ description: String) { self.description = description }
}

/// A value of a parameter and its text.
public struct Setting: Sendable {
  /// The text that is kept.
  public let text: String

  let value: any Sendable
}

/// The settings of an entry: each of its parameters with a value.
public struct Settings: Sendable {
  private var settings: [String: Setting] = [:]

  /// Completes given settings with standard values.
  ///
  /// - Parameters:
  ///   - given: Names and values as a user writes them.
  ///   - parameters: What can be set.
  ///   - owner: Whose settings they are, for messages.
  /// - Throws: `SettingsError` naming a parameter that is unknown, given twice or missing, or a value
  ///   that it does not take.
  public init(
    _ given: [(name: String, value: String)], for parameters: [any ParameterDescription],
    of owner: String
  ) throws(SettingsError) {
    for (name, text) in given {
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        let names = parameters.map(\.name).joined(separator: ", ")
        throw SettingsError(
          "\(owner) has no setting \"\(name)\"; it has \(names.isEmpty ? "none" : names)")
      }
      guard settings[name] == nil else {
        throw SettingsError("\(owner): \(name) is given twice")
      }
      settings[name] = try Self.setting(parameter, text, of: owner)
    }
    for parameter in parameters where settings[parameter.name] == nil {
      guard let text = parameter.standardText else {
        throw SettingsError("\(owner) needs \(parameter.name)= (\(parameter.summary))")
      }
      settings[parameter.name] = try Self.setting(parameter, text, of: owner)
    }
  }

  /// Completes given settings, in any order, with standard values.
  ///
  /// - Parameters:
  ///   - given: Values by name, as a user writes them.
  ///   - parameters: What can be set.
  ///   - owner: Whose settings they are, for messages.
  /// - Throws: `SettingsError` naming a parameter that is unknown or missing, or a value that it does
  ///   not take.
  public init(
    _ given: [String: String] = [:], for parameters: [any ParameterDescription], of owner: String
  ) throws(SettingsError) {
    let pairs = given.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    try self.init(pairs, for: parameters, of: owner)
  }

  /// The text of every value by the name of its parameter.
  public var texts: [String: String] { settings.mapValues(\.text) }

  /// Whether a parameter of that name has a value.
  public func contains(_ parameter: any ParameterDescription) -> Bool {
    settings[parameter.name] != nil
  }

  /// The value of a parameter, which must be one of the entry's.
  public subscript<Value>(_ parameter: Parameter<Value>) -> Value {
    get {
      guard let value = settings[parameter.name]?.value as? Value else {
        preconditionFailure("the entry has no parameter \"\(parameter.name)\" of this type")
      }
      return value
    }
    set {
      precondition(
        settings[parameter.name] != nil, "the entry has no parameter \"\(parameter.name)\"")
      settings[parameter.name] = Setting(text: parameter.domain.text(newValue), value: newValue)
    }
  }

  private static func setting(
    _ parameter: any ParameterDescription, _ text: String, of owner: String
  ) throws(SettingsError) -> Setting {
    do {
      return try parameter.setting(text)
    } catch {
      throw SettingsError("\(owner): \(error.description)")
    }
  }
}

extension Settings: Hashable {
  /// Whether all texts are equal, which values follow from.
  public static func == (left: Settings, right: Settings) -> Bool { left.texts == right.texts }

  /// Hashes the texts.
  public func hash(into hasher: inout Hasher) { hasher.combine(texts) }
}
