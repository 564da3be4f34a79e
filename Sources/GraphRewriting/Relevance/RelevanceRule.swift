public import GraphIR
import Operations
import TensorCore

/// A way to bring relevance from the output of a linear map to its input.
///
/// Rules see the map, its input and the relevance; never an operation or a number of axes. Every
/// rule is linear in the relevance.
public protocol RelevanceRule: Sendable {
  /// The relevance of the input, of its shape.
  func inputRelevance(at site: LinearSite) -> Value
}

/// What a rule may look at: one linear map in the forward pass, and the relevance of its output.
public struct LinearSite {
  /// What the map received.
  public let input: Value

  /// The relevance of what it computed, in units of the score.
  public let relevance: Value

  /// The map.
  public let map: LinearMap

  /// Who notes what becomes of the relevance, where somebody asks.
  let recorder: RelevanceRecorder?

  /// Creates a site.
  public init(input: Value, relevance: Value, map: LinearMap) {
    self.init(input: input, relevance: relevance, map: map, recorder: nil)
  }

  init(input: Value, relevance: Value, map: LinearMap, recorder: RelevanceRecorder?) {
    self.input = input
    self.relevance = relevance
    self.map = map
    self.recorder = recorder
  }

  /// Relevance in proportion to contributions: `Σ_t x_t ⊙ W_tᵀ(R / (Σ_t W_t x_t + b))`.
  ///
  /// - Parameters:
  ///   - terms: What contributes: inputs and the weights they meet.
  ///   - bias: What is added to the denominator; it absorbs its share of the relevance.
  ///   - relevance: What is distributed; the relevance of the site when nil.
  ///   - isBiasShared: Whether the share of the bias is given to the terms after all, by magnitude.
  ///   - countsUnits: Whether a ledger counts units to which no term contributes.
  ///   - stabilizer: How the denominator is kept away from zero.
  /// - Returns: The sum over the terms, of the shape of the input.
  public func proportional(
    _ terms: [(input: Value, weights: Value)], bias: Value? = nil, relevance: Value? = nil,
    isBiasShared: Bool = false, countsUnits: Bool = true, _ stabilizer: Stabilizer
  ) -> Value {
    let relevance = relevance ?? self.relevance
    let z = total(terms, bias: bias)
    let s = stabilizer.quotient(relevance, z)
    let direct = spread(s, terms)
    recorder?.addLosses(of: relevance, stabilizer, s: s, z: z)
    if countsUnits, map.bias != nil {
      recorder?.addUnits(with: relevance, contributions: total(terms, bias: nil))
    }
    guard bias != nil else { return direct }
    guard isBiasShared else {
      recorder?.add(.bias, s * (z - total(terms, bias: nil)))
      return direct
    }
    let share = s * (z - total(terms, bias: nil))
    let magnitudes = terms.map { (input: $0.input.absolute, weights: $0.weights.absolute) }
    let sum = total(magnitudes, bias: nil)
    let t = stabilizer.quotient(share, sum)
    recorder?.addLosses(of: share, stabilizer, s: t, z: sum)
    return direct + spread(t, magnitudes)
  }

  /// `Σ_t W_t x_t + b`.
  private func total(_ terms: [(input: Value, weights: Value)], bias: Value?) -> Value {
    let parts = terms.enumerated().map { index, term in
      map.apply(term.input, term.weights, bias: index == 0 ? bias : nil)
    }
    return parts.dropFirst().reduce(parts[0], +)
  }

  /// `Σ_t x_t ⊙ W_tᵀ s`.
  private func spread(_ s: Value, _ terms: [(input: Value, weights: Value)]) -> Value {
    let parts = terms.map { $0.input * map.transposed(s, $0.weights) }
    return parts.dropFirst().reduce(parts[0], +)
  }

  /// The bias as it counts in a branch of positive contributions.
  func positiveBranchBias(_ handling: BiasHandling) -> Value? {
    guard let bias = map.bias else { return nil }
    switch handling {
    case .ignored: return nil
    case .positive: return bias.positive
    case .once, .proportional: return bias
    case .twice: return bias * 2
    }
  }
}
