/// Whether mean differences are more than chance, by changing their signs at random.
///
/// Of equal methods each difference might as well have the other sign. Columns are differences of
/// several comparisons on the same units; a flip changes the sign of a unit in all of them, so that
/// what comparisons have in common is kept (P. H. Westfall, S. S. Young, Resampling-Based Multiple
/// Testing, 1993: the largest statistic of each flip judges all of them).
package struct SignFlips: Hashable, Sendable {
  /// Every flip, up to so many units; more are flipped at random.
  package static let exactUnitLimit = 12

  /// How probable so large a mean is by chance, on either side, for each column by itself.
  package let probabilities: [Double]

  /// The same for the largest statistic of all columns: the chance that any of them reaches as much
  /// where none differs.
  package let adjusted: [Double]

  /// Whether all flips were made.
  package let isExact: Bool

  /// How many flips were made.
  package let flipCount: Int

  /// Flips signs.
  ///
  /// - Parameters:
  ///   - columns: One or more rows of differences of one length, at least two units each.
  ///   - flipCount: How many random flips where there are too many to make all.
  ///   - generator: Where random flips come from.
  package init(
    _ columns: [[Double]], flipCount: Int = 10_000,
    using generator: inout some RandomNumberGenerator
  ) {
    let unitCount = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == unitCount }, "differences of the same units")
    let judges = columns.map(Judge.init)
    let observed = judges.map { $0.statistic(sum: $0.sum) }
    isExact = unitCount <= Self.exactUnitLimit
    self.flipCount = isExact ? 1 << unitCount : flipCount
    // The observed signs are one of the random flips, so that no probability is zero.
    let initial = isExact ? 0.0 : 1.0
    var reached = [Double](repeating: initial, count: columns.count)
    var surpassed = reached
    var flips = FlipSource(unitCount: unitCount, isExact: isExact)
    for _ in 0..<self.flipCount {
      let signs = flips.next(using: &generator)
      let statistics = judges.map { $0.statistic(sum: $0.sum(signs)) }
      let largest = statistics.max() ?? 0
      for place in observed.indices {
        let bound = observed[place] * (1 - 1e-12)
        if statistics[place] >= bound { reached[place] += 1 }
        if largest >= bound { surpassed[place] += 1 }
      }
    }
    let total = Double(self.flipCount) + initial
    probabilities = reached.map { $0 / total }
    adjusted = surpassed.map { $0 / total }
  }

  /// One column, whose statistic is |t|; it grows with the size of the sum alone, as squares keep.
  private struct Judge {
    let differences: [Double]
    let square: Double
    let sum: Double

    init(_ differences: [Double]) {
      self.differences = differences
      square = differences.reduce(0) { $0 + $1 * $1 }
      sum = differences.reduce(0, +)
    }

    func sum(_ signs: [Bool]) -> Double {
      var total = 0.0
      for (difference, isFlipped) in zip(differences, signs) {
        total += isFlipped ? -difference : difference
      }
      return total
    }

    /// Student's statistic of the mean, without sign; infinite where all are alike.
    func statistic(sum: Double) -> Double {
      let count = Double(differences.count)
      let spread = square - sum * sum / count
      guard square > 0 else { return 0 }
      guard spread > 1e-14 * square else { return .infinity }
      return abs(sum) * ((count - 1) / (count * spread)).squareRoot()
    }
  }

  /// Signs one after the other, all of them or random ones.
  private struct FlipSource {
    let unitCount: Int
    let isExact: Bool
    var number = 0

    mutating func next(using generator: inout some RandomNumberGenerator) -> [Bool] {
      defer { number += 1 }
      if isExact { return (0..<unitCount).map { number >> $0 & 1 == 1 } }
      var (bits, signs) = (UInt64(0), [Bool]())
      signs.reserveCapacity(unitCount)
      for unit in 0..<unitCount {
        if unit % 64 == 0 { bits = generator.next() }
        signs.append(bits & 1 == 1)
        bits >>= 1
      }
      return signs
    }
  }
}
