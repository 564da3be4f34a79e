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
  /// The id of the composite.
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

  /// Prepares passes for one target.
  ///
  /// - Parameters:
  ///   - scores: The raw scores, `[samples, scores]`.
  ///   - weights: The weights of the target, of the same shape.
  ///   - places: The values that methods look at.
  package init(scores: Value, weights: Value, places: [Value]) {
    self.scores = scores
    self.weights = weights
    self.places = places
  }

  /// The relevance of one place; a failure is kept by the builder of the graph.
  package func relevance(at place: Int, _ choice: RelevanceChoice) -> Value {
    if let relevances = known[choice] { return relevances[place] }
    do {
      let composite = try CompositeCatalog.composite(choice.composite).make(bias: choice.bias)
      let seed = Seed(scores, weights: start(choice.output))
      let relevances = try scores.builder.relevances(of: [seed], at: places, composite: composite)
      known[choice] = relevances
      return relevances[place]
    } catch {
      scores.builder.fail(error)
      return places[place]
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
