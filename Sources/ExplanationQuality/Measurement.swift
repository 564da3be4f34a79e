/// A number between a metric's bounds, and the curve that it sums up, if there is one.
public struct Measurement: Hashable, Sendable {
  /// The number; nil where it is not defined for a map, which is counted.
  public let value: Double?

  /// Which share of the positions was hidden or shown at each point, 0…1.
  public let fractions: [Double]

  /// The scores at these points.
  public let scores: [Double]

  /// Notes a measurement.
  public init(_ value: Double?, fractions: [Double] = [], scores: [Double] = []) {
    self.value = value
    self.fractions = fractions
    self.scores = scores
  }
}
