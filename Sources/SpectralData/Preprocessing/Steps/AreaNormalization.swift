public import TensorCore

/// Divides each spectrum by the sum of its absolute values `Σ|x|`; one of zeros stays.
public struct AreaNormalization: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  public static let stepID = "area-norm"

  /// Creates settings.
  public init() {}

  static let entry = PreprocessingEntry(
    AreaNormalization.self, "divides each spectrum by the sum of its absolute values"
  ) {
    _ throws(SpectrumError) in AreaNormalization()
  }

  /// The text form with all parameters.
  public var description: String { Self.stepID }

  /// Divides each spectrum by `Σ|x|`.
  public func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    rows.mapRows { row in
      let area = row.reduce(0) { $0 + abs(Double($1)) }
      return area > 0 ? RowMath.scaled(row, minus: 0, times: 1 / area) : row
    }
  }
}
