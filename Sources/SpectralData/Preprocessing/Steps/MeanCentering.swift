/// Subtracts the mean training spectrum.
public struct MeanCentering: PreprocessingStep {
  /// Creates settings.
  public init() {}

  static let entry = PreprocessingEntry(
    MeanCentering.self, "subtracts the mean training spectrum", learns: true
  ) { _ throws(SpectrumError) in MeanCentering() }

  public var description: String { FittedMeanCentering.stepID }

  public func fit(
    _ rows: [[Float]], on axis: SpectralAxis
  ) throws(SpectrumError) -> FittedMeanCentering {
    try RowMath.check(rows, count: axis.count, description)
    return FittedMeanCentering(mean: RowMath.columnMeans(rows, count: axis.count))
  }
}

/// Mean centering with the mean it learned.
public struct FittedMeanCentering: FittedPreprocessingStep {
  public static let stepID = "mean-center"

  /// The mean training spectrum.
  public let mean: [Double]

  public func check() throws(SpectrumError) {
    guard mean.allSatisfy(\.isFinite) else {
      throw SpectrumError(.invalidSettings, "mean-center: the mean is not finite")
    }
  }

  public func apply(
    to rows: [[Float]], on axis: SpectralAxis
  ) throws(SpectrumError) -> [[Float]] {
    try RowMath.check(rows, count: mean.count, Self.stepID)
    return rows.map { row in
      var row = row
      for index in row.indices { row[index] = Float(Double(row[index]) - mean[index]) }
      return row
    }
  }
}
