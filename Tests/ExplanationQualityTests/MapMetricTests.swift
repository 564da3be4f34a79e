import TensorCore
import TestSupport
import Testing

@testable import ExplanationQuality

/// Metrics of the map alone.
struct MapMetricTests {
  @Test func `golden values`() throws {
    let names = ["gini", "hoyer", "entropy", "share-above", "mean-share", "empty"]
    let found = try names.map { try Metric.value($0, GoldenPicture.map) }
    expectClose(
      found, [0.691176, 0.554957, 0.392930, 0.5, 0.236111, 0], absolute: 1e-6, "\(names)")
  }

  @Test func `an even map is as wide and a single position as narrow as can be`() throws {
    let even = GoldenPicture.reading([Float](repeating: 0.25, count: 16))
    let single = GoldenPicture.reading((0..<16).map { $0 == 6 ? 3 : -1 })
    let names = ["gini", "hoyer", "entropy", "share-above", "mean-share"]
    expectClose(try names.map { try Metric.value($0, even) }, [0, 0, 1, 1, 1], absolute: 1e-12)
    expectClose(
      try names.map { try Metric.value($0, single) }, [15.0 / 16, 1, 1.0 / 16, 1.0 / 16, 1.0 / 16],
      absolute: 1e-12)
  }

  @Test(arguments: [Float(0), -1])
  func `a map without anything above zero has no spread and is empty`(value: Float) throws {
    let map = GoldenPicture.reading([Float](repeating: value, count: 16))
    #expect(try ["gini", "hoyer", "entropy"].allSatisfy { try Metric.value($0, map).isNaN })
    #expect(
      try ["share-above", "mean-share", "empty"].map { try Metric.value($0, map) } == [0, 0, 1])
  }

  /// `Σᵢ Σⱼ |vᵢ − vⱼ| / (2 P Σ v)`, the definition.
  @Test(arguments: 0..<5 as Range<UInt64>)
  func `the Gini index is the mean difference of all pairs`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<40).map { _ in Float(generator.next(below: 12)) - 4 }
    let positive = values.map { max(Double($0), 0) }
    var differences = 0.0
    for value in positive { for other in positive { differences += abs(value - other) } }
    let expected = differences / (2 * 40 * positive.reduce(0, +))
    let map = MapReading(
      values, positions: [40], ties: TieOrder(places: generator.shuffled(Array(0..<40))))
    expectClose([try Metric.value("gini", map)], [expected], absolute: 1e-12)
  }
}
