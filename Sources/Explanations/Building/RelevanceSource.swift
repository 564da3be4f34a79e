package import GraphIR
public import GraphRewriting
import Operations
import TensorCore

/// Which relevance a method asks for.
public struct RelevanceChoice: Hashable, Sendable {
  /// Which rules apply where.
  public var composite: Composite

  /// What becomes of biases; what is usual for the composite when nil.
  public var bias: BiasHandling?

  /// What the scores start with.
  public var output: OutputRelevance

  /// Whether relevance passes the last layer by its negated weights, in proportion to what speaks
  /// against the scores.
  public var negatesLastLayer = false

  /// What it must pass to count.
  public var route = RelevanceRoute.anywhere

  /// Creates a choice.
  ///
  /// - Parameters:
  ///   - composite: Which rules apply where.
  ///   - bias: What becomes of biases; what is usual for the composite when nil.
  ///   - output: What the scores start with.
  ///   - route: What it must pass to count: of a method's own, what a setting `through` of the method says,
  ///     as only such layers are kept.
  public init(
    composite: Composite, bias: BiasHandling? = nil, output: OutputRelevance,
    route: RelevanceRoute = .anywhere
  ) {
    self.composite = composite
    self.bias = bias
    self.output = output
    self.route = route
  }

  /// The rules that are chosen.
  fileprivate var rules: Composite {
    var rules = composite.with(bias: bias)
    if negatesLastLayer {
      rules.last = RuleChoice("alpha-beta", ["alpha": [0], "beta": [-1]], bias: .ignored)
    }
    return rules
  }
}

/// Adds relevance passes to a graph, each once for all places that are looked at.
package final class RelevanceSource {
  /// A pass that was asked for.
  private struct Pass {
    let choice: RelevanceChoice
    /// What the scores start with; where it must pass channels, what of it has passed them.
    let start: Value
    /// What arrives at the places that it may reach.
    let relevances: [Int: Value]
    /// Where relevance went, if ledgers are kept.
    let ledger: RelevanceLedger?
    /// The methods that asked for it, by their places in the plan.
    var methods: Set<Int>
    /// The places that were asked for.
    var asked: Set<Int> = []

    /// What the arrivals of the ledger are called: where it must pass channels, these come first.
    func arrivalNames(_ places: [String]) -> [String] {
      let reached = relevances.keys.sorted().map { places[$0] }
      return choice.route == .anywhere ? reached : [choice.route.text] + reached
    }
  }

  private let scores: Value
  private let weights: Value
  private let activation: TrailingActivation
  private let start: Value?
  private let places: [Value]
  private let filters: [RelevanceRoute: RelevanceFilter]
  private let keepsLedgers: Bool
  /// In the order in which they were first asked for.
  private var passes: [Pass] = []

  /// Prepares passes for one target.
  ///
  /// - Parameters:
  ///   - scores: The raw scores, `[samples, classes, positions…]`.
  ///   - weights: The weights of the target, of the same shape.
  ///   - activation: What makes probabilities of the scores.
  ///   - places: The values that methods look at.
  ///   - filters: The channels that routes name.
  ///   - start: What the scores start with, whatever methods choose; nil leaves it to them.
  ///   - keepsLedgers: Whether ledgers are kept.
  package init(
    scores: Value, weights: Value, activation: TrailingActivation = .none, places: [Value],
    filters: [RelevanceRoute: RelevanceFilter] = [:], start: Value? = nil,
    keepsLedgers: Bool = false
  ) {
    self.filters = filters
    self.keepsLedgers = keepsLedgers
    self.scores = scores
    self.weights = weights
    self.activation = activation
    self.start = start
    self.places = places
  }

  /// The relevance of one place; a failure is kept by the builder of the graph.
  ///
  /// - Parameters:
  ///   - place: Which of the places.
  ///   - choice: Which relevance.
  ///   - method: Who asks, by the place of the method in the plan.
  /// - Returns: What arrives at the place, of its shape.
  package func relevance(at place: Int, _ choice: RelevanceChoice, for method: Int) -> Value {
    do throws(GraphError) {
      let index = try pass(choice)
      guard let relevance = passes[index].relevances[place] else {
        throw unreached(place, choice.route)
      }
      passes[index].methods.insert(method)
      passes[index].asked.insert(place)
      return relevance
    } catch {
      scores.builder.fail(error)
      return places[place]
    }
  }

  private func unreached(_ place: Int, _ route: RelevanceRoute) -> GraphError {
    let name = places[place].node.name ?? "the place"
    return GraphError(
      .relevanceUndefined,
      "relevance that passes \(route.text) does not reach \(name), which lies after that layer or "
        + "beside it; choose a layer before it")
  }

  /// The index of the pass of a choice, which is added where there is none.
  private func pass(_ choice: RelevanceChoice) throws(GraphError) -> Int {
    if let index = passes.firstIndex(where: { $0.choice == choice }) { return index }
    let start =
      start ?? choice.output.start(scores: scores, weights: weights, activation: activation)
    let filter = try filter(choice.route)
    let reached = reachable(through: filter)
    // What has passed the filter arrives at its own value.
    let targets = (filter.map { [$0.value] } ?? []) + reached.map { places[$0] }
    let (builder, seed) = (scores.builder, Seed(scores, weights: start))
    var ledger: RelevanceLedger?
    let arrived: [Value]
    if keepsLedgers {
      let kept = try builder.relevanceLedger(
        of: [seed], at: targets, composite: choice.rules, through: filter)
      (ledger, arrived) = (kept, kept.relevances)
    } else {
      arrived = try builder.relevances(
        of: [seed], at: targets, composite: choice.rules, through: filter)
    }
    let relevances = arrived.dropFirst(filter == nil ? 0 : 1)
    passes.append(
      Pass(
        choice: choice, start: filter == nil ? start : arrived[0],
        relevances: Dictionary(uniqueKeysWithValues: zip(reached, relevances)), ledger: ledger,
        methods: []))
    return passes.count - 1
  }

  private func filter(_ route: RelevanceRoute) throws(GraphError) -> RelevanceFilter? {
    if route == .anywhere { return nil }
    guard let filter = filters[route] else {
      throw GraphError(
        .relevanceUndefined,
        "the channels of \(route.text) are not known here; give the method a setting \"through\"")
    }
    return filter
  }

  /// The places that relevance may reach.
  private func reachable(through filter: RelevanceFilter?) -> [Int] {
    guard let filter else { return Array(places.indices) }
    let leads = scores.builder.graph.ancestors(of: [filter.value.id])
    return places.indices.filter { leads[places[$0].id.index] }
  }

  /// Asks for what share of the relevance arrives at the places that were asked for.
  ///
  /// - Parameters:
  ///   - target: The target of this source, by its place in the plan.
  ///   - label: What tells the outputs of this source from those of others.
  /// - Returns: How the outputs are read.
  func arrivals(target: Int, label: String) -> [RelevanceArrival] {
    passes.enumerated().flatMap { index, pass in
      pass.asked.sorted().compactMap { place in
        guard let relevance = pass.relevances[place] else { return nil }
        let start = pass.start.magnitude
        // All of nothing arrives, as of what speaks against the only score.
        let share = start.isGreater(than: 0).choosing(
          relevance.magnitude / start.orOne, else: scores.builder.constant(1))
        return RelevanceArrival(
          target: target, place: place, methods: pass.methods,
          output: scores.builder.output("arrival \(label) \(target) \(index) \(place)", share))
      }
    }
  }

  /// Asks for the ledgers as outputs of the graph.
  ///
  /// - Parameters:
  ///   - target: The target of this source, by its place in the plan.
  ///   - label: What tells the outputs of this source from those of others.
  ///   - names: What the places are called.
  /// - Returns: How the outputs are read.
  package func ledgerPasses(
    target: Int, label: String, places names: [String]
  ) -> [LedgerPass] {
    passes.enumerated().compactMap { index, pass in
      guard let ledger = pass.ledger else { return nil }
      return LedgerPass(
        target: target, choice: pass.choice, methods: pass.methods,
        rows: ledger.entries.map { ($0.name, $0.operation) },
        places: pass.arrivalNames(names),
        output: scores.builder.output("ledger \(label) \(target) \(index)", ledger.table))
    }
  }
}

/// How much of the relevance of a pass arrives at a place.
struct RelevanceArrival {
  /// The target that is explained, by its index in the plan.
  let target: Int

  /// Where it arrives, by the index of the place.
  let place: Int

  /// The methods that use the pass, by their indices in the plan.
  let methods: Set<Int>

  /// The sum of magnitudes there, divided by that of what the scores start with, `[samples]`.
  let output: OutputHandle
}

extension Value {
  /// The sum of magnitudes of each sample, `[samples]`.
  fileprivate var magnitude: Value {
    absolute.sum(over: .axes(Array(1..<shape.rank))).reshaped(to: [shape[0]])
  }
}
