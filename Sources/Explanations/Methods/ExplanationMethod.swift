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

/// How the map of a method comes about.
public enum MethodProcedure: Sendable {
  /// By nodes added to the graph of the network.
  case graph(@Sendable (MethodSite, MethodSettings) -> Value)
  /// By showing the network masked inputs.
  case masks(MaskScoring)
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

  /// Whether it starts at the raw scores even where probabilities are explained.
  public let startsAtRawScores: Bool

  /// Whether it propagates relevance by a composite that a user may choose.
  public var propagatesRelevance: Bool { parameters.contains { $0.domain == .composite } }

  /// How its map comes about.
  public let procedure: MethodProcedure

  /// What should be known about the choice of a layer other than the default; nil for nothing.
  public let advice: String?

  /// Creates an entry whose map is more nodes on the graph of the network.
  ///
  /// The map is `[samples, 1, positions…]`, signed unless the method rectifies.
  public init(
    id: String, title: String, summary: String, source: String, kind: MethodKind,
    parameters: [MethodParameter] = [], advice: String? = nil, startsAtRawScores: Bool = false,
    map: @escaping @Sendable (MethodSite, MethodSettings) -> Value
  ) {
    self.init(id, title, summary, source, kind, parameters, advice, .graph(map), startsAtRawScores)
  }

  /// Creates an entry that shows the network masked inputs.
  public init(
    id: String, title: String, summary: String, source: String, kind: MethodKind,
    parameters: [MethodParameter] = [], advice: String? = nil, scoring: MaskScoring
  ) {
    self.init(id, title, summary, source, kind, parameters, advice, .masks(scoring))
  }

  private init(
    _ id: String, _ title: String, _ summary: String, _ source: String, _ kind: MethodKind,
    _ parameters: [MethodParameter], _ advice: String?, _ procedure: MethodProcedure,
    _ startsAtRawScores: Bool = false
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.source = source
    self.kind = kind
    self.parameters = parameters
    self.startsAtRawScores = startsAtRawScores
    self.advice = advice
    self.procedure = procedure
  }
}
