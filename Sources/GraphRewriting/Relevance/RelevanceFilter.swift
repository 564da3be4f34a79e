public import GraphIR

/// A value that relevance must pass to count, and how much of it each number passes on.
///
/// What goes around the value counts for nothing, so that the parts of filters that add up to 1 add up to
/// what passes the value. Achtibat et al. 2023 (arXiv 2206.03208), equation 4, with masks of 0 and 1.
public struct RelevanceFilter {
  /// The value.
  public let value: Value

  /// The factors of the relevance of its numbers, of its shape or broadcast to it.
  public let factors: Value

  /// Describes a filter.
  public init(_ value: Value, factors: Value) {
    self.value = value
    self.factors = factors
  }
}
