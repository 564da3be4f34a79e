package import TensorCore

/// Brings each spectrum to the range 0…1: `(x − min(x)) / (max(x) − min(x))`; a flat one becomes 0.
package struct RangeNormalization: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "min-max"

  /// Creates settings.
  package init() {}

  static let entry = PreprocessingEntry(
    RangeNormalization.self, "brings each spectrum to the range 0 to 1"
  ) {
    _ throws(SpectrumError) in RangeNormalization()
  }

  /// The text form with all parameters.
  package var description: String { Self.stepID }

  /// Maps the least value of each spectrum to 0 and the greatest to 1.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    rows.mapRows { row in
      guard let low = row.min(), let high = row.max(), high > low else { return row.map { _ in 0 } }
      return RowMath.scaled(row, minus: Double(low), times: 1 / (Double(high) - Double(low)))
    }
  }
}
