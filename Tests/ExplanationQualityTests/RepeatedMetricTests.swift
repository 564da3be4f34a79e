import Catalogs
import Explanations
import TensorCore
import TestSupport
import Testing

@testable import ExplanationQuality

/// Metrics of maps of changed inputs, other classes and random networks.
struct RepeatedMetricTests {
  private let scoring = LiteralScoring.picture
  private let map = GoldenPicture.map

  @Test func `golden coherency, mean, and ADCC`() throws {
    let map = GoldenPicture.explained(GoldenPicture.input)
    let names = ["coherency", "adcc"]
    expectClose(try names.map { try reexplained($0, map) }, [0.987829, 0.924646], absolute: 1e-6)
    expectClose([try Metric.value("mean-share", map)], [0.1875], absolute: 1e-7)
    expectClose([try scoring.value("drop:mask=soft", map)], [0.001394], absolute: 1e-6)
  }

  @Test func `ARCC has ROAD in the place of the score that is left`() throws {
    let map = GoldenPicture.explained(GoldenPicture.input)
    let road = try scoring.value("road:noise=0", map)
    let expected = 3 / (1 / 0.987829 + 1 / (1 - 0.1875) + 1 / (2 * road))
    #expect(road > 0 && road < 0.5)
    expectClose([try reexplained("arcc:noise=0", map)], [expected], absolute: 1e-5)
    let reversed = GoldenPicture.reading(map.values.map { 3 - $0 })
    #expect(try scoring.value("road:noise=0", reversed) < 0)
    #expect(try reexplained("arcc:noise=0", reversed) == 0)
  }

  @Test func `golden largest change of a gradient`() {
    let deltas: [[Double]] = [
      .init(repeating: 0.1, count: 16),
      (0..<16).map { ($0 / 4 + $0 % 4).isMultiple(of: 2) ? 0.1 : -0.1 },
      GoldenPicture.object.inside.map { $0 ? -0.1 : 0.1 },
    ]
    let map = GoldenPicture.gradient(GoldenPicture.input)
    let changes = deltas.compactMap { delta in
      let changed = zip(GoldenPicture.input, delta).map { $0 + $1 }
      return MaxSensitivity.relativeChange(of: map, to: GoldenPicture.gradient(changed))
    }
    expectClose([changes.max() ?? .nan], [0.090412], absolute: 1e-6)
  }

  @Test func `inputs change by at most the radius and keep their range`() throws {
    let chosen = try ChosenMetric(parsing: "max-sensitivity:radius=10:draws=4")
    guard case .repeated(let repeated) = chosen.metric.procedure else { return }
    let input = GoldenPicture.input.map { Float($0) }
    let inputs = repeated.inputs(input, 1, scoring.facts, chosen.settings)
    #expect(inputs.count == 4 && Set(inputs).count == 4)
    for changed in inputs {
      #expect(changed.allSatisfy { 0 <= $0 && $0 <= 6 })
      let changes = zip(changed, input).map { abs($0 - $1) }
      #expect(changes.allSatisfy { $0 <= 0.6001 } && (changes.max() ?? 0) > 0.3)
    }
    #expect(repeated.inputs(input, 1, scoring.facts, chosen.settings) == inputs)
    let maps = [map, GoldenPicture.reading(map.values.map { 1.25 * $0 })]
    let value = repeated.measurement(map, maps, scoring.facts, chosen.settings).value
    expectClose([value ?? .nan], [0.25], absolute: 1e-12)
    let zeros = GoldenPicture.reading([Float](repeating: 0, count: 16))
    #expect(repeated.measurement(zeros, maps, scoring.facts, chosen.settings).value == nil)
  }

  @Test func `maps that move with the input are consistent`() throws {
    let chosen = try ChosenMetric(parsing: "shift-consistency:distance=25")
    guard case .repeated(let repeated) = chosen.metric.procedure else { return }
    let facts = SampleFacts(positions: [4, 5], seed: 0)
    let input = (0..<40).map { Float($0) }
    let moved = repeated.inputs(input, 2, facts, chosen.settings)
    // One position along each axis, the first row and column repeated.
    #expect(moved.count == 2)
    #expect(moved[0].prefix(10) == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4])
    #expect(moved[1][20..<30] == [20, 20, 21, 22, 23, 25, 25, 26, 27, 28])
    var generator = SeededGenerator(seed: 3)
    let values = (0..<20).map { _ in generator.uniform() }
    let map = MapReading(values, positions: [4, 5])
    let others = [0, 1].map { axis in
      MapReading(
        ShiftConsistency.moved(values, 1, [4, 5], axis, by: 1).map { 2 * $0 }, positions: [4, 5])
    }
    let value = repeated.measurement(map, others, facts, chosen.settings).value
    expectClose([value ?? .nan], [1], absolute: 1e-7)
    let fixed = repeated.measurement(map, [map, map], facts, chosen.settings).value
    #expect((fixed ?? 1) < 0.6)
  }

  @Test func `golden similarities of maps`() throws {
    let found = try ["spearman", "pearson", "ssim"].map { similarity in
      let chosen = try ChosenMetric(parsing: "other-class:similarity=\(similarity)")
      guard case .paired(let measure) = chosen.metric.procedure else { return Double.nan }
      return measure(map, GoldenPicture.otherMap, chosen.settings).value ?? .nan
    }
    expectClose(found, [0.615840, 0.898882, 0.890233], absolute: 1e-6)
  }

  @Test func `random networks are compared without signs, stage by stage`() throws {
    let negated = GoldenPicture.reading(map.values.map { -$0 })
    let zeros = GoldenPicture.reading([Float](repeating: 0, count: 16))
    let maps = RandomizedMaps(
      original: map, stages: [negated, zeros, GoldenPicture.otherMap], other: map)
    let found = try measured("randomization", maps)
    expectClose(found.scores, [1, 0.615840], absolute: 1e-6)
    expectClose(found.fractions, [1.0 / 3, 1], absolute: 1e-12)
    expectClose([found.value ?? .nan], [0.615840], absolute: 1e-6)
    let floor = try measured("randomization-floor:similarity=pearson", maps)
    expectClose([floor.value ?? .nan], [0.898882], absolute: 1e-6)
    let none = RandomizedMaps(original: map, stages: [zeros], other: map)
    #expect(try measured("randomization", none).value == nil)
  }

  private func measured(_ text: String, _ maps: RandomizedMaps) throws -> Measurement {
    let chosen = try ChosenMetric(parsing: text)
    guard case .randomized(let measure) = chosen.metric.procedure else {
      throw UnexpectedProcedure(id: text)
    }
    return measure(maps, chosen.settings)
  }

  private func reexplained(_ text: String, _ map: MapReading) throws -> Double {
    let chosen = try ChosenMetric(parsing: text)
    guard case .reexplained(let metric) = chosen.metric.procedure else {
      throw UnexpectedProcedure(id: text)
    }
    let rows = metric.explained(map, scoring.facts, chosen.settings)
    let maps = rows.map { GoldenPicture.explained(scoring.shown($0)) }
    let scores = scoring.scores(metric.rows(map, scoring.facts, chosen.settings))
    return metric.measurement(map, maps, scores, scoring.facts, chosen.settings).value ?? .nan
  }
}

extension GoldenPicture {
  /// The derivatives of the raw scores of the golden network, all of which are linear.
  private static let slopes: [[Double]] = [
    (0..<16).map { [5, 6, 9, 10].contains($0) ? 0.25 : 0 },
    .init(repeating: 0.05, count: 16),
    (0..<16).map { [0, 3, 12, 15].contains($0) ? 0.3 : 0 },
  ]

  /// The positive part of the input times the gradient of the first raw score.
  static func explained(_ input: [Double]) -> MapReading {
    reading(zip(input, slopes[0]).map { Float(max($0 * $1, 0)) })
  }

  /// The gradient of the first probability.
  static func gradient(_ input: [Double]) -> MapReading {
    let shares = probabilities(input)
    return reading(
      (0..<16).map { index in
        let mean = (0..<3).reduce(0) { $0 + shares[$1] * slopes[$1][index] }
        return Float(shares[0] * (slopes[0][index] - mean))
      })
  }
}
