/// What becomes of the relevance that belongs to a bias.
public enum BiasHandling: String, CaseIterable, Codable, Hashable, Sendable {
  /// The bias is left out of every denominator: nothing is absorbed.
  case ignored
  /// The positive part counts in the positive branch, once; it absorbs its share.
  case positive
  /// The bias counts once, with its sign; it absorbs its share.
  case once
  /// The bias counts twice, as in the released Relevance-CAM code; it absorbs its share.
  case twice
  /// The bias counts once, and its share is given to the inputs in proportion to the magnitudes of
  /// their contributions: nothing is absorbed.
  case proportional
}
