public import TensorCore

/// One map with everything that is needed to read and repeat it.
public struct Explanation: Sendable {
  /// The map as the method defines it, on the grid of the layer, `[positions…]`; signed unless the
  /// method rectifies, never normalized.
  public let map: Tensor

  /// The map at the positions of the input, `[positions…]`.
  public let aligned: Tensor

  /// The raw scores of the sample, one per class or measured quantity.
  public let scores: [Float]

  /// What is explained, as a reader of a figure understands it.
  public let targetTitle: String

  /// The explained class, when it is one.
  public let classIndex: Int?

  /// The value that is explained: a score, a probability, a margin or a weighted sum.
  public let explainedScore: Float

  /// The layer whose grid the map is on; nil for the input.
  public let layer: Layer?

  /// The method and its settings.
  public let method: ChosenMethod

  /// Where the relevance that it is made of went, one ledger per pass; empty unless asked for.
  public let ledgers: [ConservationLedger]

  /// Whether the map has no value above zero, so that there is nothing to show for the target.
  public var isEmpty: Bool { !map.elements.contains { $0 > 0 } }
}

/// All explanations of one input.
public struct SampleExplanations: Sendable {
  /// The raw scores, one per class or measured quantity.
  public let scores: [Float]

  /// One explanation per method, target and layer, in the order of the plan.
  public let explanations: [Explanation]
}
