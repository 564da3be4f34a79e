public import Statistics

/// How well a quantity was predicted.
public struct RegressionMetrics: ValidationMetrics {
  /// How many samples there were.
  public let count: Int

  /// The root mean square of predicted less true values, in units of the quantity.
  public let rootMeanSquareError: Double

  /// The mean of predicted less true values, in units of the quantity.
  public let bias: Double

  /// The standard deviation of predicted less true values (standard error of prediction, SEP).
  ///
  /// Corrected for the bias, with one degree of freedom less than samples; zero for one sample.
  public let standardError: Double

  /// The share of the true values' variation that is predicted: one less the ratio of the sums of
  /// squares; at most one, negative when their mean predicts better, nil when they do not vary.
  public let determination: Double?

  /// The root mean square error.
  public var principal: Double { rootMeanSquareError }

  /// The root mean square error, the bias, and R² where it is defined.
  public static let figures = [
    ValidationFigure<Self>(name: "rootMeanSquareError") { $0.rootMeanSquareError },
    ValidationFigure<Self>(name: "bias") { $0.bias },
    ValidationFigure<Self>(name: "determination") { $0.determination },
  ]

  /// False.
  public static let areShares = false

  /// Nothing is counted.
  public static func confusion(of parts: [Self]) -> [[Int]]? { nil }

  /// The line of predicted against true values; nil when the true values do not vary.
  public let line: FittedLine?

  /// Compares predictions with true values.
  ///
  /// - Parameters:
  ///   - predictions: One value per sample, finite.
  ///   - truth: One value per sample, finite.
  /// - Throws: `ChemometricsError` when counts differ, there are no samples, or a value is not
  ///   finite.
  public init(predictions: [Double], truth: [Double]) throws(ChemometricsError) {
    try checkCounts(predictions.count, truth.count)
    if let index = truth.indices.first(where: {
      !truth[$0].isFinite || !predictions[$0].isFinite
    }) {
      throw ChemometricsError(
        .notFinite,
        "sample \(index) is \(truth[index]) and was predicted as \(predictions[index]); both must "
          + "be finite")
    }
    let errors = zip(predictions, truth).map { $0 - $1 }
    let center = truth.mean
    let variation = truth.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    count = truth.count
    rootMeanSquareError = (errors.squaredNorm / Double(errors.count)).squareRoot()
    bias = errors.mean
    standardError = errors.sampleVariance.squareRoot()
    determination = variation > 0 ? 1 - errors.squaredNorm / variation : nil
    line = FittedLine(x: truth, y: predictions)
  }
}
