public import GraphIR
import Operations

/// What an explanation method may look at: one layer and one target, for a batch of samples.
public struct MethodSite {
  /// What the layer computed, `[samples, channels, positions…]`.
  public let activation: Value

  /// The gradient of the explained score with respect to it, of the same shape.
  public let gradient: Value

  private let relevanceSource: (RelevanceChoice) -> Value

  /// Creates a site.
  ///
  /// - Parameters:
  ///   - activation: What the layer computed.
  ///   - gradient: The gradient with respect to it.
  ///   - relevance: Adds a relevance pass and returns what arrives at the layer.
  public init(
    activation: Value, gradient: Value, relevance: @escaping (RelevanceChoice) -> Value
  ) {
    self.activation = activation
    self.gradient = gradient
    relevanceSource = relevance
  }

  /// The relevance of the layer for the explained scores, of the shape of the activation.
  public func relevance(_ choice: RelevanceChoice) -> Value {
    relevanceSource(choice)
  }
}

/// A setting of a method that a user may change.
public struct MethodParameter: Sendable, Hashable {
  /// The name, as written on the command line.
  public let name: String

  /// What it does, in one sentence.
  public let summary: String

  /// The values it takes; the first is the default.
  public let values: [String]

  /// Creates a parameter.
  public init(_ name: String, _ summary: String, values: [String]) {
    self.name = name
    self.summary = summary
    self.values = values
  }
}

/// Where a method looks.
public enum MethodKind: String, Sendable, Hashable {
  /// At a layer: the result is a map on the layer's grid.
  case activationMap
  /// At the input itself.
  case attribution
}

/// One entry of the catalog: a way to explain, as a function from graph to graph.
public struct ExplanationMethod: Sendable {
  /// The name on the command line.
  public let id: String

  /// The name in figures.
  public let title: String

  /// What it shows, in one sentence.
  public let summary: String

  /// The paper and equation.
  public let source: String

  /// Where it looks.
  public let kind: MethodKind

  /// What a user may change.
  public let parameters: [MethodParameter]

  /// Adds the map to the graph: `[samples, 1, positions…]`, signed unless the method rectifies.
  public let map: @Sendable (MethodSite, MethodSettings) -> Value

  /// Creates an entry.
  public init(
    id: String, title: String, summary: String, source: String, kind: MethodKind,
    parameters: [MethodParameter] = [],
    map: @escaping @Sendable (MethodSite, MethodSettings) -> Value
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.source = source
    self.kind = kind
    self.parameters = parameters
    self.map = map
  }
}

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
    for parameter in method.parameters { values[parameter.name] = parameter.values.first }
    for (name, value) in given.sorted(by: { $0.key < $1.key }) {
      guard let parameter = method.parameters.first(where: { $0.name == name }) else {
        let names = method.parameters.map(\.name)
        throw ExplanationError(
          .invalidSetting,
          "\(method.id) has no setting \"\(name)\"; "
            + (names.isEmpty ? "it has none" : "it has " + names.joined(separator: ", ")))
      }
      guard parameter.values.contains(value) else {
        throw ExplanationError(
          .invalidSetting,
          "\(method.id): \(name) is \(parameter.values.joined(separator: " or ")), not \"\(value)\""
        )
      }
      values[name] = value
    }
    self.values = values
  }

  /// The value of a parameter of the method.
  public subscript(name: String) -> String { values[name] ?? "" }
}
