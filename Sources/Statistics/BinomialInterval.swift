/// How sure a share is that was found on independent samples.
package enum BinomialInterval {
  /// The exact interval by binomial sums.
  ///
  /// C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404–413.
  /// Shares of 0 and 1 have one open end, so that all risk is at the other: without an error in `n` samples
  /// the rate of errors is below `1 − risk^(1/n)`, about `3/n` at 95 % (the rule of three).
  ///
  /// - Parameters:
  ///   - share: The share that was found, 0…1; a mean over several tests need not be a whole number of
  ///     samples.
  ///   - count: On how many independent samples, at least one.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: The interval, within 0…1.
  package static func of(share: Double, count: Int, level: Double) -> ConfidenceInterval {
    precondition(count > 0 && (0...1).contains(share), "a share of at least one sample")
    let (hits, total) = (share * Double(count), Double(count))
    let risk = share == 0 || share == 1 ? 1 - level : (1 - level) / 2
    return ConfidenceInterval(
      lower: share == 0 ? 0 : root(risk) { incomplete($0, hits, total - hits + 1) },
      upper: share == 1 ? 1 : root(1 - risk) { incomplete($0, hits + 1, total - hits) })
  }

  private static func incomplete(_ x: Double, _ a: Double, _ b: Double) -> Double {
    StudentDistribution.incompleteBeta(x, a, b)
  }

  /// Where a function that grows from 0 to 1 over 0…1 has a value.
  private static func root(_ value: Double, _ function: (Double) -> Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if function(middle) < value { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
