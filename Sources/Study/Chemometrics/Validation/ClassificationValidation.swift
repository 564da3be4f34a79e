/// How well a model predicted classes over many splits.
public struct ClassificationValidation: Hashable, Sendable {
  /// The splits.
  public let splits: [ValidationSplit]

  /// The figures of every split.
  public let metrics: [ClassificationMetrics]

  /// Judges the predictions of every split.
  ///
  /// - Parameters:
  ///   - predictions: For every split the classes given to its test samples, in their order.
  ///   - classes: The classes of all samples.
  ///   - splits: The splits.
  /// - Throws: `ChemometricsError` when predictions, samples and splits do not go together.
  public init(
    predictions: [[Int]], classes: ClassLabels, splits: [ValidationSplit]
  ) throws(ChemometricsError) {
    try checkSplits(splits, predictionCount: predictions.count, sampleCount: classes.count)
    self.splits = splits
    var metrics: [ClassificationMetrics] = []
    for (split, found) in zip(splits, predictions) {
      metrics.append(
        try ClassificationMetrics(
          predictions: found, truth: split.test.map { classes.indices[$0] },
          classCount: classes.names.count))
    }
    self.metrics = metrics
  }

  /// How many samples of each class (row) were given each class (column), over all splits.
  public var confusion: [[Int]] {
    metrics.dropFirst().reduce(into: metrics.first?.confusion ?? []) { sum, metrics in
      for row in sum.indices {
        for column in sum[row].indices { sum[row][column] += metrics.confusion[row][column] }
      }
    }
  }

  /// Summarizes one figure over the splits.
  ///
  /// - Parameters:
  ///   - figure: The figure of one split, such as `\.accuracy`.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Mean, spread and intervals.
  /// - Throws: `ChemometricsError` when the level is out of range.
  public func summary(
    of figure: (ClassificationMetrics) -> Double = { $0.accuracy }, level: Double = 0.95
  ) throws(ChemometricsError) -> ResampledSummary {
    try ResampledSummary(values: metrics.map(figure), splits: splits, level: level)
  }

  /// Compares one figure with that of another model on the same splits.
  ///
  /// - Parameters:
  ///   - other: The other model's validation.
  ///   - figure: The figure of one split, such as `\.accuracy`.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: The differences, this model less the other.
  /// - Throws: `ChemometricsError` when the splits differ or the level is out of range.
  public func comparison(
    with other: ClassificationValidation,
    of figure: (ClassificationMetrics) -> Double = { $0.accuracy }, level: Double = 0.95
  ) throws(ChemometricsError) -> PairedComparison {
    try checkSame(splits, other.splits)
    return try PairedComparison(
      metrics.map(figure), other.metrics.map(figure), splits: splits, level: level)
  }
}

func checkSplits(
  _ splits: [ValidationSplit], predictionCount: Int, sampleCount: Int
) throws(ChemometricsError) {
  guard !splits.isEmpty, predictionCount == splits.count else {
    throw ChemometricsError(
      .lengthMismatch,
      "predictions of \(predictionCount) splits do not go with \(splits.count) splits")
  }
  for (index, split) in splits.enumerated() {
    if let sample = split.test.first(where: { !(0..<sampleCount).contains($0) }) {
      throw ChemometricsError(
        .lengthMismatch,
        "split \(index) tests sample \(sample), but there are \(sampleCount) samples")
    }
  }
}

func checkSame(_ splits: [ValidationSplit], _ others: [ValidationSplit]) throws(ChemometricsError) {
  guard splits == others else {
    throw ChemometricsError(
      .lengthMismatch, "the models were validated on different splits; use the same for both")
  }
}
