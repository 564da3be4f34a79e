package import TensorCore

/// Multiplicative scatter correction: each spectrum is fitted as `a + b · reference` by least squares and
/// becomes `(x − a) / b`; the reference is the mean training spectrum.
///
/// Geladi, MacDougall and Martens, Appl. Spectrosc. 39 (1985) 491.
package struct MultiplicativeScatterCorrection: PreprocessingStep {
  /// Creates settings.
  package init() {}

  static let entry = PreprocessingEntry(
    MultiplicativeScatterCorrection.self,
    "multiplicative scatter correction against the mean training spectrum"
  ) { _ throws(SpectrumError) in MultiplicativeScatterCorrection() }

  /// The text form with all parameters.
  package var description: String { FittedMultiplicativeScatterCorrection.stepID }

  /// Takes the mean training spectrum as reference.
  package func fit(
    _ rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> FittedMultiplicativeScatterCorrection {
    try RowMath.check(rows, count: axis.count, description)
    let fitted = FittedMultiplicativeScatterCorrection(
      reference: RowMath.columnMeans(rows, count: axis.count))
    try fitted.check()
    return fitted
  }
}

/// Multiplicative scatter correction with the reference it learned.
package struct FittedMultiplicativeScatterCorrection: FittedPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "msc"

  /// The mean training spectrum.
  package let reference: [Double]

  /// Refuses values that the step cannot work with.
  package func check() throws(SpectrumError) {
    guard let first = reference.first, reference.contains(where: { $0 != first }),
      reference.allSatisfy(\.isFinite)
    else {
      throw SpectrumError(
        .invalidSettings, "msc needs a mean training spectrum that is finite and not flat")
    }
  }

  /// Removes offset and gain against the reference from each spectrum.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    try RowMath.check(rows, count: reference.count, Self.stepID)
    let count = Double(reference.count)
    let referenceMean = reference.reduce(0, +) / count
    let centered = reference.map { $0 - referenceMean }
    let squares = centered.reduce(0) { $0 + $1 * $1 }
    return try rows.mapRows { row throws(SpectrumError) in
      let mean = RowMath.mean(row)
      var product = 0.0
      for index in centered.indices { product += centered[index] * Double(row[index]) }
      let slope = product / squares
      guard slope.isFinite, slope != 0 else {
        throw SpectrumError(
          .invalidCell,
          "msc: a spectrum has nothing in common with the mean training spectrum (its slope is 0)")
      }
      return RowMath.scaled(row, minus: mean - slope * referenceMean, times: 1 / slope)
    }
  }
}
