/// Probabilities of several tests, made larger for their number.
package enum MultipleComparisons {
  /// Holm's step-down method, which bounds the chance of any false finding.
  ///
  /// Source: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.
  ///
  /// - Parameter probabilities: One for each test.
  /// - Returns: Adjusted probabilities in the same order.
  package static func holm(_ probabilities: [Double]) -> [Double] {
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    var adjusted = probabilities
    var largest = 0.0
    for (step, place) in order.enumerated() {
      largest = max(largest, Double(probabilities.count - step) * probabilities[place])
      adjusted[place] = min(1, largest)
    }
    return adjusted
  }

  /// The step-up method of Benjamini and Hochberg, which bounds the expected share of false findings.
  ///
  /// Source: Journal of the Royal Statistical Society B 57 (1995) 289–300.
  ///
  /// - Parameter probabilities: One for each test.
  /// - Returns: Adjusted probabilities in the same order.
  package static func benjaminiHochberg(_ probabilities: [Double]) -> [Double] {
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    var adjusted = probabilities
    var least = 1.0
    for (step, place) in order.enumerated().reversed() {
      least = min(least, Double(probabilities.count) / Double(step + 1) * probabilities[place])
      adjusted[place] = least
    }
    return adjusted
  }
}
