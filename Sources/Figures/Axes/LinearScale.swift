package import SpectralData

/// The values at the two ends of an axis.
package struct LinearScale: Hashable {
  /// A position with what is written there.
  package struct Tick: Hashable {
    package let value: Double
    package let text: String

    package init(value: Double, text: String) {
      self.value = value
      self.text = text
    }
  }

  /// The value at the left or lower end.
  package let start: Double

  /// The value at the right or upper end; below `start` on a reversed axis.
  package let end: Double

  /// Creates a scale; equal ends are set apart by one on both sides.
  package init(start: Double, end: Double) {
    (self.start, self.end) = start == end ? (start - 1, end + 1) : (start, end)
  }

  /// The ends of a spectral axis; infrared wavenumbers fall.
  package init(_ axis: SpectralAxis) {
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
  package init(covering values: some Collection<Double>, margin: Double = 0.05) {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let reach = high > low ? margin * (high - low) : high == 0 ? 1 : abs(high) * margin
    self.init(start: low - reach, end: high + reach)
  }

  /// Where a value lies between the ends, 0…1.
  package func fraction(_ value: Double) -> Double { (value - start) / (end - start) }

  /// About so many round values within the ends.
  package func ticks(about count: Int) -> [Tick] {
    let (values, decimals) = roundValues(about: count)
    let areShort = magnitude < 1e5 && decimals <= 4
    return values.map {
      Tick(
        value: $0,
        text: areShort ? NumberText.fixed($0, decimals: decimals) : NumberText.short($0))
    }
  }

  /// Whole numbers within the ends, evenly apart and at most so many where there are more.
  package func wholeTicks(atMost count: Int) -> [Tick] {
    let (low, high) = (Int(min(start, end).rounded(.up)), Int(max(start, end).rounded(.down)))
    guard low <= high else { return [] }
    let step = (high - low + count) / max(count, 1)
    return Swift.stride(from: low, through: high, by: max(step, 1)).map {
      Tick(value: Double($0), text: "\($0)")
    }
  }

  /// The power of ten that compact ticks leave out, zero for numbers that are short as they are.
  package var exponent: Int {
    (0.01..<1e5).contains(magnitude) || magnitude == 0 ? 0 : NumberText.exponent(magnitude)
  }

  /// About so many round values in units of the power of ten that `exponent` tells.
  package func compactTicks(about count: Int) -> [Tick] {
    let (values, decimals) = roundValues(about: count)
    let places = max(0, decimals + exponent)
    let unit = power(10, Double(exponent))
    return values.map {
      Tick(
        value: $0,
        text: places <= 4
          ? NumberText.fixed($0 / unit, decimals: places) : NumberText.short($0 / unit))
    }
  }

  /// The larger absolute value of the ends.
  private var magnitude: Double { max(abs(start), abs(end)) }

  /// At least two round values, as one alone tells no scale.
  private func roundValues(about count: Int) -> (positions: [Double], decimals: Int) {
    let (low, high) = (min(start, end), max(start, end))
    var found = NumberText.ticks(from: low, to: high, about: count)
    for more in 1...4 where found.positions.count < 2 {
      found = NumberText.ticks(from: low, to: high, about: count + more)
    }
    return found
  }
}
