import Catalogs
package import TensorCore

/// Standard normal variate: `(x − mean(x)) / deviation(x)` of each spectrum; a flat one becomes 0.
///
/// Barnes, Dhanoa and Lister, Appl. Spectrosc. 43 (1989) 772.
package struct StandardNormalVariate: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "snv"

  /// What the number of points is lowered by in the deviation: 0 for the population's, 1 for the
  /// sample's.
  package let degreesLost: Int

  /// Creates settings.
  ///
  /// - Parameter degreesLost: 0 or 1.
  package init(degreesLost: Int = 0) {
    self.degreesLost = degreesLost
  }

  private static let degreesLost = Parameter(
    "ddof", "1 for the sample's deviation, 0 for the population's", standard: 0, .whole(0...1))

  static let entry = PreprocessingEntry(
    StandardNormalVariate.self, "standard normal variate: zero mean, unit deviation per spectrum",
    parameters: [degreesLost]
  ) { settings throws(SpectrumError) in
    StandardNormalVariate(degreesLost: settings[degreesLost])
  }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(Self.stepID, Self.degreesLost.text(degreesLost))
  }

  /// Refuses values that the step cannot work with.
  package func check() throws(SpectrumError) {
    guard (0...1).contains(degreesLost) else {
      throw SpectrumError(.invalidSettings, "snv: ddof=\(degreesLost) is not 0 or 1")
    }
  }

  /// Subtracts the mean of each spectrum and divides by its deviation.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    rows.mapRows { row in
      let (mean, squares) = RowMath.moments(row)
      let deviation = (squares / Double(max(1, row.count - degreesLost))).squareRoot()
      return RowMath.scaled(row, minus: mean, times: deviation > 0 ? 1 / deviation : 0)
    }
  }
}
