package import Statistics
import TensorCore

/// How much one map exceeds another by a metric, on the same inputs.
package struct PairedDifference: Sendable {
  /// The mean difference.
  package let mean: Double

  /// Its 95 % interval; nil for fewer than two inputs.
  package let interval: ConfidenceInterval?

  /// On how many inputs both have a number.
  package let count: Int

  /// On how many the first is the higher, equal, the lower one.
  package let wins: Int
  package let ties: Int
  package let losses: Int

  /// Rank-biserial correlation of the differences, −1…1.
  package let rankBiserial: Double

  /// The differences, where both have a number.
  package let differences: [Double?]

  /// Compares numbers of the same inputs.
  ///
  /// - Parameters:
  ///   - first: One for each input; nil where there is none.
  ///   - second: The same of the other.
  ///   - units: The unit of each input; those of one unit are drawn together.
  ///   - drawCount: How often units are drawn.
  ///   - seed: Where random draws start.
  package init?(
    _ first: [Double?], _ second: [Double?], units: [Int], drawCount: Int = 2000, seed: UInt64
  ) {
    let differences = zip(first, second).map { pair -> Double? in
      guard let one = pair.0, let other = pair.1 else { return nil }
      return one - other
    }
    self.differences = differences
    let rows = differences.indices.filter { differences[$0] != nil }
    let values = rows.compactMap { differences[$0] }
    guard !values.isEmpty else { return nil }
    var generator = SplitMix64(seed: seed)
    let bootstrap = BootstrappedMean(
      .init(values, units: rows.map { units[$0] }), drawCount: drawCount, using: &generator)
    mean = bootstrap.mean
    interval = bootstrap.interval
    count = values.count
    let ranks = SignedRanks(values)
    wins = ranks.winCount
    ties = ranks.tieCount
    losses = ranks.lossCount
    rankBiserial = ranks.rankBiserial
  }

  /// Whether the interval lies above zero, for a metric whose values are better upward, or below for
  /// one downward.
  package func isBetter(upward: Bool) -> Bool {
    guard let interval else { return false }
    return upward ? interval.lower > 0 : interval.upper < 0
  }
}
