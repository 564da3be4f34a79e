public import TensorCore

/// One map with everything that is needed to read and repeat it.
public struct Explanation: Sendable {
  /// The map as the method defines it, on the grid of the layer, `[positions…]`; signed unless the
  /// method rectifies, never normalized.
  public let map: Tensor

  /// The map at the positions of the input, `[positions…]`.
  public let aligned: Tensor

  /// The raw scores of the sample, one per class or measured quantity; summed over the positions that
  /// are explained where the output has positions.
  public let scores: [Float]

  /// The probabilities that scores stand for, in the mean over the positions that are explained; nil
  /// where the network has none.
  public let probabilities: [Float]?

  /// How much each position of the output counts, `[positions…]`; nil where it has none.
  public let places: Tensor?

  /// What is explained, as a reader of a figure understands it.
  public let targetTitle: String

  /// The explained class, when it is one.
  public let classIndex: Int?

  /// The value that is explained: a score, a probability, a margin or a weighted sum.
  public let explainedScore: Float

  /// The layer whose grid the map is on; nil for the input.
  public let layer: Layer?

  /// The input on whose positions the map lies.
  public let input: NetworkInput

  /// The method and its settings.
  public let method: ChosenMethod

  /// Which share of the relevance that it is made of arrives where it looks, by magnitudes, the least
  /// of several passes; nil for methods without relevance.
  public let arrivedShare: Float?

  /// The greatest change of the map, as a share of its peak, per small relative change of the gradients
  /// and activations that its weights are quotients of; nil for methods without such quotients.
  public let conditionNumber: Float?

  /// How well it adds up to what it divides; nil for methods that divide nothing.
  public let completeness: Completeness?

  /// The weight of every channel of the layer, `w` of `Σ_k w_k A_k`; nil where the plan does not keep them
  /// or the map is no such sum.
  public let channelWeights: [Float]?

  /// What is known of the masks that it was made by; nil for maps without masks of their own.
  public let sampling: SamplingRecord?

  /// The standard error of the map at each position, where it was made by random masks, `[positions…]`; nil
  /// for others.
  public let standardErrors: Tensor?

  /// How it was found, where it was sought step by step; nil for others.
  public let optimization: OptimizationRecord?

  /// Where the relevance that it is made of went, one ledger per pass; empty unless asked for.
  public let ledgers: [ConservationLedger]

  /// The probability of the explained class; nil when it is no class or has none.
  public var probability: Float? { classIndex.flatMap { probabilities?[$0] } }

  /// Whether there is nothing to show for the target: the map has no value above zero, or, where it
  /// divides a difference of both signs, none but zero.
  public var isEmpty: Bool {
    completeness == nil
      ? !map.elements.contains { $0 > 0 } : !map.elements.contains { $0 != 0 }
  }
}

/// All explanations of one input.
public struct SampleExplanations: Sendable {
  /// The raw scores, one per class or measured quantity; for each position of the first, then of the
  /// second and so on, where the output has positions.
  public let scores: [Float]

  /// One explanation per method, target and layer, in the order of the plan.
  public let explanations: [Explanation]
}
