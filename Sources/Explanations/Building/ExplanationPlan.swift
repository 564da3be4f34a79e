import Catalogs

/// How maps are brought from a layer's grid to the positions of the input.
public enum Upsampling: String, Hashable, Sendable, CaseIterable, Codable {
  /// Every grid element is placed at the center of what it sees; linear in between.
  case receptiveField = "receptive-field"
  /// Cells of both grids cover the same interval, as other libraries do it; linear in between.
  case halfPixel = "half-pixel"
}

/// What is explained, how, and where: everything but the inputs.
///
/// All methods, layers and targets of a plan share one forward pass.
public struct ExplanationPlan: Sendable {
  /// The methods; at least one.
  public let methods: [ChosenMethod]

  /// The layers that maps are made of.
  public let layers: [Layer]

  /// What of the output is explained.
  public let targets: [Target]

  /// Which form of the scores is explained.
  public let form: ScoreForm

  /// How maps are brought to the positions of the input.
  public let upsampling: Upsampling

  /// Whether explanations come with an account of where their relevance went.
  public let hasLedger: Bool

  /// Whether maps are also brought to the input by the compiled program; without it `aligned` of an
  /// explanation is empty, and many maps need little memory.
  public var alignsMaps = true

  /// Whether explanations come with the weights of channels where the method weighs them.
  public var keepsChannelWeights = false

  /// What inputs are compared with where methods do so.
  public let background: Background

  /// The ends of the network's stages, from the input on; none where no method joins them.
  let stages: [Layer]

  /// The layers whose channels relevance must pass, for methods that say so.
  let routed: [RelevanceRoute: Layer]

  /// What is computed: every method at every layer it looks at, for every target.
  package let items: [PlanItem]

  /// Creates a plan.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - methods: How it is explained.
  ///   - names: Names of layers, `all` or `stages`; empty means the default layer. Methods that can look anywhere look
  ///     at layers only if they are named.
  ///   - inputs: Names of the inputs whose positions maps lie on; empty means all but states.
  ///   - targets: What is explained; the highest score by default.
  ///   - form: Logit or probability.
  ///   - upsampling: How maps are brought to the input.
  ///   - hasLedger: Whether there is an account of where relevance went.
  ///   - background: What inputs are compared with where methods do so; what the network brings along
  ///     when nil.
  /// - Throws: `ExplanationError` when a layer or target does not exist or has no map, when
  ///   probabilities are asked for and the network has none, when a ledger is asked for and no
  ///   method propagates relevance, or when a method compares inputs with what is not known.
  public init(
    _ model: Model, methods: [ChosenMethod], layers names: [String] = [], inputs: [String] = [],
    targets: [Target] = [.ranked(0)], form: ScoreForm = .logit,
    upsampling: Upsampling = .receptiveField, hasLedger: Bool = false,
    background: Background? = nil
  ) throws(ExplanationError) {
    let targets = targets.map { $0.placed(in: model.output) }
    for target in targets { try target.check(model.output) }
    if form == .probability { try model.requireProbabilities() }
    if hasLedger { try Self.checkLedger(methods) }
    let looksAtLayers = { (kind: MethodKind) in
      kind == .activationMap || kind == .anywhere && !names.isEmpty
    }
    var shown: [Int] = []
    for name in inputs { shown.append(try model.inputIndex(name)) }
    if inputs.isEmpty { shown = model.inputs.indices.filter { !model.inputs[$0].isState } }
    let layers =
      methods.contains { looksAtLayers($0.method.kind) }
      ? try Self.layers(names.isEmpty ? ["default"] : names, of: model, on: shown) : []
    stages =
      methods.contains(where: \.method.joinsStages) ? try model.layers(named: "stages") : []
    routed = try Self.routed(methods, model)
    let atLayers = try Self.places(layers, model, on: shown)
    let atInputs = shown.map { Place(layer: nil, input: $0) }
    let known = background ?? Background(model)
    for method in methods {
      for index in shown { try known.check(method, input: model.inputs[index]) }
    }
    self.background = known
    self.methods = methods
    self.layers = layers
    self.targets = targets
    self.form = form
    self.upsampling = upsampling
    self.hasLedger = hasLedger
    items = Self.items(methods, targets, layers, model) {
      looksAtLayers($0) ? atLayers : atInputs
    }
  }

  /// Keeps the weights of channels.
  ///
  /// - Throws: `ExplanationError` unless a method weighs channels.
  package mutating func keepChannelWeights() throws(ExplanationError) {
    guard methods.contains(where: { $0.method.weighsChannels }) else {
      let ids = MethodCatalog.entries.filter(\.weighsChannels).map(\.id)
      throw ExplanationError(
        .invalidSetting,
        "\(methods.map(\.method.id).joined(separator: ", ")) does not weigh channels; add a method that does: "
          + ids.joined(separator: ", "))
    }
    keepsChannelWeights = true
  }

  /// Throws unless a method propagates relevance.
  private static func checkLedger(_ methods: [ChosenMethod]) throws(ExplanationError) {
    guard !methods.contains(where: { $0.method.propagatesRelevance }) else { return }
    let ids = MethodCatalog.entries.filter(\.propagatesRelevance).map(\.id)
    throw ExplanationError(
      .invalidSetting,
      "a ledger accounts for relevance, which \(methods.map(\.method.id).joined(separator: ", "))"
        + " does not propagate; add a method that does: \(ids.joined(separator: ", "))")
  }

  /// The layers that the routes of methods name.
  private static func routed(
    _ methods: [ChosenMethod], _ model: Model
  ) throws(ExplanationError) -> [RelevanceRoute: Layer] {
    var routed: [RelevanceRoute: Layer] = [:]
    for method in methods {
      guard case .channels(_, let name) = method.settings.route else { continue }
      do throws(ExplanationError) {
        routed[method.settings.route] = try model.layer(name)
      } catch {
        throw ExplanationError(
          .unknownLayer, "\(method.method.id): through: \(error.description)")
      }
    }
    return routed
  }

  /// The layers with names, each once; of several that one name means, those that lie over the
  /// inputs.
  private static func layers(
    _ names: [String], of model: Model, on inputs: [Int]
  ) throws(ExplanationError) -> [Layer] {
    let shown = inputs.map { model.inputs[$0] }
    var layers: [Layer] = []
    for name in names {
      let meant = try model.layers(named: name)
      let over = meant.filter { layer in
        shown.contains { layer.receptiveFields(over: $0) != nil }
      }
      for layer in over.isEmpty ? meant : over where !layers.contains(layer) {
        if let obstacle = layer.obstacle {
          throw ExplanationError(
            .unknownLayer,
            "no map can be made of layer \(layer.name) of shape \(layer.shape): \(obstacle.reason); "
              + "\"vitrine inspect\" lists the layers that have one")
        }
        layers.append(layer)
      }
    }
    return layers
  }

  /// The layers that are looked at: those that maps are made of, behind them further ends of stages and
  /// layers whose channels relevance must pass.
  var observed: [Layer] {
    var observed = layers
    let further = stages + routed.values.sorted { $0.name < $1.name }
    for layer in further where !observed.contains(layer) { observed.append(layer) }
    return observed
  }
}
