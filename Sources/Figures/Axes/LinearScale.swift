import SpectralData

/// The values at the two ends of an axis.
struct LinearScale: Hashable {
  /// A position with what is written there.
  struct Tick: Hashable {
    let value: Double
    let text: String
  }

  /// The value at the left or lower end.
  let start: Double

  /// The value at the right or upper end; below `start` on a reversed axis.
  let end: Double

  /// Creates a scale; equal ends are set apart by one on both sides.
  init(start: Double, end: Double) {
    (self.start, self.end) = start == end ? (start - 1, end + 1) : (start, end)
  }

  /// The ends of a spectral axis; infrared wavenumbers fall.
  init(_ axis: SpectralAxis) {
    let (first, last) = (axis.positions.first ?? 0, axis.positions.last ?? 1)
    var (low, high) = (min(first, last), max(first, last))
    if low == high { (low, high) = (low - 1, high + 1) }
    self.init(start: axis.isDrawnReversed ? high : low, end: axis.isDrawnReversed ? low : high)
  }

  /// A rising scale that reaches a little beyond the values.
  ///
  /// - Parameters:
  ///   - values: All finite.
  ///   - margin: The share of the range that is added at both ends.
  init(covering values: some Collection<Double>, margin: Double = 0.05) {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let reach = high > low ? margin * (high - low) : max(abs(high) * margin, 1e-6)
    self.init(start: low - reach, end: high + reach)
  }

  /// Where a value lies between the ends, 0…1.
  func fraction(_ value: Double) -> Double { (value - start) / (end - start) }

  /// About so many round values within the ends.
  func ticks(about count: Int) -> [Tick] {
    let (low, high) = (min(start, end), max(start, end))
    let (values, decimals) = NumberText.ticks(from: low, to: high, about: count)
    let areShort = max(abs(low), abs(high)) < 1e5 && decimals <= 4
    return values.map {
      Tick(
        value: $0,
        text: areShort ? NumberText.fixed($0, decimals: decimals) : NumberText.short($0))
    }
  }
}
