import Statistics

/// How well a model predicted a quantity over many splits.
public typealias RegressionValidation = Validation<RegressionMetrics>

extension Validation<RegressionMetrics> {
  /// Judges the predictions of every split.
  ///
  /// - Parameters:
  ///   - predictions: For every split the values predicted for its test samples, in their order.
  ///   - truth: The true values of all samples.
  ///   - splits: The splits.
  /// - Throws: `ChemometricsError` when predictions, samples and splits do not go together.
  public init(
    predictions: [[Double]], truth: [Double], splits: [ValidationSplit]
  ) throws(ChemometricsError) {
    try self.init(predictions, splits: splits, sampleCount: truth.count, groups: nil) {
      found, split throws(ChemometricsError) in
      try RegressionMetrics(predictions: found, truth: split.test.map { truth[$0] })
    }
  }

  /// The mean R² over splits; nil unless every split has one.
  public var meanDetermination: Double? {
    let values = metrics.compactMap(\.determination)
    return values.count == metrics.count ? values.mean : nil
  }
}
