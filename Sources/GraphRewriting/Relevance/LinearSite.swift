public import GraphIR
import Operations

/// What a rule may look at: one linear map in the forward pass, and the relevance of its output.
public struct LinearSite {
  /// What contributes to an output: inputs, and the weights they meet.
  public typealias Term = (input: Value, weights: Value)

  /// What the map received.
  public let input: Value

  /// The relevance of what it computed, in units of the score.
  public let relevance: Value

  /// The map.
  public let map: LinearMap

  /// Sees every quotient that is formed here; a ledger listens.
  var observe: (Quotient) -> Void = { _ in }

  /// Creates a site.
  public init(input: Value, relevance: Value, map: LinearMap) {
    self.input = input
    self.relevance = relevance
    self.map = map
  }

  /// Relevance in proportion to contributions: `Σ_t x_t ⊙ W_tᵀ(R / (Σ_t W_t x_t + b))`.
  ///
  /// - Parameters:
  ///   - terms: What contributes, at least one term.
  ///   - bias: What is added to the denominator, and what becomes of its share.
  ///   - relevance: What is divided; the relevance of the site when nil.
  ///   - stabilizer: How the denominator is kept away from zero.
  /// - Returns: The sum over the terms, of the shape of the input.
  public func proportional(
    to terms: [Term], bias: CountedBias? = nil, relevance: Value? = nil, _ stabilizer: Stabilizer
  ) -> Value {
    let r = relevance ?? self.relevance
    let z = outputs(of: terms, bias: bias?.value)
    let s = stabilizer.quotient(r, z)
    observe(Quotient(relevance: r, z: z, s: s, stabilizer: stabilizer, terms: terms, bias: bias))
    let passed = inputs(from: s, terms)
    guard let bias, bias.isShared else { return passed }
    let magnitudes = terms.map { (input: $0.input.absolute, weights: $0.weights.absolute) }
    let share = s * (z - outputs(of: terms))
    return passed + proportional(to: magnitudes, relevance: share, stabilizer)
  }

  /// `Σ_t W_t x_t + b`.
  func outputs(of terms: [Term], bias: Value? = nil) -> Value {
    let first = map.apply(terms[0].input, terms[0].weights, bias: bias)
    return terms.dropFirst().reduce(first) { $0 + map.apply($1.input, $1.weights) }
  }

  /// `Σ_t x_t ⊙ W_tᵀ s`.
  private func inputs(from s: Value, _ terms: [Term]) -> Value {
    let parts = terms.map { $0.input * map.transposed(s, $0.weights) }
    return parts.dropFirst().reduce(parts[0], +)
  }
}
