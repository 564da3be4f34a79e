import ArgumentParser

/// Reads options that name one of a few values.
enum Choice {
  /// The value with a name.
  static func named<Value>(_ text: String) throws -> Value
  where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    guard let value = Value(rawValue: text) else {
      let names = Value.allCases.map(\.rawValue).joined(separator: " or ")
      throw ValidationError("\"\(text)\" is not \(names).")
    }
    return value
  }
}
