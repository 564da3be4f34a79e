/// Linear interpolation from the points of one axis to those of another.
///
/// Between neighbors `x₀`, `x₁` the value is `y₀ + (y₁ − y₀)(x − x₀)/(x₁ − x₀)`; nothing is
/// extrapolated.
package struct AxisInterpolation: Hashable, Sendable {
  /// Where the values are known.
  package let source: SpectralAxis

  /// Where values are wanted.
  package let target: SpectralAxis

  /// The neighbor below each wanted position, as a point number of the source.
  package let lower: [Int]

  /// How far each position is from that neighbor to the next, 0…1.
  package let fraction: [Double]

  /// Finds the neighbors of every wanted position.
  ///
  /// - Parameters:
  ///   - source: Where the values are known.
  ///   - target: Where values are wanted, in the same unit and inside the range of the source.
  ///   - slack: How far outside positions may lie, in steps between the last points of the source
  ///     there; they get the value of the end point.
  /// - Throws: `SpectrumError` with code `invalidAxis` when units differ or a position lies outside.
  package init(
    from source: SpectralAxis, to target: SpectralAxis, slack: Double = 1e-6
  ) throws(SpectrumError) {
    guard source.unit == target.unit else {
      throw SpectrumError(
        .invalidAxis,
        "\(source.label) cannot be interpolated to \(target.label); convert the axis first")
    }
    let (range, wanted) = (source.range, target.range)
    let (low, high) = source.endSteps
    guard wanted.lowerBound >= range.lowerBound - slack * low,
      wanted.upperBound <= range.upperBound + slack * high
    else {
      throw SpectrumError(
        .invalidAxis,
        "positions \(wanted.lowerBound)…\(wanted.upperBound) reach beyond the measured "
          + "\(range.lowerBound)…\(range.upperBound); nothing is extrapolated, so choose a range inside"
      )
    }
    self.source = source
    self.target = target
    (lower, fraction) = Self.neighbors(source, target)
  }

  private static func neighbors(
    _ source: SpectralAxis, _ target: SpectralAxis
  ) -> ([Int], [Double]) {
    let sign = source.isAscending ? 1.0 : -1.0
    let (known, wanted) = (source.positions, target.positions)
    let isReversed = source.isAscending != target.isAscending && target.count > 1
    var lower = [Int](repeating: 0, count: wanted.count)
    var fraction = [Double](repeating: 0, count: wanted.count)
    var point = 0
    for step in wanted.indices {
      let index = isReversed ? wanted.count - 1 - step : step
      while point + 2 < known.count, sign * known[point + 1] <= sign * wanted[index] { point += 1 }
      lower[index] = point
      guard known.count > 1 else { continue }
      let share = (wanted[index] - known[point]) / (known[point + 1] - known[point])
      fraction[index] = min(1, max(0, share))
    }
    return (lower, fraction)
  }

  /// Whether every wanted position is a known one, to a thousandth of a step, so that values are only
  /// picked.
  package var isSelection: Bool {
    fraction.allSatisfy { $0 <= 1e-3 || $0 >= 1 - 1e-3 }
  }

  /// Interpolates the values of one spectrum.
  ///
  /// - Parameter values: One per point of the source.
  /// - Returns: One per point of the target.
  /// - Throws: `SpectrumError` with code `lengthMismatch` when there are not as many values as points.
  package func apply(to values: [Float]) throws(SpectrumError) -> [Float] {
    guard values.count == source.count else {
      throw SpectrumError(
        .lengthMismatch, "\(values.count) values do not fit \(source.count) positions")
    }
    var result = [Float](repeating: 0, count: target.count)
    for index in result.indices {
      let point = lower[index]
      let first = Double(values[point])
      let next = point + 1 < values.count ? Double(values[point + 1]) : first
      result[index] = Float(first + (next - first) * fraction[index])
    }
    return result
  }
}

extension SpectralAxis {
  /// The distances between the two lowest and between the two highest positions; zero for one point.
  fileprivate var endSteps: (low: Double, high: Double) {
    guard count > 1 else { return (0, 0) }
    let first = abs(positions[1] - positions[0])
    let last = abs(positions[count - 1] - positions[count - 2])
    return isAscending ? (first, last) : (last, first)
  }
}
