/// Between which values something lies.
public struct ConfidenceInterval: Hashable, Sendable {
  /// The lower end.
  public let lower: Double

  /// The upper end.
  public let upper: Double

  /// Creates an interval from its ends.
  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

extension ConfidenceInterval: Encodable {
  /// Writes both ends as a list of two.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    try [lower, upper].encode(to: encoder)
  }
}
