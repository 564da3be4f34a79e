/// Two models on the same splits: the differences of a figure of merit.
///
/// The test is the corrected resampled t-test of C. Nadeau, Y. Bengio, Machine Learning 52 (2003)
/// 239–281.
public struct PairedComparison: Hashable, Sendable {
  /// The differences, first less second: mean, spread and intervals.
  public let difference: ResampledSummary

  /// In how many splits the first value is the larger one.
  public let firstLargerCount: Int

  /// In how many splits the values are equal.
  public let equalCount: Int

  /// In how many splits the second value is the larger one.
  public let secondLargerCount: Int

  /// The mean difference over its corrected standard error; nil for one split, infinite when all
  /// differences are equal and not zero, zero when all are zero.
  public let statistic: Double?

  /// How probable so large a mean difference, on either side, is between equal models; nil for one
  /// split, and where all differences are equal and not zero, which says nothing of their spread.
  public let probability: Double?

  /// Compares two models.
  ///
  /// - Parameters:
  ///   - first: One value per split, at least one.
  ///   - second: As many values of another model on the same splits.
  ///   - ratio: The size of the test part over that of the training part, mean over splits.
  ///   - level: The confidence level of the intervals, between 0 and 1.
  ///   - binomial: The interval of the difference where all are equal; nil for one of no width.
  package init(
    _ first: [Double], _ second: [Double], testToTrainingRatio ratio: Double, level: Double = 0.95,
    whereEqual binomial: ConfidenceInterval? = nil
  ) {
    precondition(first.count == second.count, "values of both models on the same splits")
    let differences = zip(first, second).map { $0 - $1 }
    let summary = ResampledSummary(
      values: differences, testToTrainingRatio: ratio, level: level, whereEqual: binomial)
    difference = summary
    firstLargerCount = differences.count { $0 > 0 }
    equalCount = differences.count { $0 == 0 }
    secondLargerCount = differences.count { $0 < 0 }
    statistic = summary.standardError.map { error in
      if error > 0 { return summary.mean / error }
      return summary.mean == 0 ? 0 : summary.mean * .infinity
    }
    // Differences that are all alike, and not zero, do not tell how much they vary.
    probability = statistic.flatMap {
      guard $0.isFinite else { return nil }
      return StudentDistribution.twoSidedProbability(
        of: $0, freedom: Double(differences.count - 1))
    }
  }
}

extension PairedComparison: Encodable {
  private enum CodingKeys: String, CodingKey { case difference, probability, counts }

  /// Writes the difference, its probability, and in how many splits the first value is the larger,
  /// equal, the smaller one.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(difference, forKey: .difference)
    try container.encodeIfPresent(probability, forKey: .probability)
    try container.encode([firstLargerCount, equalCount, secondLargerCount], forKey: .counts)
  }
}
