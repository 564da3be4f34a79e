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

  /// Creates a choice.
  public init(composite: Composite, bias: BiasHandling? = nil, output: OutputRelevance) {
    self.composite = composite
    self.bias = bias
    self.output = output
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
    /// What the scores start with.
    let start: Value
    /// What arrives at the places.
    let relevances: [Value]
    /// Where relevance went, if ledgers are kept.
    let ledger: RelevanceLedger?
    /// The methods that asked for it, by their places in the plan.
    var methods: Set<Int>
    /// The places that were asked for.
    var asked: Set<Int> = []
  }

  private let scores: Value
  private let weights: Value
  private let activation: TrailingActivation
  private let start: Value?
  private let places: [Value]
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
  ///   - start: What the scores start with, whatever methods choose; nil leaves it to them.
  ///   - keepsLedgers: Whether ledgers are kept.
  package init(
    scores: Value, weights: Value, activation: TrailingActivation = .none, places: [Value],
    start: Value? = nil, keepsLedgers: Bool = false
  ) {
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
    if let index = passes.firstIndex(where: { $0.choice == choice }) {
      passes[index].methods.insert(method)
      passes[index].asked.insert(place)
      return passes[index].relevances[place]
    }
    do {
      var pass = try pass(choice, for: method)
      pass.asked.insert(place)
      passes.append(pass)
      return pass.relevances[place]
    } catch {
      scores.builder.fail(error)
      return places[place]
    }
  }

  private func pass(_ choice: RelevanceChoice, for method: Int) throws(GraphError) -> Pass {
    let start =
      start ?? choice.output.start(scores: scores, weights: weights, activation: activation)
    let (builder, seed) = (scores.builder, Seed(scores, weights: start))
    let composite = choice.rules
    guard keepsLedgers else {
      let relevances = try builder.relevances(of: [seed], at: places, composite: composite)
      return Pass(
        choice: choice, start: start, relevances: relevances, ledger: nil, methods: [method])
    }
    let ledger = try builder.relevanceLedger(of: [seed], at: places, composite: composite)
    return Pass(
      choice: choice, start: start, relevances: ledger.relevances, ledger: ledger,
      methods: [method])
  }

  /// Asks for what share of the relevance arrives at the places that were asked for.
  ///
  /// - Parameters:
  ///   - target: The target of this source, by its place in the plan.
  ///   - label: What tells the outputs of this source from those of others.
  /// - Returns: How the outputs are read.
  func arrivals(target: Int, label: String) -> [RelevanceArrival] {
    passes.enumerated().flatMap { index, pass in
      pass.asked.sorted().map { place in
        let start = pass.start.magnitude
        // All of nothing arrives, as of what speaks against the only score.
        let share = start.isGreater(than: 0).choosing(
          pass.relevances[place].magnitude / start.orOne, else: scores.builder.constant(1))
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
        places: zip(names, ledger.arrivals).map { $0.0 },
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
