public import GraphIR

/// Where a method looks.
public enum MethodKind: String, Sendable, Hashable {
  /// At a layer: the result is a map on the layer's grid.
  case activationMap
  /// At the input itself.
  case attribution
  /// At the layers that are named, else at the input.
  case anywhere
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

  /// Whether it propagates relevance by a composite that a user may choose.
  public var propagatesRelevance: Bool { parameters.contains { $0.domain == .composite } }

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
