/// Figures of one row of numbers.
extension [Double] {
  /// The arithmetic mean; zero for no values.
  package var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }

  /// The variance with one degree of freedom taken by the mean; zero for fewer than two values.
  package var sampleVariance: Double {
    guard count > 1 else { return 0 }
    let mean = mean
    return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
  }

  /// The value below which a share of the sorted values lies, between neighbors linearly.
  ///
  /// - Parameter share: 0…1.
  /// - Returns: The quantile, or NaN when there are no values.
  package func quantile(_ share: Double) -> Double {
    let sorted = sorted()
    guard let last = sorted.last else { return .nan }
    let place = share * Double(count - 1)
    let below = Int(place.rounded(.down))
    guard below + 1 < count else { return last }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }
}
