/// How well the numbers of a map add up to what they divide.
public struct Completeness: Codable, Hashable, Sendable {
  /// What the input is compared with, in words.
  public let baseline: String

  /// The explained value of the input, less that of the baseline.
  public let difference: Double

  /// The sum of the map.
  public let sum: Double

  /// By how much the sum misses the difference, as a share of it; of a tenth of the sum of all
  /// magnitudes where that is more, as of maps whose parts cancel.
  public let gap: Double

  /// Into how many steps the way from the baseline was divided.
  public let stepCount: Int

  /// Compares.
  ///
  /// - Parameters:
  ///   - map: The numbers.
  ///   - difference: What they divide.
  ///   - baseline: What the input is compared with, in words.
  ///   - stepCount: Into how many steps the way was divided.
  init(_ map: [Double], difference: Double, baseline: String, stepCount: Int) {
    self.baseline = baseline
    self.difference = difference
    self.stepCount = stepCount
    sum = map.reduce(0, +)
    let magnitude = map.reduce(0) { $0 + abs($1) }
    let whole = max(abs(difference), magnitude / 10)
    gap = whole > 0 ? abs(sum - difference) / whole : 0
  }
}
