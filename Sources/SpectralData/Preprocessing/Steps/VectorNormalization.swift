package import TensorCore

/// Divides each spectrum by its Euclidean length `√Σx²`; one of zeros stays.
package struct VectorNormalization: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "vector-norm"

  /// Creates settings.
  package init() {}

  static let entry = PreprocessingEntry(
    VectorNormalization.self, "divides each spectrum by its Euclidean length"
  ) {
    _ throws(SpectrumError) in VectorNormalization()
  }

  /// The text form with all parameters.
  package var description: String { Self.stepID }

  /// Divides each spectrum by `√Σx²`.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    rows.mapRows { row in
      let length = row.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      return length > 0 ? RowMath.scaled(row, minus: 0, times: 1 / length) : row
    }
  }
}
