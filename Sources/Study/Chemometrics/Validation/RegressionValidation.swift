/// How well a model predicted a quantity over many splits.
public struct RegressionValidation: Hashable, Sendable {
  /// The splits.
  public let splits: [ValidationSplit]

  /// The figures of every split.
  public let metrics: [RegressionMetrics]

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
    try checkSplits(splits, predictionCount: predictions.count, sampleCount: truth.count)
    self.splits = splits
    var metrics: [RegressionMetrics] = []
    for (split, found) in zip(splits, predictions) {
      metrics.append(
        try RegressionMetrics(predictions: found, truth: split.test.map { truth[$0] }))
    }
    self.metrics = metrics
  }

  /// Summarizes one figure over the splits.
  ///
  /// - Parameters:
  ///   - figure: The figure of one split, such as `\.rootMeanSquareError`.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Mean, spread and intervals.
  /// - Throws: `ChemometricsError` when the level is out of range.
  public func summary(
    of figure: (RegressionMetrics) -> Double = { $0.rootMeanSquareError }, level: Double = 0.95
  ) throws(ChemometricsError) -> ResampledSummary {
    try ResampledSummary(values: metrics.map(figure), splits: splits, level: level)
  }

  /// Compares one figure with that of another model on the same splits.
  ///
  /// - Parameters:
  ///   - other: The other model's validation.
  ///   - figure: The figure of one split, such as `\.rootMeanSquareError`.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: The differences, this model less the other.
  /// - Throws: `ChemometricsError` when the splits differ or the level is out of range.
  public func comparison(
    with other: RegressionValidation,
    of figure: (RegressionMetrics) -> Double = { $0.rootMeanSquareError }, level: Double = 0.95
  ) throws(ChemometricsError) -> PairedComparison {
    try checkSame(splits, other.splits)
    return try PairedComparison(
      metrics.map(figure), other.metrics.map(figure), splits: splits, level: level)
  }
}
