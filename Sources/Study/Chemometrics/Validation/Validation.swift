public import Statistics

/// What a model is judged by on one test part.
public protocol ValidationMetrics: Hashable, Sendable {
  /// The figure that stands for all: the accuracy, or the root mean square error.
  var principal: Double { get }

  /// The figures that are told of a validation, by name.
  static var figures: [ValidationFigure<Self>] { get }

  /// Whether figures are shares of samples, so that without any spread they are as sure as a count is.
  static var areShares: Bool { get }

  /// What was counted in several parts together; nil where nothing is counted.
  static func confusion(of parts: [Self]) -> [[Int]]?
}

/// A figure of one test part with its name.
public struct ValidationFigure<Metrics>: Sendable {
  /// The name, such as `accuracy`.
  public let name: String

  /// The figure; nil where it is not defined.
  public let value: @Sendable (Metrics) -> Double?
}

/// How well a model predicted over many splits.
public struct Validation<Metrics: ValidationMetrics>: Hashable, Sendable {
  /// The splits.
  public let splits: [ValidationSplit]

  /// The figures of every split.
  public let metrics: [Metrics]

  /// How many independent samples were tested at least once: groups, where samples come in such.
  public let independentCount: Int

  /// Judges every split.
  ///
  /// - Parameters:
  ///   - predictions: For every split what was predicted for its test samples, in their order.
  ///   - splits: The splits.
  ///   - sampleCount: How many samples there are.
  ///   - groups: Equal texts for samples that depend on each other; nil when all are independent.
  ///   - metrics: Judges the predictions of one split.
  /// - Throws: `ChemometricsError` when predictions, samples and splits do not go together.
  init<Prediction>(
    _ predictions: [[Prediction]], splits: [ValidationSplit], sampleCount: Int,
    groups: [String]?,
    metrics: ([Prediction], ValidationSplit) throws(ChemometricsError) -> Metrics
  ) throws(ChemometricsError) {
    guard !splits.isEmpty, predictions.count == splits.count else {
      throw ChemometricsError(
        .lengthMismatch,
        "predictions of \(predictions.count) splits do not go with \(splits.count) splits")
    }
    var judged: [Metrics] = []
    for (index, (split, found)) in zip(splits, predictions).enumerated() {
      if let sample = split.test.first(where: { !(0..<sampleCount).contains($0) }) {
        throw ChemometricsError(
          .lengthMismatch,
          "split \(index) tests sample \(sample), but there are \(sampleCount) samples")
      }
      judged.append(try metrics(found, split))
    }
    let tested = Set(splits.flatMap(\.test))
    independentCount =
      groups.map { groups in Set(tested.map { groups[$0] }).count } ?? tested.count
    self.splits = splits
    self.metrics = judged
  }

  /// Summarizes one figure over the splits.
  ///
  /// - Parameters:
  ///   - figure: The figure of one split, such as `\.bias`; the one that stands for all unless named.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Mean, spread and intervals.
  /// - Throws: `ChemometricsError` when the level is out of range.
  public func summary(
    of figure: (Metrics) -> Double = { $0.principal }, level: Double = 0.95
  ) throws(ChemometricsError) -> ResampledSummary {
    try summary(metrics.map(figure), level: level)
  }

  /// Where a share is the same in every split, its interval is the binomial one of the independent samples.
  private func summary(
    _ values: [Double], level: Double = 0.95
  ) throws(ChemometricsError) -> ResampledSummary {
    let binomial =
      Metrics.areShares && (0..<1).contains(level)
      ? BinomialInterval.of(
        share: min(1, max(0, values[0])), count: independentCount, level: level)
      : nil
    return try ResampledSummary(
      values: values, splits: splits, level: level, whereEqual: binomial)
  }

  /// Compares one figure with that of another model on the same splits.
  ///
  /// - Parameters:
  ///   - other: The other model's validation.
  ///   - figure: The figure of one split, such as `\.bias`; the one that stands for all unless named.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: The differences, this model less the other.
  /// - Throws: `ChemometricsError` when the splits differ or the level is out of range.
  public func comparison(
    with other: Validation, of figure: (Metrics) -> Double = { $0.principal },
    level: Double = 0.95
  ) throws(ChemometricsError) -> PairedComparison {
    guard splits == other.splits else {
      throw ChemometricsError(
        .lengthMismatch, "the models were validated on different splits; use the same for both")
    }
    let (own, others) = (metrics.map(figure), other.metrics.map(figure))
    return try PairedComparison(
      own, others, splits: splits, level: level,
      whereEqual: (own + others).allSatisfy { $0 == 1 } ? faultlessDifference(level) : nil)
  }
}

extension Validation {
  /// How far two models may differ of which neither made an error: no further than errors may be frequent
  /// that were never seen.
  private func faultlessDifference(_ level: Double) -> ConfidenceInterval? {
    guard Metrics.areShares, (0..<1).contains(level) else { return nil }
    let reach = ErrorRate.bound(withoutErrorIn: independentCount, risk: 1 - level)
    return ConfidenceInterval(lower: -reach, upper: reach)
  }
}

extension Validation: Encodable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Writes the summary of every figure that is defined in all splits, and what was counted.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for figure in Metrics.figures {
      let values = metrics.compactMap(figure.value)
      guard values.count == metrics.count else { continue }
      try container.encode(
        summary(values), forKey: Name(stringValue: figure.name))
    }
    try container.encodeIfPresent(
      Metrics.confusion(of: metrics), forKey: Name(stringValue: "confusion"))
  }
}
