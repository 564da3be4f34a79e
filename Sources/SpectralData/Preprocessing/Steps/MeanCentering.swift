package import TensorCore

/// Subtracts the mean training spectrum.
package struct MeanCentering: PreprocessingStep {
  /// Creates settings.
  package init() {}

  static let entry = PreprocessingEntry(
    MeanCentering.self, "subtracts the mean training spectrum"
  ) { _ throws(SpectrumError) in MeanCentering() }

  /// The text form with all parameters.
  package var description: String { FittedMeanCentering.stepID }

  /// Takes the mean training spectrum.
  package func fit(
    _ rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> FittedMeanCentering {
    try RowMath.check(rows, count: axis.count, description)
    return FittedMeanCentering(mean: RowMath.columnMeans(rows, count: axis.count))
  }
}

/// Mean centering with the mean it learned.
package struct FittedMeanCentering: FittedPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "mean-center"

  /// The mean training spectrum.
  package let mean: [Double]

  /// Refuses values that the step cannot work with.
  package func check() throws(SpectrumError) {
    guard mean.allSatisfy(\.isFinite) else {
      throw SpectrumError(.invalidSettings, "mean-center: the mean is not finite")
    }
  }

  /// Subtracts the mean training spectrum from each spectrum.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    try RowMath.check(rows, count: mean.count, Self.stepID)
    return rows.mapRows { row in
      var row = row
      for index in row.indices { row[index] = Float(Double(row[index]) - mean[index]) }
      return row
    }
  }
}
