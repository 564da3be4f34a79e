public import TensorCore

/// Brings each spectrum to the range 0…1: `(x − min(x)) / (max(x) − min(x))`; a flat one becomes 0.
public struct RangeNormalization: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  public static let stepID = "min-max"

  /// Creates settings.
  public init() {}

  static let entry = PreprocessingEntry(
    RangeNormalization.self, "brings each spectrum to the range 0 to 1"
  ) {
    _ throws(SpectrumError) in RangeNormalization()
  }

  /// The text form with all parameters.
  public var description: String { Self.stepID }

  /// Maps the least value of each spectrum to 0 and the greatest to 1.
  public func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    rows.mapRows { row in
      guard let low = row.min(), let high = row.max(), high > low else { return row.map { _ in 0 } }
      return RowMath.scaled(row, minus: Double(low), times: 1 / (Double(high) - Double(low)))
    }
  }
}
