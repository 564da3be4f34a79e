public import Catalogs
public import GraphIR
import GraphRewriting

/// Where a method looks.
public enum MethodKind: String, Sendable, Hashable {
  /// At a layer: the result is a map on the layer's grid.
  case activationMap
  /// At the input itself.
  case attribution
  /// At the layers that are named, else at the input.
  case anywhere
}

/// How the map of a method comes about, `[samples, 1, positions…]`, signed unless it is rectified.
public enum MethodProcedure: Sendable {
  /// By nodes added to the graph of the network.
  case graph(@Sendable (MethodSite, Settings) -> Value)
  /// By weighing the channels of the activation, whose weights are nodes added to the graph.
  case weighted(ChannelWeighting)
  /// By showing the network masked inputs.
  case masks(MaskScoring)
  /// By showing the network the input under masks that do not come from a layer.
  case samples(MaskSampling)
  /// By showing the rest of the network changed activations of a layer.
  case tail(TailScoring)
  /// By integrating gradients from a baseline to the input.
  case path(PathIntegration)
  /// By running a graph on changed inputs and accumulating what it gives.
  case repeats(Repetition)
  /// By looking for the mask of the input for which an objective is least.
  case optimized(MaskOptimization)
}

/// One entry of the catalog: a way to explain, as a function from graph to graph.
///
///     ExplanationMethod(
///       id: "positive-cam", title: "Positive CAM", summary: "…", source: "…", kind: .activationMap,
///       finishing: [.rectified(true)],
///       procedure: .weights { site, _ in site.gradient.positive.mean(over: .positions) })
public struct ExplanationMethod: CatalogEntry {
  /// The name on the command line.
  public let id: String

  /// The name in figures.
  public let title: String

  /// What it shows, in one sentence.
  public let summary: String

  /// The paper and equation.
  public let source: String

  /// When to use it, in a few sentences; empty where nobody says.
  public let use: String

  /// Where it looks.
  public let kind: MethodKind

  /// What a user may change.
  public let parameters: [any ParameterDescription]

  /// Whether it starts at the raw scores even where probabilities are explained.
  public let startsAtRawScores: Bool

  /// Whether it looks at the ends of all stages of the network; see ``MethodSite/stages``.
  public let joinsStages: Bool

  /// Whether its map has the positions of the input although it looks at a layer.
  public let liesOnInput: Bool

  /// Whether it changes gradients at rectifiers, and has nothing but the gradient elsewhere.
  public let changesRectifiers: Bool

  /// What should be known about the choice of a layer other than the default; nil for nothing.
  public let advice: String?

  /// How much small relative changes of gradients and activations show in its map, `[samples]`, as a
  /// multiple of the map's peak; nil for methods that divide by nothing that may vanish.
  public let condition: (@Sendable (MethodSite, Settings) -> Value)?

  /// How its map comes about, finished.
  public let procedure: MethodProcedure

  /// Creates a method.
  ///
  /// - Parameters:
  ///   - id: The name on the command line.
  ///   - title: The name in figures.
  ///   - summary: What it shows, in one sentence.
  ///   - source: The paper and equation.
  ///   - use: When to use it, in a few sentences.
  ///   - kind: Where it looks.
  ///   - parameters: What a user may change, besides the steps at the end.
  ///   - finishing: What is done to the map at the end, if a setting says so.
  ///   - startsAtRawScores: Whether it starts at the raw scores even where probabilities are explained.
  ///   - joinsStages: Whether it looks at the ends of all stages of the network.
  ///   - liesOnInput: Whether its map has the positions of the input although it looks at a layer.
  ///   - changesRectifiers: Whether it changes gradients at rectifiers.
  ///   - advice: What should be known about the choice of a layer other than the default.
  ///   - condition: How much small relative changes show in the map, `[samples]`.
  ///   - procedure: How the map comes about.
  public init(
    id: String, title: String, summary: String, source: String, use: String = "", kind: MethodKind,
    parameters: [any ParameterDescription] = [], finishing: [FinishingStep] = [],
    startsAtRawScores: Bool = false, joinsStages: Bool = false, liesOnInput: Bool = false,
    changesRectifiers: Bool = false, advice: String? = nil,
    condition: (@Sendable (MethodSite, Settings) -> Value)? = nil, procedure: MethodProcedure
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.source = source
    self.use = use
    self.kind = kind
    self.parameters = parameters + finishing.map(\.parameter)
    self.startsAtRawScores = startsAtRawScores
    self.joinsStages = joinsStages
    self.liesOnInput = liesOnInput
    self.changesRectifiers = changesRectifiers
    self.advice = advice
    self.condition = condition
    self.procedure = procedure.followed(by: finishing)
  }

  /// Whether its map is a weighted sum of the channels of the activation, finished.
  public var weighsChannels: Bool {
    switch procedure {
    case .weighted: true
    case .masks(let scoring): scoring.weighsActivations
    case .tail(let scoring): scoring.weights != nil
    case .repeats(let repetition): repetition.weighsChannels
    case .graph, .path, .samples, .optimized: false
    }
  }

  /// Whether it propagates relevance by a composite that a user may choose.
  public var propagatesRelevance: Bool {
    parameters.contains { $0 is Parameter<Composite> }
  }
}
