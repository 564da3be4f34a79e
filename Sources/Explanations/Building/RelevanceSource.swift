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
    /// What arrives at the places.
    let relevances: [Value]
    /// Where relevance went, if ledgers are kept.
    let ledger: RelevanceLedger?
    /// The methods that asked for it, by their places in the plan.
    var methods: Set<Int>
  }

  private let scores: Value
  private let weights: Value
  private let activation: TrailingActivation
  private let places: [Value]
  private let keepsLedgers: Bool
  /// In the order in which they were first asked for.
  private var passes: [Pass] = []

  /// Prepares passes for one target.
  ///
  /// - Parameters:
  ///   - scores: The raw scores, `[samples, scores]`.
  ///   - weights: The weights of the target, of the same shape.
  ///   - activation: What makes probabilities of the scores.
  ///   - places: The values that methods look at.
  ///   - keepsLedgers: Whether ledgers are kept.
  package init(
    scores: Value, weights: Value, activation: TrailingActivation = .none, places: [Value],
    keepsLedgers: Bool = false
  ) {
    self.keepsLedgers = keepsLedgers
    self.scores = scores
    self.weights = weights
    self.activation = activation
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
      return passes[index].relevances[place]
    }
    do {
      let pass = try pass(choice, for: method)
      passes.append(pass)
      return pass.relevances[place]
    } catch {
      scores.builder.fail(error)
      return places[place]
    }
  }

  private func pass(_ choice: RelevanceChoice, for method: Int) throws(GraphError) -> Pass {
    let start = choice.output.start(scores: scores, weights: weights, activation: activation)
    let (builder, seed) = (scores.builder, Seed(scores, weights: start))
    let composite = choice.rules
    guard keepsLedgers else {
      let relevances = try builder.relevances(of: [seed], at: places, composite: composite)
      return Pass(choice: choice, relevances: relevances, ledger: nil, methods: [method])
    }
    let ledger = try builder.relevanceLedger(of: [seed], at: places, composite: composite)
    return Pass(
      choice: choice, relevances: ledger.relevances, ledger: ledger, methods: [method])
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
