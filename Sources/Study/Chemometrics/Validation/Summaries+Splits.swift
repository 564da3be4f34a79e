package import Statistics

extension ResampledSummary {
  /// Summarizes values of the splits of a validation.
  ///
  /// - Parameters:
  ///   - values: One value per split, at least one.
  ///   - splits: The splits, for the mean ratio of their parts.
  ///   - level: The confidence level, between 0 and 1.
  ///   - binomial: The interval of the mean where all values are equal.
  /// - Throws: `ChemometricsError` when counts differ or the level is out of range.
  package init(
    values: [Double], splits: [ValidationSplit], level: Double = 0.95,
    whereEqual binomial: ConfidenceInterval? = nil
  ) throws(ChemometricsError) {
    guard !values.isEmpty, values.count == splits.count, level > 0, level < 1 else {
      throw ChemometricsError(
        .lengthMismatch,
        "\(values.count) values of \(splits.count) splits cannot be summarized at a level of "
          + "\(level); give one value per split and a level between 0 and 1")
    }
    self.init(
      values: values, testToTrainingRatio: splits.map(\.testToTrainingRatio).mean, level: level,
      whereEqual: binomial)
  }
}

extension PairedComparison {
  /// Compares two models on the splits of a validation.
  ///
  /// - Parameters:
  ///   - first: One value per split, at least one.
  ///   - second: One value per split, of another model on the same splits.
  ///   - splits: The splits.
  ///   - level: The confidence level of the intervals, between 0 and 1.
  ///   - binomial: The interval of the difference where all are equal.
  /// - Throws: `ChemometricsError` when counts differ or the level is out of range.
  package init(
    _ first: [Double], _ second: [Double], splits: [ValidationSplit], level: Double = 0.95,
    whereEqual binomial: ConfidenceInterval? = nil
  ) throws(ChemometricsError) {
    guard !first.isEmpty, first.count == second.count, first.count == splits.count, level > 0,
      level < 1
    else {
      throw ChemometricsError(
        .lengthMismatch,
        "\(first.count) values of one model and \(second.count) of the other on \(splits.count) "
          + "splits cannot be compared at a level of \(level); use the same splits for both, and a "
          + "level between 0 and 1")
    }
    self.init(
      first, second, testToTrainingRatio: splits.map(\.testToTrainingRatio).mean, level: level,
      whereEqual: binomial)
  }
}
