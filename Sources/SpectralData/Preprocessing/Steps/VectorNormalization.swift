public import TensorCore

/// Divides each spectrum by its Euclidean length `√Σx²`; one of zeros stays.
public struct VectorNormalization: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  public static let stepID = "vector-norm"

  /// Creates settings.
  public init() {}

  static let entry = PreprocessingEntry(
    VectorNormalization.self, "divides each spectrum by its Euclidean length"
  ) {
    _ throws(SpectrumError) in VectorNormalization()
  }

  /// The text form with all parameters.
  public var description: String { Self.stepID }

  /// Divides each spectrum by `√Σx²`.
  public func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    rows.mapRows { row in
      let length = row.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      return length > 0 ? RowMath.scaled(row, minus: 0, times: 1 / length) : row
    }
  }
}
