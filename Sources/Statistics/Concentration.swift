/// On how few values a sum rests.
package enum Concentration {
  /// The least share of the values that holds half of their sum.
  ///
  /// - Parameter values: None is below zero.
  /// - Returns: The share, 0…1; one half for a sum of zero.
  package static func half(_ values: [Double]) -> Double {
    let sorted = values.sorted(by: >)
    let half = sorted.reduce(0, +) / 2
    guard half > 0 else { return 0.5 }
    var (sum, needed) = (0.0, 0)
    while needed < sorted.count, sum < half {
      sum += sorted[needed]
      needed += 1
    }
    return Double(needed) / Double(sorted.count)
  }
}
