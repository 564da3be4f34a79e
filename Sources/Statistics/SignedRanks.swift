/// Paired differences by the ranks of their sizes.
///
/// Source: F. Wilcoxon, Biometrics Bulletin 1 (1945) 80–83.
package struct SignedRanks: Hashable, Sendable {
  /// `W⁺`, the sum of the ranks of positive differences; those that are zero have no rank.
  package let positiveSum: Double

  /// `W⁻`, the same of negative differences.
  package let negativeSum: Double

  /// How many differences are above zero.
  package let winCount: Int

  /// How many are zero.
  package let tieCount: Int

  /// How many are below zero.
  package let lossCount: Int

  /// Ranks differences.
  ///
  /// - Parameter differences: One for each pair, at least one.
  package init(_ differences: [Double]) {
    let varied = differences.filter { $0 != 0 }
    let ranks = zip(varied, Ranks.of(varied.map(abs)))
    positiveSum = ranks.reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    negativeSum = ranks.reduce(0) { $0 + ($1.0 < 0 ? $1.1 : 0) }
    winCount = differences.count { $0 > 0 }
    tieCount = differences.count { $0 == 0 }
    lossCount = differences.count { $0 < 0 }
  }

  /// The rank-biserial correlation, `(W⁺ − W⁻) / (W⁺ + W⁻)`: −1…1; zero where all are zero.
  package var rankBiserial: Double {
    let sum = positiveSum + negativeSum
    return sum > 0 ? (positiveSum - negativeSum) / sum : 0
  }

  /// The share of pairs in which the first wins, ties counted half: 0…1.
  package var winShare: Double {
    (Double(winCount) + Double(tieCount) / 2) / Double(winCount + tieCount + lossCount)
  }
}
