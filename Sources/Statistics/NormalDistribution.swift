import Foundation

/// The standard normal distribution.
package enum NormalDistribution {
  /// The probability of a value below `z`.
  package static func probability(below z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  /// The value below which lies a probability, between 0 and 1.
  package static func quantile(_ probability: Double) -> Double {
    if probability.isNaN { return .nan }
    if probability <= 0 { return -.infinity }
    if probability >= 1 { return .infinity }
    // The smaller tail keeps its digits.
    if probability > 0.5 { return -quantile(1 - probability) }
    var (low, high) = (-40.0, 0.0)
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if self.probability(below: middle) < probability { low = middle } else { high = middle }
    }
  }
}
