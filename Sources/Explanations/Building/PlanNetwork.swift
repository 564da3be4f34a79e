import Catalogs
import GraphIR
import GraphRewriting
import Operations
import TensorCore

extension ChosenMethod {
  /// The form of the network that the method looks at.
  var networkForm: NetworkForm {
    guard method.propagatesRelevance else { return .folded }
    return settings[.composite].network ?? .folded
  }
}

/// A network inside the graph of a plan, with what methods may look at for every target and place.
struct PlanNetwork {
  /// The raw scores, `[samples, classes, positions…]`.
  let scores: Value

  /// How much each score counts for every target.
  let seeds: [TargetSeed]

  private let inputs: [Value]
  /// The layers that are looked at, and behind them the inputs where a method looks at one.
  private let places: [Value]
  /// What the layers are of the inputs that maps lie on, by inputs and then by layers.
  private let layouts: [Int: [AxisLayout?]]
  private let layerCount: Int
  /// The ends of stages, with their places.
  private let stages: [(layer: Layer, place: Int)]
  private let upsampling: Upsampling
  private let targets: [ExplainedTarget]
  private let background: Background

  /// What belongs to one target.
  private struct ExplainedTarget {
    /// The raw scores at the positions that are explained, `[samples, classes]`.
    let scores: Value
    /// The explained value of every sample, `[samples, 1]`.
    let explained: Value
    /// The scores in the form that is explained, and how much each counts.
    let formed: Seed
    /// Its gradients with respect to the places.
    let gradients: [Value]
    let relevance: RelevanceSource
  }

  /// Adds weights and gradients to a network in the graph of a plan.
  ///
  /// - Parameters:
  ///   - plan: What is explained.
  ///   - model: The network as it was read.
  ///   - network: The network.
  ///   - values: Its values in the graph.
  ///   - known: The seeds of another form of the network; nil makes them.
  ///   - areBaked: Whether explicit targets are constants.
  /// - Throws: `GraphError` or `ExplanationError`.
  init(
    _ plan: ExplanationPlan, _ model: Model, _ network: Network, _ values: [Value],
    seeds known: [TargetSeed]? = nil, areBaked: Bool = false
  ) throws {
    let (parts, builder) = (network.parts, values[0].builder)
    inputs = parts.inputs.map { values[$0.index] }
    let (scores, activation) = (values[parts.scores.index], model.activation)
    let making = TargetSeeds(
      scores: scores, activation: activation, blank: model.blank, areBaked: areBaked)
    layouts = try Self.layouts(plan, network)
    let observed = plan.observed
    stages = plan.stages.compactMap { stage in
      observed.firstIndex(of: stage).map { (stage, $0) }
    }
    upsampling = plan.upsampling
    var places = try observed.map { values[try network.value(of: $0).index] }
    layerCount = places.count
    if plan.items.contains(where: { $0.layer == nil }) { places += inputs }
    let filters = try ChannelFilters(plan, network, values).filters
    let seeds = known ?? plan.targets.enumerated().map { making.seed($1, index: $0) }
    targets = try zip(plan.targets, seeds).map { target, seed in
      let form = FormedScores(plan.form, target)
      let formed = form.of(scores, activation)
      let explained = Seed(formed, weights: seed.all.broadcast(to: scores.shape))
      let gradients = try builder.gradients(of: [explained], withRespectTo: places)
      let (relevant, weights) = target.relevantScores(scores, weights: seed.all)
      let source = RelevanceSource(
        scores: relevant, weights: weights, activation: activation, places: places,
        filters: filters, start: form == .direction ? seed.all * formed : nil,
        keepsLedgers: plan.hasLedger)
      return ExplainedTarget(
        scores: seed.reduced(scores), explained: seed.total(formed), formed: explained,
        gradients: gradients, relevance: source)
    }
    self.scores = scores
    self.seeds = seeds
    background = plan.background
    self.places = places
  }

  /// What observed layers are of the inputs that maps of them lie on.
  private static func layouts(
    _ plan: ExplanationPlan, _ network: Network
  ) throws -> [Int: [AxisLayout?]] {
    let shown = plan.items.filter { $0.layer != nil || $0.method.method.joinsStages }
    let layouts = Dictionary(
      uniqueKeysWithValues: try Set(shown.map(\.place.input)).map {
        ($0, try network.layouts(of: plan.observed, over: $0))
      })
    for item in plan.items {
      guard let layer = item.layer, let index = item.place.layer else { continue }
      guard let layout = layouts[item.place.input]?[index], layout.hasPlaces else {
        throw ExplanationError(.unknownLayer, "layer \(layer.name) has no grid of positions")
      }
    }
    return layouts
  }

  /// What the method of an item may look at; relevance is passed on its behalf.
  func site(_ item: PlanItem) -> MethodSite {
    site(item.place, stages: item.method.method.joinsStages ? ends(for: item) : [])
  }

  /// The ends of stages that lie over the input of an item.
  private func ends(for item: PlanItem) -> [MethodStage] {
    let positions = inputs[item.place.input].shape.positions
    return stages.compactMap { layer, index in
      guard layouts[item.place.input]?[index]?.hasPlaces == true,
        let fields = layer.receptiveFields(over: item.input)
      else { return nil }
      let place = PlanItem.Place(
        method: item.place.method, target: item.place.target, layer: index,
        input: item.place.input)
      return MethodStage(site(place, stages: [])) { [upsampling] in
        $0.aligned(to: positions, fields: fields, upsampling)
      }
    }
  }

  private func site(_ item: PlanItem.Place, stages: [MethodStage]) -> MethodSite {
    let target = targets[item.target]
    let place = place(of: item)
    let input = inputs[item.input]
    let layout = item.layer.flatMap { layouts[item.input]?[$0] }
    return MethodSite(
      place: places[place], layout: layout ?? AxisLayout(canonical: input.shape),
      gradient: target.gradients[place], scores: target.scores,
      weights: seeds[item.target].weights, input: input, explained: target.explained,
      seed: Seed(scores, weights: seeds[item.target].all.broadcast(to: scores.shape)),
      formed: target.formed, background: background, stages: stages
    ) { target.relevance.relevance(at: place, $0, for: item.method) }
  }

  /// Asks for what share of relevance arrives where methods look.
  func arrivals(_ label: String) -> [RelevanceArrival] {
    targets.enumerated().flatMap { index, target in
      target.relevance.arrivals(target: index, label: label)
    }
  }

  /// The place that an item looks at.
  func place(of item: PlanItem.Place) -> Int { item.layer ?? layerCount + item.input }

  /// Asks for the ledgers of the passes as outputs, and tells how they are read.
  func ledgerPasses(_ label: String, places: [String]) -> [LedgerPass] {
    targets.enumerated().flatMap { index, target in
      target.relevance.ledgerPasses(target: index, label: label, places: places)
    }
  }
}
