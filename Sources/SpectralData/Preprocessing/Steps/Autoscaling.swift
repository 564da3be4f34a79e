import Catalogs
package import TensorCore

/// Subtracts the mean of the training spectra at each position and divides by their deviation there.
///
/// A position at which all training spectra are equal is only centered.
package struct Autoscaling: PreprocessingStep {
  /// What the number of spectra is lowered by in the deviation: 1 for the sample's, 0 for the
  /// population's.
  package let degreesLost: Int

  /// Creates settings.
  ///
  /// - Parameter degreesLost: 0 or 1.
  package init(degreesLost: Int = 1) {
    self.degreesLost = degreesLost
  }

  private static let degreesLost = Parameter(
    "ddof", "1 for the sample's deviation, 0 for the population's", standard: 1, .whole(0...1))

  static let entry = PreprocessingEntry(
    Autoscaling.self, "zero mean and unit deviation of the training spectra at each position",
    parameters: [degreesLost]
  ) { settings throws(SpectrumError) in Autoscaling(degreesLost: settings[degreesLost]) }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(FittedAutoscaling.stepID, Self.degreesLost.text(degreesLost))
  }

  /// Takes mean and deviation of the training spectra at each position.
  package func fit(
    _ rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> FittedAutoscaling {
    try RowMath.check(rows, count: axis.count, FittedAutoscaling.stepID)
    guard rows.count > degreesLost, (0...1).contains(degreesLost) else {
      throw SpectrumError(
        .invalidSettings,
        "autoscale needs at least two training spectra for the sample's deviation; set ddof=0")
    }
    let mean = RowMath.columnMeans(rows, count: axis.count)
    var squares = [Double](repeating: 0, count: axis.count)
    for row in rows {
      for index in row.indices {
        let deviation = Double(row[index]) - mean[index]
        squares[index] += deviation * deviation
      }
    }
    let scale = squares.map { ($0 / Double(rows.count - degreesLost)).squareRoot() }
    return FittedAutoscaling(mean: mean, scale: scale.map { $0 > 0 ? $0 : 1 })
  }
}

/// Autoscaling with the means and deviations it learned.
package struct FittedAutoscaling: FittedPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "autoscale"

  /// The mean training spectrum.
  package let mean: [Double]

  /// The deviation at each position, 1 where the training spectra are equal.
  package let scale: [Double]

  /// Takes means and deviations that somebody else learned; they are checked when they are used.
  ///
  /// - Parameters:
  ///   - mean: What is subtracted at each position.
  ///   - scale: What is then divided by, as many, none zero.
  package init(mean: [Double], scale: [Double]) {
    self.mean = mean
    self.scale = scale
  }

  /// Refuses values that the step cannot work with.
  package func check() throws(SpectrumError) {
    guard mean.count == scale.count, mean.allSatisfy(\.isFinite),
      scale.allSatisfy({ $0.isFinite && $0 != 0 })
    else {
      throw SpectrumError(
        .invalidSettings, "autoscale needs a finite mean and a deviation above 0 per position")
    }
  }

  /// Subtracts the means and divides by the deviations.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    try RowMath.check(rows, count: mean.count, Self.stepID)
    return rows.mapRows { row in
      var row = row
      for index in row.indices {
        row[index] = Float((Double(row[index]) - mean[index]) / scale[index])
      }
      return row
    }
  }
}
