import Catalogs
package import TensorCore

/// Subtracts a polynomial fitted below the peaks.
///
/// It is fitted by least squares, then again to the points cut off at the fit, until it changes little;
/// without repetitions it is a trend.
///
/// Lieber and Mahadevan-Jansen, Appl. Spectrosc. 57 (2003) 1363.
package struct PolynomialBaseline: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "polynomial-baseline"

  /// Degree of the polynomial.
  package let order: Int

  /// The most times that it is fitted again.
  package let iterations: Int

  /// Ends when the baseline changes by less than this part.
  package let tolerance: Double

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - order: Degree of the polynomial, 0…20.
  ///   - iterations: The most times that it is fitted again, 0…10000; 0 is a plain least-squares fit.
  ///   - tolerance: Ends when the baseline changes by less than this part.
  package init(order: Int = 2, iterations: Int = 250, tolerance: Double = 1e-3) {
    self.order = order
    self.iterations = iterations
    self.tolerance = tolerance
  }

  private static let order = Parameter(
    "order", "degree of the polynomial", standard: 2, .whole(0...20))
  private static let iterations = Parameter(
    "iterations", "most rounds; 0 removes a trend", standard: 250, .whole(0...10_000))
  private static let tolerance = Parameter(
    "tolerance", "least change", standard: 1e-3, .number(0...1))

  static let entry = PreprocessingEntry(
    PolynomialBaseline.self, "subtracts a polynomial fitted below the peaks, or a trend",
    parameters: [order, iterations, tolerance]
  ) { settings throws(SpectrumError) in
    PolynomialBaseline(
      order: settings[order], iterations: settings[iterations], tolerance: settings[tolerance])
  }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(
      Self.stepID, Self.order.text(order), Self.iterations.text(iterations),
      Self.tolerance.text(tolerance))
  }

  /// Refuses values that the step cannot work with.
  package func check() throws(SpectrumError) {
    guard (0...20).contains(order), (0...10_000).contains(iterations), (0...1).contains(tolerance)
    else {
      throw SpectrumError(
        .invalidSettings,
        "polynomial-baseline: order must be 0…20, iterations 0…10000, tolerance 0…1")
    }
  }

  /// Subtracts the polynomial of each spectrum, fitted over the positions of the axis.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    try RowMath.check(rows, count: axis.count, Self.stepID)
    let basis = try basis(on: axis)
    return rows.mapRows { row in
      let values = row.map { Double($0) }
      return zip(values, baseline(values, basis)).map { Float($0 - $1) }
    }
  }

  /// The polynomials that are fitted, orthonormal on the points of an axis.
  ///
  /// - Parameter axis: More points than `order`.
  /// - Returns: One list of values per polynomial, the lowest degree first.
  /// - Throws: `SpectrumError` when there are too few points.
  package func polynomials(on axis: SpectralAxis) throws(SpectrumError) -> [[Double]] {
    try basis(on: axis).values
  }

  private func basis(on axis: SpectralAxis) throws(SpectrumError) -> PolynomialBasis {
    guard axis.count > order else {
      throw SpectrumError(
        .invalidSettings,
        "polynomial-baseline: order \(order) needs more than \(axis.count) points")
    }
    let (low, high) = (axis.range.lowerBound, axis.range.upperBound)
    let width = high > low ? high - low : 1
    return PolynomialBasis(
      positions: axis.positions.map { 2 * ($0 - low) / width - 1 }, order: order)
  }

  private func baseline(_ values: [Double], _ basis: PolynomialBasis) -> [Double] {
    var cut = values
    var baseline = basis.fit(cut)
    for _ in 0..<iterations {
      for index in cut.indices { cut[index] = min(cut[index], baseline[index]) }
      let next = basis.fit(cut)
      var (change, size) = (0.0, 0.0)
      for index in next.indices {
        change += (next[index] - baseline[index]) * (next[index] - baseline[index])
        size += baseline[index] * baseline[index]
      }
      baseline = next
      if change.squareRoot() < tolerance * size.squareRoot() { break }
    }
    return baseline
  }
}
