import Catalogs
package import TensorCore

/// Interpolates spectra linearly to evenly spaced positions, whatever axis they were measured on.
package struct Resampling: PreprocessingStep {
  /// The first position, in the unit of the training spectra.
  package let first: Double

  /// The last position.
  package let last: Double

  /// How many positions there are.
  package let count: Int

  /// False: the axis of the spectra is enough.
  package static var learnsFromSpectra: Bool { false }

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - first: The first position, in the unit of the training spectra.
  ///   - last: The last position; below the first for falling positions.
  ///   - count: How many positions, at least two.
  package init(from first: Double, through last: Double, count: Int) {
    self.first = first
    self.last = last
    self.count = count
  }

  private static let from = Parameter(
    "from", "first position", standard: nil, .number(-1e300...1e300))
  private static let to = Parameter(
    "to", "last position", standard: nil, .number(-1e300...1e300))
  private static let points = Parameter(
    "points", "how many positions", standard: nil, .whole(2...1_000_000))

  static let entry = PreprocessingEntry(
    Resampling.self, "interpolates to evenly spaced positions", parameters: [from, to, points]
  ) { settings throws(SpectrumError) in
    Resampling(from: settings[from], through: settings[to], count: settings[points])
  }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(
      FittedResampling.stepID, Self.from.text(first), Self.to.text(last),
      Self.points.text(count))
  }

  /// Takes the unit of the training spectra, which must cover the positions.
  package func fit(
    _ rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> FittedResampling {
    let target = try SpectralAxis(from: first, through: last, count: count, unit: axis.unit)
    _ = try AxisInterpolation(from: axis, to: target)
    return FittedResampling(target: target)
  }
}

/// Resampling with the positions and the unit it learned.
package struct FittedResampling: FittedPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "resample"

  /// The positions of resampled spectra.
  package let target: SpectralAxis

  /// The target positions.
  package func axis(after axis: SpectralAxis) throws(SpectrumError) -> SpectralAxis { target }

  /// Interpolates each spectrum from its axis to the target positions.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    if axis == target { return rows }
    let interpolation = try AxisInterpolation(from: axis, to: target)
    return try rows.mapRows { row throws(SpectrumError) in
      try interpolation.apply(to: row)
    }
  }
}
