import Explanations
import TensorCore
import TestSupport
import Testing

@testable import ExplanationQuality

/// Metrics of inputs that the map masks, against values of a literal program.
struct MaskedMetricTests {
  private let scoring = LiteralScoring.picture
  private let map = GoldenPicture.map

  @Test(arguments: [
    ("drop:mask=soft", 0.005166), ("increase:mask=soft", 0), ("gain:mask=soft", 0),
    ("gain:fill=zero", 0.354137), ("drop:fill=zero", 0), ("increase:fill=zero", 1),
    ("gain:mask=top25:fill=zero", 0.463882), ("drop:mask=authors:fill=zero", 0.000987),
    ("deletion:steps=4:fill=zero", 0.142808), ("deletion:steps=16:fill=zero", 0.112519),
    ("insertion:steps=4:fill=zero", 0.718625),
    ("insertion-minus-deletion:steps=4:fill=zero", 0.575816),
    ("deletion:steps=4:fill=mean", 0.230190), ("insertion:steps=4:fill=mean", 0.545059),
    ("monotonicity:steps=16:fill=zero", 0.5), ("road:steps=3:noise=0", 0.124901),
  ])
  func `golden values`(text: String, expected: Double) throws {
    expectClose([try scoring.value(text, map)], [expected], absolute: 1e-6, text)
  }

  @Test func `golden curve of deletion, both ends among it`() throws {
    let found = try scoring.measurement("deletion:steps=4:fill=zero", map)
    expectClose(
      found.scores, [0.725928, 0.042288, 0.046223, 0.069574, 0.100368], absolute: 1e-6)
    #expect(found.fractions == [0, 0.25, 0.5, 0.75, 1])
    let reversed = GoldenPicture.reading(map.values.map { -$0 })
    expectClose(
      [try scoring.value("deletion:steps=4:fill=zero", reversed)], [0.717191], absolute: 1e-6)
  }

  @Test func `a signed map shows its positive part, and as published its range`() throws {
    let map = GoldenPicture.signedMap
    let row = { (mask: String) in
      let chosen = try ChosenMetric(parsing: "gain:mask=\(mask)")
      guard case .masked(let masked) = chosen.metric.procedure else { return 0.0 }
      let rows = masked.rows(map, scoring.facts, chosen.settings)
      return scoring.scores(rows)[1]
    }
    expectClose([try row("soft"), try row("min-max")], [0.722178, 0.727118], absolute: 1e-6)
    expectClose([try scoring.value("gain:mask=min-max", map)], [0.004340], absolute: 1e-6)
  }

  @Test func `golden values of a spectrum`() throws {
    let (scoring, map) = (LiteralScoring.spectrum, GoldenSpectrum.map)
    let texts = ["zero", "background", "line", "auto"].map { "deletion:steps=5:fill=\($0)" }
    expectClose(
      try texts.map { try scoring.value($0, map) }, [0.368155, 0.509509, 0.401470, 0.401470],
      absolute: 1e-6)
    expectClose(
      try scoring.measurement("deletion:steps=5", map).scores,
      [0.689974, 0.433726, 0.310026, 0.331812, 0.310026, 0.553544], absolute: 1e-6)
  }

  @Test func `shares, the half that is left and equal scores of the authors' protocol`() throws {
    let whole = scoring.score(scoring.input)
    let cut = scoring.input.indices.map { map.order.prefix(8).contains(Int32($0)) ? 0 : 1.0 }
    let left = scoring.score(zip(scoring.input, cut).map { $0 * $1 })
    expectClose(
      [try scoring.value("complement-drop:fill=zero", map)], [1 - left / whole],
      absolute: 1e-12)
    let constant = LiteralScoring(
      input: scoring.input, positions: [4, 4], background: [], score: { _ in 0.3 })
    #expect(try constant.measurement("drop:mask=authors", map).value == nil)
    #expect(try constant.value("increase:mask=authors", map) == 1)
    #expect(try constant.value("increase:fill=zero", map) == 0)
  }

  @Test func `scores that are no probabilities are compared by differences`() throws {
    let facts = SampleFacts(positions: [4, 4], seed: 0, scale: .open)
    let measured = try ["drop", "gain"].map { id in
      let chosen = try ChosenMetric(parsing: id)
      guard case .masked(let masked) = chosen.metric.procedure else { return [Double.nan] }
      return [[5.0, 3], [-1, 3]].map {
        masked.measurement(map, $0, facts, chosen.settings).value ?? .nan
      }
    }
    #expect(measured == [[2, 0], [0, 4]])
  }

  @Test func `intervals go as a whole, those with the highest mean first`() throws {
    let scoring = LiteralScoring.spectrum
    let facts = SampleFacts(positions: [10], seed: 1, bandWidth: 3)
    let chosen = try ChosenMetric(parsing: "band-deletion:fill=zero")
    guard case .masked(let masked) = chosen.metric.procedure else { return }
    let rows = masked.rows(GoldenSpectrum.map, facts, chosen.settings)
    // Means of 0…2, 3…5, 6…8, 9: 7/3, 0, 0, 0; the other bands follow in the order of positions.
    let removed = [0..<0, 0..<3, 0..<6, 0..<9, 0..<10]
    let scores = removed.map { range in
      scoring.score(scoring.input.indices.map { range.contains($0) ? 0 : scoring.input[$0] })
    }
    expectClose(scoring.scores(rows), scores, absolute: 1e-12)
    let found = masked.measurement(GoldenSpectrum.map, scores, facts, chosen.settings)
    expectClose(found.fractions, [0, 0.3, 0.6, 0.9, 1], absolute: 1e-12)
    var area = 0.0
    for (step, width) in [0.3, 0.3, 0.3, 0.1].enumerated() {
      area += width * (scores[step] + scores[step + 1]) / 2
    }
    expectClose([found.value ?? .nan], [area], absolute: 1e-12)
    let inserted = try ChosenMetric(parsing: "band-insertion:fill=zero")
    guard case .masked(let insertion) = inserted.metric.procedure else { return }
    let shown = insertion.rows(GoldenSpectrum.map, facts, inserted.settings).map { $0.shares(10) }
    #expect(shown[1] == [1, 1, 1, 0, 0, 0, 0, 0, 0, 0] && shown.count == 5)
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `curves are those of a literal loop`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<16).map { _ in Float(generator.next(below: 5)) - 1 }
    let ties = generator.shuffled((0..<16).map { Int32($0) })
    let map = MapReading(values, positions: [4, 4], ties: TieOrder(places: ties))
    let order = (0..<16).sorted { (values[$1], ties[$0]) < (values[$0], ties[$1]) }
    let curve = { (order: [Int]) in
      (0...16).map { count in
        let gone = Set(order.prefix(count))
        return scoring.score((0..<16).map { gone.contains($0) ? 0 : scoring.input[$0] })
      }
    }
    let (first, last) = (curve(order), curve(order.reversed()))
    let area = { (scores: [Double]) in
      (scores.reduce(0, +) - (scores[0] + scores[16]) / 2) / 16
    }
    // What is shown first of a reversed order is what is hidden last.
    let inserted = Array(last.reversed())
    expectClose(
      [
        try scoring.value("deletion:fill=zero", map), try scoring.value("insertion:fill=zero", map),
        try scoring.value("abpc:fill=zero", map),
        try scoring.value("insertion-minus-deletion:fill=zero", map),
      ],
      [area(first), area(inserted), area(last) - area(first), area(inserted) - area(first)],
      absolute: 1e-12)
  }

  @Test func `the ends of curves are the same rows for all maps`() throws {
    let other = GoldenPicture.otherMap
    for text in ["deletion", "insertion", "band-deletion", "insertion-minus-deletion"] {
      let chosen = try ChosenMetric(parsing: text)
      guard case .masked(let masked) = chosen.metric.procedure else { continue }
      let rows = [map, other].map { masked.rows($0, scoring.facts, chosen.settings) }
      #expect(rows[0].first == rows[1].first && rows[0].last == rows[1].last)
      #expect(rows[0].contains(.whole) && rows[0].contains { $0.mask == .nothing })
      #expect(rows[0] != rows[1])
    }
  }

  @Test func `a small input has as many steps as positions, and an empty map shows nothing`() throws
  {
    let small = MapReading([1, 2, 3], positions: [3])
    let chosen = try ChosenMetric(parsing: "deletion")
    guard case .masked(let masked) = chosen.metric.procedure else { return }
    let facts = SampleFacts(positions: [3], seed: 0)
    #expect(masked.rows(small, facts, chosen.settings).count == 4)
    let empty = GoldenPicture.reading([Float](repeating: 0, count: 16))
    let soft = try ChosenMetric(parsing: "drop:mask=soft")
    guard case .masked(let drop) = soft.metric.procedure else { return }
    #expect(drop.rows(empty, scoring.facts, soft.settings)[1].mask == .nothing)
  }

  @Test func `what hides an input follows its kind`() throws {
    let fills = { (text: String, positions: [Int]) in
      let chosen = try ChosenMetric(parsing: text)
      guard case .masked(let masked) = chosen.metric.procedure else { return RowFill.zero }
      let count = positions.reduce(1, *)
      let map = MapReading((0..<count).map { Float($0) }, positions: positions)
      let facts = SampleFacts(positions: positions, seed: 0)
      return masked.rows(map, facts, chosen.settings).last?.fill ?? .zero
    }
    #expect(try fills("drop", [4, 4]) == .blur(.percent(7)))
    #expect(try fills("drop:blur=3", [4, 4]) == .blur(.units(3)))
    #expect(try fills("drop", [9]) == .line)
    #expect(try fills("drop:fill=line", [4, 4]) == .infill(noise: 0))
    #expect(try fills("drop:mask=soft", [9]) == .zero)
    #expect(try fills("drop:mask=authors", [4, 4]) == .black)
    #expect(try fills("road:noise=0.02", [4, 4]) == .infill(noise: 0.02))
    #expect(try fills("drop:mask=soft:fill=black", [4, 4]) == .black)
  }

  @Test func `the outline of a map is scored against an even input`() throws {
    let chosen = try ChosenMetric(parsing: "leakage")
    guard case .masked(let masked) = chosen.metric.procedure else { return }
    let rows = masked.rows(map, scoring.facts, chosen.settings)
    #expect(rows.map(\.fill) == [.outline(1), .mean] && rows[1].mask == .nothing)
    #expect(rows[0].shares(16).reduce(0, +) == 8)
    #expect(masked.measurement(map, [0.5, 0.125], scoring.facts, chosen.settings).value == 0.375)
  }
}
