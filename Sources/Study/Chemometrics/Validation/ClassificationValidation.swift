/// How well a model predicted classes over many splits.
public typealias ClassificationValidation = Validation<ClassificationMetrics>

extension Validation<ClassificationMetrics> {
  /// Judges the predictions of every split.
  ///
  /// - Parameters:
  ///   - predictions: For every split the classes given to its test samples, in their order.
  ///   - classes: The classes of all samples.
  ///   - splits: The splits.
  ///   - groups: Equal texts for samples that depend on each other; nil when all are independent.
  /// - Throws: `ChemometricsError` when predictions, samples and splits do not go together.
  public init(
    predictions: [[Int]], classes: ClassLabels, splits: [ValidationSplit],
    groups: [String]? = nil
  ) throws(ChemometricsError) {
    try self.init(predictions, splits: splits, sampleCount: classes.count, groups: groups) {
      found, split throws(ChemometricsError) in
      try ClassificationMetrics(
        predictions: found, truth: split.test.map { classes.indices[$0] },
        classCount: classes.names.count)
    }
  }

  /// How many samples of each class (row) were given each class (column), over all splits.
  public var confusion: [[Int]] { total.confusion }

  /// What was counted over all splits together.
  public var total: ClassificationMetrics { ClassificationMetrics(adding: metrics) }
}
