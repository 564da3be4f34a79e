/// A figure of merit over many splits: its mean, its spread, and how sure the mean is.
///
/// Splits of one set of samples overlap, so their results depend on each other and the usual
/// standard error is far too small. `meanInterval` uses the corrected variance
/// `(1/J + n_test/n_training) s²` of C. Nadeau, Y. Bengio, Machine Learning 52 (2003) 239–281, with
/// Student's t of `J − 1` degrees of freedom; it speaks of the mean over samples of this size, and
/// may reach beyond the range of the figure. Where all splits give the same share it is the exact binomial
/// interval of the samples that were tested. `percentileInterval` describes the single splits: where
/// the middle share of them lies.
public struct ResampledSummary: Hashable, Sendable {
  /// One value per split.
  public let values: [Double]

  /// The mean over splits.
  public let mean: Double

  /// The standard deviation over splits; zero for one split.
  public let standardDeviation: Double

  /// The corrected standard error of the mean; nil for one split.
  public let standardError: Double?

  /// The confidence level of both intervals, between 0 and 1.
  public let level: Double

  /// The confidence interval of the mean; nil for one split.
  public let meanInterval: ConfidenceInterval?

  /// Whether that is a binomial one, since the splits, being all alike, tell nothing of their spread.
  package let isBinomial: Bool

  /// Where the middle share of the splits lies.
  public let percentileInterval: ConfidenceInterval

  /// Summarizes values.
  ///
  /// - Parameters:
  ///   - values: One value per split, at least one.
  ///   - ratio: The size of the test part over that of the training part, mean over splits.
  ///   - level: The confidence level, between 0 and 1.
  ///   - binomial: The interval of the mean where all values are equal; nil for one of no width.
  package init(
    values: [Double], testToTrainingRatio ratio: Double, level: Double = 0.95,
    whereEqual binomial: ConfidenceInterval? = nil
  ) {
    precondition(!values.isEmpty && level > 0 && level < 1, "values, and a level between 0 and 1")
    self.values = values
    self.level = level
    let mean = values.mean
    self.mean = mean
    standardDeviation = values.sampleVariance.squareRoot()
    percentileInterval = ConfidenceInterval(
      lower: values.quantile((1 - level) / 2), upper: values.quantile((1 + level) / 2))
    guard values.count > 1 else {
      (standardError, meanInterval, isBinomial) = (nil, nil, false)
      return
    }
    let error = ((1 / Double(values.count) + ratio) * values.sampleVariance).squareRoot()
    let reach =
      error
      * StudentDistribution.criticalValue(level: level, freedom: Double(values.count - 1))
    standardError = error
    let known = values.allSatisfy { $0 == values[0] } ? binomial : nil
    isBinomial = known != nil
    meanInterval = known ?? ConfidenceInterval(lower: mean - reach, upper: mean + reach)
  }
}

extension ResampledSummary: Encodable {
  private enum CodingKeys: String, CodingKey {
    case mean, values
    case standardDeviation = "deviation"
    case meanInterval = "interval"
  }

  /// Writes mean, deviation, interval of the mean, and values.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(mean, forKey: .mean)
    try container.encode(standardDeviation, forKey: .standardDeviation)
    try container.encodeIfPresent(meanInterval, forKey: .meanInterval)
    try container.encode(values, forKey: .values)
  }
}
