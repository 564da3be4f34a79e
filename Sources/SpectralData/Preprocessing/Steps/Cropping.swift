import Catalogs
package import TensorCore

/// Keeps the points of a range of positions.
package struct Cropping: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "crop"

  /// The lowest position that is kept.
  package let low: Double

  /// The highest position that is kept.
  package let high: Double

  /// Creates settings.
  ///
  /// - Parameter range: Which positions are kept, in the unit of the axis.
  package init(_ range: ClosedRange<Double>) {
    low = range.lowerBound
    high = range.upperBound
  }

  private static let from = Parameter(
    "from", "lowest position", standard: nil, .number(-1e300...1e300))
  private static let to = Parameter(
    "to", "highest position", standard: nil, .number(-1e300...1e300))

  static let entry = PreprocessingEntry(
    Cropping.self, "keeps the points of a range of positions", parameters: [from, to]
  ) { settings throws(SpectrumError) in
    let (low, high) = (settings[from], settings[to])
    return Cropping(min(low, high)...max(low, high))
  }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(Self.stepID, Self.from.text(low), Self.to.text(high))
  }

  /// Refuses values that the step cannot work with.
  package func check() throws(SpectrumError) {
    guard low <= high, low.isFinite, high.isFinite else {
      throw SpectrumError(.invalidSettings, "crop: \(low)…\(high) is no range")
    }
  }

  private func points(_ axis: SpectralAxis) throws(SpectrumError) -> Range<Int> {
    try check()
    let points = axis.indices(in: low...high)
    guard !points.isEmpty else {
      throw SpectrumError(
        .invalidAxis,
        "crop: no point lies in \(low)…\(high); the axis has \(axis.summary)")
    }
    return points
  }

  /// The positions that are left.
  package func axis(after axis: SpectralAxis) throws(SpectrumError) -> SpectralAxis {
    try SpectralAxis(positions: Array(axis.positions[points(axis)]), unit: axis.unit)
  }

  /// Keeps the points inside the range.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    try RowMath.check(rows, count: axis.count, Self.stepID)
    let points = try points(axis)
    return rows.mapRows { Array($0[points]) }
  }
}
