import Statistics
import TestSupport
import Testing

@testable import Chemometrics

/// Reference values: SciPy 1.17 and scikit-learn 1.9.
struct FigureOfMeritTests {
  private let splits = (0..<5).map { _ in
    ValidationSplit(training: Array(0..<80), test: Array(80..<100))
  }

  @Test func `classes are counted as by hand`() throws {
    let metrics = try ClassificationMetrics(
      predictions: [0, 0, 1, 1, 1, 2, 0], truth: [0, 0, 0, 1, 1, 2, 2], classCount: 4)
    #expect(metrics.confusion == [[2, 1, 0, 0], [0, 2, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]])
    expectClose([metrics.accuracy], [5.0 / 7], absolute: 1e-15)
    #expect(metrics.recalls == [2.0 / 3, 1, 0.5, nil])
    #expect(metrics.precisions == [2.0 / 3, 2.0 / 3, 1, nil])
    expectClose([metrics.balancedAccuracy], [(2.0 / 3 + 1.5) / 3], absolute: 1e-15)
  }

  @Test func `errors of a quantity are those of the reference`() throws {
    let metrics = try RegressionMetrics(
      predictions: [1.1, 1.9, 3.2, 4.3, 4.9], truth: [1, 2, 3, 4, 5])
    let line = try #require(metrics.line)
    expectClose(
      [
        metrics.rootMeanSquareError, metrics.bias, metrics.standardError,
        try #require(metrics.determination), line.slope, line.intercept,
        try #require(line.determination), try #require(line.residualDeviation),
      ],
      [
        0.17888543819998315, 0.08, 0.1788854381999831, 0.984, 1, 0.08, 0.9873617693522906,
        0.2065591117977288,
      ], relative: 1e-12)
  }

  @Test func `a constant quantity has no line`() throws {
    let metrics = try RegressionMetrics(predictions: [1, 2], truth: [3, 3])
    #expect(metrics.line == nil && metrics.determination == nil)
  }

  @Test func `bad predictions are refused`() {
    #expect(
      errorCode { try ClassificationMetrics(predictions: [0], truth: [0, 1], classCount: 2) }
        == .lengthMismatch)
    #expect(
      errorCode { try ClassificationMetrics(predictions: [2], truth: [0], classCount: 2) }
        == .lengthMismatch)
    #expect(
      errorCode { try RegressionMetrics(predictions: [.nan], truth: [0]) } == .notFinite)
    #expect(errorCode { try RegressionMetrics(predictions: [], truth: []) } == .tooFewSamples)
  }

  @Test func `the interval of the mean uses the corrected variance`() throws {
    let summary = try ResampledSummary(values: [0.9, 0.95, 1, 0.85, 0.9], splits: splits)
    let interval = try #require(summary.meanInterval)
    expectClose(
      [
        summary.mean, summary.standardDeviation, try #require(summary.standardError),
        interval.lower, interval.upper, summary.percentileInterval.lower,
        summary.percentileInterval.upper,
      ],
      [
        0.92, 0.057008771254956896, 0.03824264635194589, 0.92 - 0.10617860827367041,
        0.92 + 0.10617860827367041, 0.855, 0.995,
      ], relative: 1e-12)
    let single = try ResampledSummary(values: [0.9], splits: [splits[0]])
    #expect(single.meanInterval == nil && single.standardError == nil)
    #expect(errorCode { try ResampledSummary(values: [1], splits: splits) } == .lengthMismatch)
  }

  @Test func `without any spread a share is as sure as a count of samples`() throws {
    let classes = ClassLabels((0..<20).map { $0 < 10 ? "a" : "b" })
    let splits = KFoldSplits(foldCount: 4, repeatCount: 2, seed: 3)
    let divisions = try splits.splits(
      of: SampleLayout(count: 20, strata: classes.indices, groups: nil))
    let truth = divisions.map { $0.test.map { classes.indices[$0] } }
    let groups = (0..<20).map { "\($0 / 2)" }
    let faultless = try ClassificationValidation(
      predictions: truth, classes: classes, splits: divisions, groups: groups)
    #expect(faultless.independentCount == 10)
    let summary = try faultless.summary()
    let interval = try #require(summary.meanInterval)
    // Ten groups without an error: 0.05^(1/10).
    expectClose([interval.lower, interval.upper], [0.7411344491069477, 1], relative: 1e-12)
    #expect(summary.isBinomial)
    // Two of five wrong in each division: where sums of binomial terms of 12 in 20 are 0.025 and 0.975.
    let wrong = truth.map { $0.enumerated().map { $0 < 2 ? 1 - $1 : $1 } }
    let some = try ClassificationValidation(
      predictions: wrong, classes: classes, splits: divisions
    ).summary()
    let ends = try #require(some.meanInterval)
    expectClose(
      [ends.lower, ends.upper], [0.3605425873074896, 0.8088099392746926], relative: 1e-9)
    let same = try faultless.comparison(with: faultless).difference
    let reach = try #require(same.meanInterval)
    expectClose(
      [reach.lower, reach.upper], [-0.2588655508930523, 0.2588655508930523],
      relative: 1e-12)
  }

  @Test func `models are compared split by split`() throws {
    let comparison = try PairedComparison(
      [0.9, 0.95, 1, 0.85, 0.9], [0.88, 0.9, 1, 0.9, 0.8], splits: splits)
    expectClose(
      [try #require(comparison.statistic), try #require(comparison.probability)],
      [0.6394886135819445, 0.5572920877740517], relative: 1e-10)
    #expect(comparison.firstLargerCount == 3)
    #expect(comparison.equalCount == 1)
    #expect(comparison.secondLargerCount == 1)
    let same = try PairedComparison([1, 1, 1, 1, 1], [1, 1, 1, 1, 1], splits: splits)
    #expect(same.statistic == 0 && same.probability == 1)
    let always = try PairedComparison([1, 1, 1, 1, 1], [0.5, 0.5, 0.5, 0.5, 0.5], splits: splits)
    #expect(always.statistic == .infinity && always.probability == nil)
  }

  @Test func `validations add up and only compare on the same splits`() throws {
    let classes = ClassLabels(["a", "a", "b", "b"])
    let splits = [
      ValidationSplit(training: [0, 2], test: [1, 3]),
      ValidationSplit(training: [1, 3], test: [0, 2]),
    ]
    let one = try ClassificationValidation(
      predictions: [[0, 1], [0, 0]], classes: classes, splits: splits)
    #expect(one.metrics.map(\.accuracy) == [1, 0.5])
    #expect(one.confusion == [[2, 0], [1, 1]])
    #expect(try one.summary().mean == 0.75)
    let other = try ClassificationValidation(
      predictions: [[0, 1], [0, 1]], classes: classes, splits: splits)
    #expect(try one.comparison(with: other).difference.values == [0, -0.5])
    let elsewhere = try ClassificationValidation(
      predictions: [[0, 1], [0, 1]], classes: classes, splits: splits.reversed())
    #expect(errorCode { try one.comparison(with: elsewhere) } == .lengthMismatch)
    let numbers = try RegressionValidation(
      predictions: [[2, 4], [1, 4]], truth: [1, 2, 3, 4], splits: splits)
    expectClose(
      numbers.metrics.map(\.rootMeanSquareError), [0, 0.5.squareRoot()], absolute: 1e-15)
    #expect(
      errorCode {
        try RegressionValidation(predictions: [[2]], truth: [1], splits: splits)
      } == .lengthMismatch)
  }

  @Test func `permutations exchange whole groups`() throws {
    let layout = try SampleLayout(count: 6, groups: ["a", "a", "b", "b", "c", "c"])
    let assignments = try PermutationTest(count: 50, seed: 2).assignments(of: layout)
    #expect(Set(assignments).count == 6)
    for sources in assignments {
      #expect(sources.sorted() == Array(0..<6))
      for first in [0, 2, 4] { #expect(sources[first + 1] == sources[first] + 1) }
    }
    expectClose(
      [PermutationTest.probability(observed: 0.9, permuted: [0.5, 0.9, 0.4, 0.95])], [0.6],
      absolute: 1e-15)
  }
}
