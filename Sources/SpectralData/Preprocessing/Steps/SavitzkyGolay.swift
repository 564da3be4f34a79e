import Catalogs
package import TensorCore

/// Savitzky–Golay smoothing or derivative: a polynomial is fitted by least squares to the points in a
/// window around each point, and its value or derivative there is taken.
///
/// The first and last half windows take the polynomials of the first and last whole windows. Distances
/// are counted in points of `spacing`, not read from the axis. Savitzky and Golay, Anal. Chem. 36 (1964)
/// 1627.
package struct SavitzkyGolay: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "savitzky-golay"

  /// Points of the window, odd.
  package let window: Int

  /// Degree of the polynomial, less than `window`.
  package let order: Int

  /// Which derivative is taken; 0 smooths.
  package let derivative: Int

  /// Distance of neighboring points, which derivatives are divided by.
  package let spacing: Double

  /// Creates settings; they are checked when they are fitted.
  ///
  /// - Parameters:
  ///   - window: Points of the window, odd.
  ///   - order: Degree of the polynomial, 0…12 and less than `window`.
  ///   - derivative: Which derivative is taken, 0…order.
  ///   - spacing: Distance of neighboring points, above zero.
  package init(window: Int = 11, order: Int = 2, derivative: Int = 0, spacing: Double = 1) {
    self.window = window
    self.order = order
    self.derivative = derivative
    self.spacing = spacing
  }

  private static let window = Parameter(
    "window", "points of the window, odd", standard: 11, .whole(3...9999))
  private static let order = Parameter(
    "order", "degree of the polynomial", standard: 2, .whole(0...12))
  private static let derivative = Parameter(
    "derivative", "which derivative; 0 smooths", standard: 0, .whole(0...12))
  private static let spacing = Parameter(
    "spacing", "distance of neighboring points", standard: 1, .number(1e-300...1e300))

  static let entry = PreprocessingEntry(
    SavitzkyGolay.self, "Savitzky–Golay smoothing or derivative",
    parameters: [window, order, derivative, spacing]
  ) { settings throws(SpectrumError) in
    let step = SavitzkyGolay(
      window: settings[window], order: settings[order], derivative: settings[derivative],
      spacing: settings[spacing])
    try step.check()
    return step
  }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(
      Self.stepID, Self.window.text(window), Self.order.text(order),
      Self.derivative.text(derivative), Self.spacing.text(spacing))
  }

  /// Refuses values that the step cannot work with.
  package func check() throws(SpectrumError) {
    guard window % 2 == 1, (3...9999).contains(window), (0..<min(13, window)).contains(order),
      (0...order).contains(derivative), spacing.isFinite, spacing > 0
    else {
      throw SpectrumError(
        .invalidSettings,
        "savitzky-golay: window=\(window) must be odd and from 3, order=\(order) less than it and at most "
          + "12, derivative=\(derivative) at most the order, spacing above 0")
    }
  }

  /// Makes sure that the window fits in the spectra.
  package func fit(
    _ rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> SavitzkyGolay {
    try check()
    try check(points: axis.count)
    return self
  }

  private func check(points: Int) throws(SpectrumError) {
    guard window <= points else {
      throw SpectrumError(
        .invalidSettings,
        "savitzky-golay: a window of \(window) does not fit in spectra of \(points) points")
    }
  }

  /// What the points of a window are multiplied by and summed.
  ///
  /// - Parameter position: At which point of the window, from 0, the polynomial is taken; the middle
  ///   one if nil.
  /// - Returns: One weight per point of the window, in the order of the points.
  /// - Throws: `SpectrumError` when the settings are unsound.
  package func weights(at position: Int? = nil) throws(SpectrumError) -> [Double] {
    try check()
    return Self.weights(
      window: window, order: order, derivative: derivative, spacing: spacing,
      place: Double((position ?? window / 2) - window / 2))
  }

  /// What the points of a window are multiplied by and summed; its length may be even.
  ///
  /// - Parameters:
  ///   - window: Points of the window, more than `order`.
  ///   - order: Degree of the polynomial.
  ///   - derivative: Which derivative is taken, 0…`order`.
  ///   - spacing: Distance of neighboring points, above zero.
  ///   - place: Where the polynomial is taken, in points from the middle of the window.
  /// - Returns: One weight per point of the window, in the order of the points.
  package static func weights(
    window: Int, order: Int, derivative: Int, spacing: Double = 1, place: Double = 0
  ) -> [Double] {
    let half = Double(window - 1) / 2
    // The points lie within −1…1, where powers are of one size.
    let unit = max(half, 1)
    let basis = PolynomialBasis(
      positions: (0..<window).map { (Double($0) - half) / unit }, order: order)
    var scale = 1.0
    for _ in 0..<derivative { scale *= unit * spacing }
    return basis.weights(derivative: derivative, at: place / unit).map { $0 / scale }
  }

  /// Filters each spectrum; it must be at least one window long.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    try check(points: axis.count)
    try RowMath.check(rows, count: axis.count, Self.stepID)
    let half = window / 2
    let center = try weights()
    var edges: [[Double]] = []
    for position in 0..<window where position != half {
      edges.append(try weights(at: position))
    }
    return rows.mapRows { filtered($0, center, edges) }
  }

  private func filtered(_ row: [Float], _ center: [Double], _ edges: [[Double]]) -> [Float] {
    let (half, count) = (window / 2, row.count)
    var sums = [Double](repeating: 0, count: count - window + 1)
    for (offset, weight) in center.enumerated() {
      for index in sums.indices { sums[index] += weight * Double(row[index + offset]) }
    }
    var result = [Float](repeating: 0, count: count)
    for index in sums.indices { result[index + half] = Float(sums[index]) }
    for edge in 0..<half {
      var (low, high) = (0.0, 0.0)
      for offset in 0..<window {
        low += edges[edge][offset] * Double(row[offset])
        high += edges[half + edge][offset] * Double(row[count - window + offset])
      }
      result[edge] = Float(low)
      result[count - half + edge] = Float(high)
    }
    return result
  }
}
