import TensorCore
import TestSupport
import Testing

@testable import ExplanationQuality

/// Metrics of the map and an object.
struct TruthMetricTests {
  @Test(arguments: [
    ("energy", 0.852941), ("energy-gain", 2.729412), ("pointing", 1), ("covered", 0.3125),
    ("iou", 0.6), ("iou:threshold=50%", 0.6), ("iou:threshold=15%", 0.833333),
    ("iou:threshold=best", 0.833333), ("iou:threshold=top", 0.666667), ("rank-accuracy", 0.8),
    ("auc", 0.981818), ("average-precision", 0.966667), ("loc", 0.625),
    ("loc:level=25", 0.666667), ("loc:level=50", 0.6),
  ])
  func `golden values`(text: String, expected: Double) throws {
    let found = try Metric.value(text, GoldenPicture.map, GoldenPicture.object)
    expectClose([found], [expected], absolute: 1e-6, text)
  }

  @Test func `a signed map counts by its positive part, or without signs`() throws {
    let map = GoldenPicture.signedMap
    let found = try ["energy", "energy:values=magnitude"].map {
      try Metric.value($0, map, GoldenPicture.object)
    }
    expectClose(found, [0.852941, 0.707317], absolute: 1e-6)
  }

  @Test func `golden values of a spectrum`() throws {
    let names = [
      "covered", "energy", "energy:values=magnitude", "rank-accuracy:values=magnitude",
      "pointing:values=magnitude", "shift-chance",
    ]
    let found = try names.map { try Metric.value($0, GoldenSpectrum.map, GoldenSpectrum.bands) }
    expectClose(found, [0.4, 0.7, 0.692308, 0.5, 1, 0.4], absolute: 1e-6)
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `the truth as a map is perfect`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let inside = (0..<42).map { _ in generator.next(below: 3) == 0 }
    let map = MapReading(
      inside.map { $0 ? 0.7 : 0 }, positions: [6, 7],
      ties: TieOrder(places: generator.shuffled(Array(0..<42))))
    let names = [
      "energy", "rank-accuracy", "auc", "average-precision", "pointing", "iou", "loc",
      "iou:threshold=best", "iou:threshold=top",
    ]
    let found = try names.map { try Metric.value($0, map, TruthRegion(inside: inside)) }
    #expect(found == names.map { _ in 1 })
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `curves are those of all pairs, with equal values half`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<30).map { _ in Float(generator.next(below: 7)) - 2 }
    let inside = (0..<30).map { _ in generator.next(below: 4) == 0 }
    let map = MapReading(
      values, positions: [5, 6], ties: TieOrder(places: generator.shuffled(Array(0..<30))))
    let region = TruthRegion(inside: inside)
    expectClose(
      [
        try Metric.value("auc", map, region),
        try Metric.value("average-precision", map, region),
        try Metric.value("iou:threshold=best", map, region),
      ],
      [
        literalArea(values, inside), literalPrecision(values, inside),
        literalBest(values, inside),
      ], absolute: 1e-12)
  }

  @Test func `the chance of shifts is that of a literal loop over both axes`() throws {
    let object = GoldenPicture.object.inside
    var sums: [Float] = []
    for rows in 0..<4 {
      for columns in 0..<4 {
        var sum: Float = 0
        for index in 0..<16 where object[index] {
          let (row, column) = ((index / 4 + 4 - rows) % 4, (index % 4 + 4 - columns) % 4)
          sum += GoldenPicture.otherMap.values[row * 4 + column]
        }
        sums.append(sum)
      }
    }
    let expected = Double(sums.count { $0 >= sums[0] }) / 16
    let found = try Metric.value("shift-chance", GoldenPicture.otherMap, GoldenPicture.object)
    expectClose([found], [expected], absolute: 1e-12)
    #expect(expected < 0.2)
  }

  @Test func `random order has an area of a half`() throws {
    let areas = try (0..<200).map { seed in
      var generator = SeededGenerator(seed: UInt64(seed))
      let map = GoldenPicture.reading((0..<16).map { _ in generator.uniform() })
      return try Metric.value("auc", map, GoldenPicture.object)
    }
    let mean = areas.reduce(0, +) / 200
    let variance = areas.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199
    #expect(abs(mean - 0.5) < 3 * (variance / 200).squareRoot())
  }

  @Test func `an empty map finds nothing, and without an object nothing is measured`() throws {
    let texts = [
      "energy", "energy-gain", "pointing", "iou", "iou:threshold=top", "rank-accuracy", "loc",
      "box",
    ]
    let empty = GoldenPicture.reading([Float](repeating: 0, count: 16))
    #expect(
      try texts.map { try Metric.value($0, empty, GoldenPicture.object) } == texts.map { _ in 0 })
    #expect(try Metric.value("auc", empty, GoldenPicture.object) == 0.5)
    let nothing = TruthRegion(inside: [Bool](repeating: false, count: 16))
    for text in texts + ["auc", "average-precision", "covered", "two-class"] {
      #expect(try Metric.measurement(text, GoldenPicture.map, nothing).value == nil, "\(text)")
    }
    #expect(
      try Metric.measurement("energy:largest=30", GoldenPicture.map, GoldenPicture.object)
        .value == nil)
  }

  @Test func `a peak near the object counts within the margin, round corners too`() throws {
    let map = MapReading((0..<100).map { $0 == 34 ? 1 : 0 }, positions: [10, 10])
    // The object's nearest position is 3 rows and 4 columns away, at a distance of 5.
    let object = TruthRegion(inside: (0..<100).map { $0 == 60 || $0 == 0 })
    let values = try ["49", "50"].map {
      try Metric.value("pointing:margin=\($0)", map, object)
    }
    #expect(values == [0, 1])
    #expect(try Metric.value("pointing", map, object) == 0)
  }

  @Test func `a box fits the largest part, and any instance`() throws {
    // Two parts: 2 × 3 at the upper left with a corner joined to it, one position at the lower right.
    let values: [Float] = [
      1, 1, 1, 0, 0, 0,
      1, 0, 1, 0, 0, 0,
      0, 0, 0, 1, 0, 0,
      0, 0, 0, 0, 0, 1,
    ]
    let map = MapReading(values, positions: [4, 6])
    let box = { (rows: Range<Int>, columns: Range<Int>) in
      (0..<24).map { rows.contains($0 / 6) && columns.contains($0 % 6) }
    }
    let all = box(0..<4, 0..<6)
    let instances = [box(3..<4, 5..<6), box(0..<2, 0..<4)]
    // The part's box is 3 × 4 = 12; the second instance shares 8 of it: 8 / 12.
    let region = TruthRegion(inside: all, instances: instances)
    let hits = try ["66", "67"].map { try Metric.value("box:overlap=\($0)", map, region) }
    #expect(hits == [1, 0])
    #expect(try Metric.value("box", map, TruthRegion(inside: all)) == 1)  // 12 of 24
  }

  @Test func `the middle of a map is compared with that of each object near it`() throws {
    // Points 0…4 of the map hold 2, 5, 1 at 1, 2, 3: their middle is 1.875, at 118.75 on the axis.
    let peak = TruthRegion(inside: (0..<10).map { $0 == 2 })
    expectClose(
      [try Metric.value("centroid:margin=20", GoldenSpectrum.map, peak)], [0.125], absolute: 1e-12)
    // The second object has its map at 7 and 8, and lies on 7.
    let both = TruthRegion(
      inside: (0..<10).map { $0 == 2 || $0 == 7 },
      instances: [peak.inside, (0..<10).map { $0 == 7 }])
    expectClose(
      [try Metric.value("centroid:margin=20", GoldenSpectrum.map, both)], [0.3125],
      absolute: 1e-12)
    let object = TruthRegion(inside: (0..<16).map { [0, 1, 4, 5].contains($0) })
    let map = GoldenPicture.reading((0..<16).map { $0 == 5 ? 3 : $0 == 15 ? 8 : -1 })
    expectClose(
      [try Metric.value("centroid", map, object)], [0.7071067811865476], absolute: 1e-12)
    let away = TruthRegion(inside: (0..<16).map { $0 == 3 })
    #expect(try Metric.measurement("centroid:margin=0", map, away).value == nil)
  }

  @Test func `a map prefers its own class`() throws {
    let region = TruthRegion(
      inside: GoldenPicture.object.inside, others: (0..<16).map { $0 == 1 || $0 == 8 })
    let value = try Metric.value("two-class", GoldenPicture.map, region)
    expectClose([value], [29.0 / 34 - 2.0 / 34], absolute: 1e-12)
    #expect(
      try Metric.measurement("two-class", GoldenPicture.map, GoldenPicture.object).value == nil)
  }

  private func literalArea(_ values: [Float], _ inside: [Bool]) -> Double {
    var (sum, count) = (0.0, 0.0)
    for (value, isInside) in zip(values, inside) where isInside {
      for (other, isOtherInside) in zip(values, inside) where !isOtherInside {
        sum += value > other ? 1 : value == other ? 0.5 : 0
        count += 1
      }
    }
    return sum / count
  }

  private func literalPrecision(_ values: [Float], _ inside: [Bool]) -> Double {
    var (recall, sum) = (0.0, 0.0)
    for threshold in Set(values).sorted(by: >) {
      let marked = zip(values, inside).filter { $0.0 >= threshold }
      let hits = Double(marked.count { $0.1 })
      let next = hits / Double(inside.count { $0 })
      sum += (next - recall) * hits / Double(marked.count)
      recall = next
    }
    return sum
  }

  private func literalBest(_ values: [Float], _ inside: [Bool]) -> Double {
    values.filter { $0 > 0 }.map { threshold in
      let marked = values.map { $0 >= threshold }
      let shared = Double(zip(marked, inside).count { $0.0 && $0.1 })
      let joined = Double(zip(marked, inside).count { $0.0 || $0.1 })
      return shared / joined
    }.max() ?? 0
  }
}
