import Foundation

/// Two classifiers on the same samples.
///
/// Source: Q. McNemar, Psychometrika 12 (1947) 153–157.
package enum DiscordantPairs {
  /// How probable so unequal counts are, on either side, where each is as likely: exact, by the binomial
  /// distribution.
  ///
  /// - Parameters:
  ///   - first: Samples that only the first gets right.
  ///   - second: Samples that only the second gets right.
  /// - Returns: The probability, 0…1; one where both are zero.
  package static func probability(_ first: Int, _ second: Int) -> Double {
    let count = first + second
    guard count > 0 else { return 1 }
    let tail = (0...min(first, second)).reduce(0.0) { sum, successes in
      let logarithm =
        lgamma(Double(count + 1)) - lgamma(Double(successes + 1))
        - lgamma(Double(count - successes + 1)) - Double(count) * log(2)
      return sum + exp(logarithm)
    }
    return min(1, 2 * tail)
  }
}
