import Foundation

/// Student's t distribution.
package enum StudentDistribution {
  /// The probability of a value farther from zero than `t`, on both sides.
  package static func twoSidedProbability(of t: Double, freedom: Double) -> Double {
    if t.isNaN { return .nan }
    if t.isInfinite { return 0 }
    return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
  }

  /// The value that is exceeded on either side with a probability of `1 − level` together.
  package static func criticalValue(level: Double, freedom: Double) -> Double {
    let target = 1 - level
    var (low, high) = (0.0, 1.0)
    while twoSidedProbability(of: high, freedom: freedom) > target, high < 1e300 { high *= 2 }
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle == low || middle == high { break }
      if twoSidedProbability(of: middle, freedom: freedom) > target {
        low = middle
      } else {
        high = middle
      }
    }
    return low + (high - low) / 2
  }

  /// The regularized incomplete beta function, by its continued fraction.
  package static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
    let front = exp(
      lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return front * continuedFraction(x, a, b) / a
  }

  /// Evaluated from the front by the modified Lentz method.
  private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var numerator = 1.0
    var denominator = 1 / guarded(1 - (a + b) * x / (a + 1))
    var result = denominator
    for step in 1...1000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      var factor = 1.0
      for term in [even, odd] {
        denominator = 1 / guarded(1 + term * denominator)
        numerator = guarded(1 + term / numerator)
        factor = numerator * denominator
        result *= factor
      }
      if abs(factor - 1) < 1e-15 { break }
    }
    return result
  }
}
