package import GraphIR
public import GraphRewriting
import Operations
import TensorCore

/// Which relevance a method asks for.
public struct RelevanceChoice: Hashable, Sendable {
  /// The composite: an id, or JSON text of one.
  public var composite: String

  /// What becomes of biases; what is usual for the composite when nil.
  public var bias: BiasHandling?

  /// What the scores start with.
  public var output: OutputRelevance

  /// Whether relevance passes the last layer by its negated weights, in proportion to what speaks
  /// against the scores.
  public var negatesLastLayer = false

  /// Creates a choice.
  public init(composite: String, bias: BiasHandling? = nil, output: OutputRelevance) {
    self.composite = composite
    self.bias = bias
    self.output = output
  }

  /// The rules that are chosen.
  fileprivate func rules() throws(GraphError) -> Composite {
    var rules: Composite
    do {
      rules = try CompositeText.composite(composite, bias: bias)
    } catch {
      throw GraphError(.relevanceUndefined, error.description)
    }
    if negatesLastLayer { rules.last = try AlphaBetaRule(alpha: 0, beta: -1, bias: .ignored) }
    return rules
  }
}

/// Adds relevance passes to a graph, each once for all places that are looked at.
package final class RelevanceSource {
  private let scores: Value
  private let weights: Value
  private let activation: TrailingActivation
  private let places: [Value]
  private var known: [RelevanceChoice: [Value]] = [:]

  /// Whether ledgers are kept.
  private let keepsLedgers: Bool

  /// The ledgers of the passes, in the order they were asked for.
  package private(set) var ledgers: [(choice: RelevanceChoice, ledger: RelevanceLedger)] = []

  /// Who asks at the moment, by an index of the caller.
  package var asker = 0

  /// Who asked for which pass.
  package private(set) var askers: [RelevanceChoice: Set<Int>] = [:]

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
  package func relevance(at place: Int, _ choice: RelevanceChoice) -> Value {
    askers[choice, default: []].insert(asker)
    if let relevances = known[choice] { return relevances[place] }
    do {
      let relevances = try relevances(choice)
      known[choice] = relevances
      return relevances[place]
    } catch {
      scores.builder.fail(error)
      return places[place]
    }
  }

  private func relevances(_ choice: RelevanceChoice) throws(GraphError) -> [Value] {
    let start = choice.output.start(scores: scores, weights: weights, activation: activation)
    let (builder, seed) = (scores.builder, Seed(scores, weights: start))
    let composite = try choice.rules()
    guard keepsLedgers else {
      return try builder.relevances(of: [seed], at: places, composite: composite)
    }
    let ledger = try builder.relevanceLedger(of: [seed], at: places, composite: composite)
    ledgers.append((choice, ledger))
    return ledger.relevances
  }

  /// Asks for the ledgers as outputs of the graph.
  ///
  /// - Parameters:
  ///   - target: The target of this source, by its index in the plan.
  ///   - label: What tells the outputs of this source from those of others.
  ///   - names: What the places are called.
  /// - Returns: How the outputs are read.
  package func ledgerPasses(
    target: Int, label: String, places names: [String]
  ) -> [LedgerPass] {
    ledgers.enumerated().map { index, pass in
      let outputName = "ledger \(label) \(target) \(index)"
      scores.builder.output(outputName, pass.ledger.table)
      return LedgerPass(
        target: target, choice: pass.choice, methods: askers[pass.choice] ?? [],
        rows: pass.ledger.entries.map { ($0.name, $0.operation) },
        places: zip(names, pass.ledger.arrivals).map { $0.0 }, outputName: outputName)
    }
  }
}
