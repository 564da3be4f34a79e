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
  /// The raw scores, `[samples, scores]`.
  let scores: Value

  /// The weights of every target, of the same shape.
  let weights: [Value]

  private let input: Value
  /// The layers of the plan, and the input where a method looks at it.
  private let places: [Value]
  /// What the places are of the input.
  private let layouts: [AxisLayout]
  private let targets: [ExplainedTarget]

  /// What belongs to one target.
  private struct ExplainedTarget {
    /// The explained value of every sample, `[samples, 1]`.
    let explained: Value
    /// Its gradients with respect to the places.
    let gradients: [Value]
    let relevance: RelevanceSource
  }

  /// Adds weights and gradients to a network in the graph of a plan.
  ///
  /// - Parameters:
  ///   - plan: What is explained.
  ///   - network: The network.
  ///   - values: Its values in the graph.
  ///   - known: The weights of another form of the network; nil makes them.
  /// - Throws: `GraphError` or `ExplanationError`.
  init(
    _ plan: ExplanationPlan, _ network: Network, _ values: [Value], weights known: [Value]? = nil
  ) throws {
    let (parts, builder) = (network.parts, values[0].builder)
    let input = values[parts.input.index]
    let scores = values[parts.scores.index].reshaped(to: [input.shape[0], parts.scoreCount])
    let seeds = TargetSeeds(scores: scores)
    let formed = try seeds.formed(plan.form, activation: parts.activation)
    let views = try network.views(of: plan.layers)
    var places = views.map { values[$0.value.index] }
    var layouts = views.map(\.layout)
    if plan.items.contains(where: { $0.layer == nil }) {
      places.append(input)
      layouts.append(AxisLayout(canonical: input.shape))
    }
    let weights = known ?? plan.targets.enumerated().map { seeds.weights($1, index: $0) }
    let sources = weights.map { weights in
      RelevanceSource(
        scores: scores, weights: weights, activation: parts.activation, places: places,
        keepsLedgers: plan.hasLedger)
    }
    targets = try zip(weights, sources).map { weights, source in
      let gradients = try builder.gradients(
        of: [Seed(formed, weights: weights)], withRespectTo: places)
      return ExplainedTarget(
        explained: (formed * weights).sum(over: .axes([1])), gradients: gradients,
        relevance: source)
    }
    self.scores = scores
    self.weights = weights
    self.input = input
    self.places = places
    self.layouts = layouts
  }

  /// What the method of an item may look at; relevance is passed on its behalf.
  func site(_ item: PlanItem.Place) -> MethodSite {
    let target = targets[item.target]
    let place = item.layer ?? places.count - 1
    return MethodSite(
      place: places[place], layout: layouts[place], gradient: target.gradients[place],
      scores: scores, weights: weights[item.target], input: input, explained: target.explained
    ) { target.relevance.relevance(at: place, $0, for: item.method) }
  }

  /// Asks for the ledgers of the passes as outputs, and tells how they are read.
  func ledgerPasses(_ label: String, places: [String]) -> [LedgerPass] {
    targets.enumerated().flatMap { index, target in
      target.relevance.ledgerPasses(target: index, label: label, places: places)
    }
  }
}
