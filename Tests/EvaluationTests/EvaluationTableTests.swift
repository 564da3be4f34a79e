import ExplanationQuality
import Statistics
import TensorCore
import TestSupport
import Testing

@testable import Evaluation

/// Tables of made numbers whose verdict is known.
struct EvaluationTableTests {
  static let good = MapKey(method: "good", layer: "a")
  static let poor = MapKey(method: "poor", layer: "a")
  static let blind = MapKey(method: "random-order", control: .blind)

  /// Numbers of a good map, a poor one that a control equals, and the control.
  static func record(count: Int = 40) throws -> EvaluationRecord {
    var generator = SplitMix64(seed: 1)
    let samples = (0..<count).map { index in
      StoredSample(
        id: Int64(index), name: "\(index)", row: nil, digest: "", target: "", classIndex: 0,
        label: nil, predicted: 0, whole: 1, passCount: 0, seconds: 0, half: nil)
    }
    var scores: [StoredScore] = []
    for sample in samples {
      let common = Double(generator.normal())
      for (map, height) in [(good, 1.0), (poor, 0), (blind, 0)] {
        for (metric, sign) in [("insertion", 1.0), ("deletion", -1)] {
          let value = common + sign * height + 0.2 * Double(generator.normal())
          scores.append(
            StoredScore(
              sample: sample.id, map: map, metric: metric, value: value, fractions: [], scores: []))
        }
      }
    }
    return EvaluationRecord(
      samples, scores, emptyCounts: [:],
      metrics: try ChosenMetric.list(["insertion", "deletion", "gini"]),
      maps: [good, poor, blind])
  }

  @Test func `the best is told from the rest, and what no control is worse than is named`() throws {
    let table = EvaluationTable(
      try Self.record(), primary: ["insertion"], reference: "poor", seed: 0)
    #expect(table.columns.map(\.metric.text) == ["insertion", "deletion"])
    for column in table.columns {
      let good = try #require(column.cell(Self.good))
      let poor = try #require(column.cell(Self.poor))
      #expect(good.isBest && good.isLikeBest && good.surpassesControls)
      #expect(!poor.isBest && !poor.isLikeBest && poor.unbeaten == [Self.blind])
      #expect(column.cell(Self.blind)?.unbeaten == nil)
    }
    let comparison = try #require(table.columns[0].comparisons.first)
    #expect(comparison.map == Self.good && comparison.reference == Self.poor)
    let interval = try #require(comparison.difference.interval)
    #expect(interval.lower > 0.8 && interval.upper < 1.2)
    #expect(comparison.difference.wins == 40)
    #expect(try #require(comparison.probability) < 0.001)
    #expect(table.columns[1].comparisons[0].probability == nil)
    // Both metrics order both methods alike.
    #expect(table.agreement == [[1, 1], [1, 1]])
    #expect(try #require(table.columns[0].reliability?.concordance) > 0.9)
  }

  @Test func `each class counts alike in a balanced mean`() throws {
    let samples = ["cat", "cat", "cat", "dog"].enumerated().map { index, name in
      StoredSample(
        id: Int64(index), name: "\(index)", row: nil, digest: "", target: name, classIndex: 0,
        label: nil, predicted: 0, whole: 1, passCount: 0, seconds: 0, half: nil)
    }
    let values: [Double?] = [1, 3, nil, 6]
    let scores = zip(samples, values).map { sample, value in
      StoredScore(
        sample: sample.id, map: Self.good, metric: "insertion", value: value, fractions: [],
        scores: [])
    }
    let metrics = try ChosenMetric.list(["insertion"])
    let classes = EvaluationClasses(
      EvaluationRecord(samples, scores, emptyCounts: [:], metrics: metrics, maps: [Self.good]))
    #expect(classes.groups.map(\.name) == ["cat", "dog"])
    #expect(classes.groups.map(\.rows) == [[0, 1, 2], [3]])
    #expect(classes.mean(metrics[0], Self.good, of: classes.groups[0]) == 2)
    #expect(classes.balancedMean(metrics[0], Self.good) == 4)
    #expect(classes.balancedMean(metrics[0], Self.poor) == nil)
  }

  @Test func `one input tells nothing of differences`() throws {
    let table = EvaluationTable(
      try Self.record(count: 1), primary: ["insertion"], reference: "poor", seed: 0)
    let poor = try #require(table.columns[0].cell(Self.poor))
    #expect(poor.isLikeBest && poor.interval == nil && poor.unbeaten == [Self.blind])
    #expect(table.columns[0].comparisons[0].difference.interval == nil)
    #expect(table.columns[0].comparisons[0].probability == nil)
  }

  @Test func `numbers that are missing are left out of pairs`() throws {
    let difference = try #require(
      PairedDifference([1, nil, 3, 4], [0, 5, nil, 2], units: [0, 1, 2, 3], seed: 0))
    #expect(difference.count == 2 && difference.mean == 1.5)
    #expect(PairedDifference([nil], [1], units: [0], seed: 0) == nil)
  }

  @Test func `what is blind is no rival in stability`() throws {
    let other = Self.good.ofAnotherInput
    var scores: [StoredScore] = []
    let samples = try Self.record().samples
    for sample in samples {
      for (map, value) in [(Self.good, 0.5), (other, 1.0), (Self.blind, 0)] {
        let noise = 0.001 * Double(sample.id % 7)
        scores.append(
          StoredScore(
            sample: sample.id, map: map, metric: "max-sensitivity", value: value + noise,
            fractions: [], scores: []))
      }
    }
    let record = EvaluationRecord(
      samples, scores, emptyCounts: [:], metrics: try ChosenMetric.list(["max-sensitivity"]),
      maps: [Self.good, other, Self.blind])
    let table = EvaluationTable(record, primary: [], reference: nil, seed: 0)
    #expect(table.columns[0].cell(Self.good)?.surpassesControls == true)
  }
}
