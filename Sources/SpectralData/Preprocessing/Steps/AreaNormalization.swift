package import TensorCore

/// Divides each spectrum by the sum of its absolute values `Σ|x|`; one of zeros stays.
package struct AreaNormalization: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "area-norm"

  /// Creates settings.
  package init() {}

  static let entry = PreprocessingEntry(
    AreaNormalization.self, "divides each spectrum by the sum of its absolute values"
  ) {
    _ throws(SpectrumError) in AreaNormalization()
  }

  /// The text form with all parameters.
  package var description: String { Self.stepID }

  /// Divides each spectrum by `Σ|x|`.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    rows.mapRows { row in
      let area = row.reduce(0) { $0 + abs(Double($1)) }
      return area > 0 ? RowMath.scaled(row, minus: 0, times: 1 / area) : row
    }
  }
}
