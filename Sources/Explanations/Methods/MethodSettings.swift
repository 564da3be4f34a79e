/// The settings of a method: every parameter with a value.
public struct MethodSettings: Sendable, Hashable {
  /// The value of every parameter by name.
  public let values: [String: String]

  /// Completes given settings with defaults.
  ///
  /// - Parameters:
  ///   - given: What the user chose.
  ///   - method: Whose settings they are.
  /// - Throws: `ExplanationError` naming a setting or value that the method does not have.
  public init(_ given: [String: String], of method: ExplanationMethod) throws(ExplanationError) {
    var values: [String: String] = [:]
    for parameter in method.parameters { values[parameter.name] = parameter.standard }
    for (name, value) in given.sorted(by: { $0.key < $1.key }) {
      guard let parameter = method.parameters.first(where: { $0.name == name }) else {
        let names = method.parameters.map(\.name)
        throw ExplanationError(
          .invalidSetting,
          "\(method.id) has no setting \"\(name)\"; "
            + (names.isEmpty ? "it has none" : "it has " + names.joined(separator: ", ")))
      }
      if let objection = parameter.objection(to: value) {
        throw ExplanationError(.invalidSetting, "\(method.id): \(objection)")
      }
      do {
        values[name] = try parameter.kept(value)
      } catch {
        throw ExplanationError(error.code, "\(method.id): \(error.description)")
      }
    }
    self.values = values
  }

  /// The value of a parameter of the method.
  public subscript(name: String) -> String { values[name] ?? "" }

  /// The value of a parameter that is a number; 0 where it is none.
  public func number(_ name: String) -> Double { Double(self[name]) ?? 0 }

  /// The value of a parameter that is a whole number; 0 where it is none.
  public func count(_ name: String) -> Int { Int(self[name]) ?? 0 }

  /// Whether a parameter is `true`.
  public func isTrue(_ name: String) -> Bool { self[name] == "true" }
}
