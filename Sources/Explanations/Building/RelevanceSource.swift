package import GraphIR
public import GraphRewriting
import Operations
import TensorCore

/// The relevance that the scores start with, made of the weights of a target.
public enum OutputRelevance: Hashable, Sendable {
  /// The weights themselves: 1 for a class, 0 elsewhere.
  case target
  /// 1 for a class and −1/(N − 1) for each of the N − 1 others; the sum is 0.
  case contrast
  /// 1 for a class and −1/N for each other, as in the released Relevance-CAM code.
  case releasedContrast
  /// What is positive in `contrast`: the class.
  case supporting
  /// What is negative in `contrast`, made positive: 1/(N − 1) for each other class.
  case opposing
}

/// Which relevance a method asks for.
public struct RelevanceChoice: Hashable, Sendable {
  /// The composite: an id, or JSON text of one.
  public var composite: String

  /// What becomes of biases; what is usual for the composite when nil.
  public var bias: BiasHandling?

  /// What the scores start with.
  public var output: OutputRelevance

  /// Creates a choice.
  public init(composite: String, bias: BiasHandling? = nil, output: OutputRelevance) {
    self.composite = composite
    self.bias = bias
    self.output = output
  }
}

/// Adds relevance passes to a graph, each once for all places that are looked at.
package final class RelevanceSource {
  private let scores: Value
  private let weights: Value
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
  ///   - places: The values that methods look at.
  ///   - keepsLedgers: Whether ledgers are kept.
  package init(scores: Value, weights: Value, places: [Value], keepsLedgers: Bool = false) {
    self.keepsLedgers = keepsLedgers
    self.scores = scores
    self.weights = weights
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
    let composite: Composite
    do {
      composite = try CompositeText.composite(choice.composite, bias: choice.bias)
    } catch {
      throw GraphError(.relevanceUndefined, error.description)
    }
    let (builder, seed) = (scores.builder, Seed(scores, weights: start(choice.output)))
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
  ///   - names: What the places are called.
  /// - Returns: How the outputs are read.
  package func ledgerPasses(target: Int, places names: [String]) -> [LedgerPass] {
    ledgers.enumerated().map { index, pass in
      let outputName = "ledger \(target) \(index)"
      scores.builder.output(outputName, pass.ledger.table)
      return LedgerPass(
        target: target, choice: pass.choice, methods: askers[pass.choice] ?? [],
        rows: pass.ledger.entries.map { ($0.name, $0.operation) },
        places: zip(names, pass.ledger.arrivals).map { $0.0 }, outputName: outputName)
    }
  }

  /// The relevance of the scores; of a single score, the weights whatever the contrast.
  private func start(_ output: OutputRelevance) -> Value {
    let count = Float(scores.shape[1])
    let total = weights.sum(over: .axes([1]))
    let contrast =
      count == 1 ? weights : weights * (count / (count - 1)) - total * (1 / (count - 1))
    switch output {
    case .target: return weights
    case .contrast: return contrast
    case .releasedContrast:
      return count == 1 ? weights : weights * (1 + 1 / count) - total * (1 / count)
    case .supporting: return contrast.positive
    case .opposing: return (-contrast).positive
    }
  }
}
