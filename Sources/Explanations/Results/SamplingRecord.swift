/// What is known of a map that was made by showing the network many masks.
public struct SamplingRecord: Codable, Hashable, Sendable {
  /// How many masks there were.
  public let maskCount: Int

  /// The mean standard error of the map over its positions, as a share of its range; nil where masks are
  /// not random, or where the map is the same everywhere.
  public let standardError: Double?

  /// Which share of the variance of scores over masks a linear model of cells explains, R² of
  /// the masks that it was made of; nil for methods without one.
  public let fit: Double?
}
