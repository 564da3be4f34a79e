package import GraphIR
public import GraphRewriting
import Operations
import TensorCore

/// Which relevance a method asks for.
public struct RelevanceChoice: Hashable, Sendable {
  /// The id of the composite.
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
    var rules = try CompositeCatalog.composite(composite).make(bias: bias)
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

  /// Prepares passes for one target.
  ///
  /// - Parameters:
  ///   - scores: The raw scores, `[samples, scores]`.
  ///   - weights: The weights of the target, of the same shape.
  ///   - activation: What makes probabilities of the scores.
  ///   - places: The values that methods look at.
  package init(
    scores: Value, weights: Value, activation: TrailingActivation = .none, places: [Value]
  ) {
    self.scores = scores
    self.weights = weights
    self.activation = activation
    self.places = places
  }

  /// The relevance of one place; a failure is kept by the builder of the graph.
  package func relevance(at place: Int, _ choice: RelevanceChoice) -> Value {
    if let relevances = known[choice] { return relevances[place] }
    do {
      let start = choice.output.start(scores: scores, weights: weights, activation: activation)
      let relevances = try scores.builder.relevances(
        of: [Seed(scores, weights: start)], at: places, composite: choice.rules())
      known[choice] = relevances
      return relevances[place]
    } catch {
      scores.builder.fail(error)
      return places[place]
    }
  }
}
