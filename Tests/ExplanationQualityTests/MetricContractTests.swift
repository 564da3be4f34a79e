import Catalogs
import ExplanationQuality
import Explanations
import Statistics
import TensorCore
import TestSupport
import Testing

/// What holds for every metric, on inputs of any extents and maps of any kind.
struct MetricContractTests {
  /// One input and maps of it.
  struct Case {
    let facts: SampleFacts
    let maps: [MapReading]
    let region: TruthRegion
    var generator: SeededGenerator

    init(_ positions: [Int]) {
      var generator = SeededGenerator(seed: UInt64(positions.reduce(7) { 31 * $0 + $1 }))
      facts = SampleFacts(positions: positions, seed: generator.next())
      let count = facts.count
      let values: [[Float]] = [
        (0..<count).map { _ in generator.normal() }, (0..<count).map { _ in -generator.uniform() },
        (0..<count).map { $0 == count / 2 ? 1 : 0 }, .init(repeating: 0, count: count),
        .init(repeating: 0.3, count: count),
      ]
      maps = values.map { MapReading($0, positions: positions) }
      region = TruthRegion(
        inside: (0..<count).map { _ in generator.next(below: 3) == 0 },
        others: (0..<count).map { _ in generator.next(below: 3) == 0 })
      self.generator = generator
    }

    /// Probabilities that follow from what is shown, without a network.
    func scores(_ rows: [MaskedRow]) -> [Double] {
      rows.map { row in
        let shares = row.shares(facts.count)
        let shown = shares.enumerated().reduce(0.0) {
          $0 + Double($1.element) / Double($1.offset + 2)
        }
        return shown / (1 + shown)
      }
    }
  }

  private static let shapes = [[1], [2], [17], [1, 1], [1, 3], [5, 4], [2, 3, 4]]

  @Test(arguments: MetricCatalog.entries.ids, shapes)
  func `a value lies between the bounds, whatever the extents and the map`(
    id: String, positions: [Int]
  ) throws {
    let chosen = try ChosenMetric(parsing: id)
    let input = Case(positions)
    for map in input.maps {
      guard let value = measured(chosen, map, input).value else { continue }
      let bounds = chosen.metric.bounds
      #expect(value.isFinite && value >= (bounds.least ?? value) - 1e-9, "\(value)")
      #expect(value <= (bounds.greatest ?? value) + 1e-9, "\(value)")
    }
  }

  private func measured(_ chosen: ChosenMetric, _ map: MapReading, _ input: Case) -> Measurement {
    let (settings, facts) = (chosen.settings, input.facts)
    switch chosen.metric.procedure {
    case .map(let measure): return measure(map, settings)
    case .truth(let measure): return measure(map, input.region, settings)
    case .masked(let masked):
      let rows = masked.rows(map, facts, settings)
      check(rows, facts)
      return masked.measurement(map, input.scores(rows), facts, settings)
    case .shared(let shared):
      let rows = shared.rows(facts, settings)
      check(rows, facts)
      return shared.measurement(map, input.scores(rows), facts, settings)
    case .repeated(let repeated):
      let values = (0..<2 * facts.count).map { Float($0 % 5) }
      let inputs = repeated.inputs(values, 2, facts, settings)
      #expect(!inputs.isEmpty && inputs.allSatisfy { $0.count == values.count })
      return repeated.measurement(map, inputs.map { _ in input.maps[0] }, facts, settings)
    case .reexplained(let metric):
      let (explained, rows) = (
        metric.explained(map, facts, settings), metric.rows(map, facts, settings)
      )
      check(explained + rows, facts)
      return metric.measurement(
        map, explained.map { _ in input.maps[0] }, input.scores(rows), facts, settings)
    case .paired(let measure): return measure(map, input.maps[0], settings)
    case .channels(let measuring):
      let values = input.maps[0].values.map { Double($0) }
      let channels = measuring.channels(values.map { abs($0) }, facts, settings)
      #expect(channels == channels.sorted() && Set(channels).count == channels.count)
      return measuring.measurement(
        ChannelReading(
          weights: channels.map { Double(map.values[$0]) }, means: channels.map { values[$0] },
          effects: channels.map { 1 / Double($0 + 1) - 0.3 },
          contrasts: channels.map { Double($0) }), settings)
    case .reweighted(let measuring):
      let values = (0..<2 * facts.count).map { Float($0 % 5) }
      let inputs = measuring.inputs(values, 2, facts, settings)
      #expect(!inputs.isEmpty && inputs.allSatisfy { $0.count == values.count })
      let weights = [map, input.maps[0]].map { $0.values.map { Double($0) } }
      return measuring.measurement(weights[0], inputs.map { _ in weights[1] }, settings)
    case .randomized(let measure):
      let maps = RandomizedMaps(
        original: map, stages: [input.maps[1], input.maps[0]], other: input.maps[2])
      return measure(maps, settings)
    case .planted(let measure):
      let thing = PlantedThing(region: input.region, before: 0.1, after: 0.4)
      return measure(map, thing, facts, settings)
    }
  }

  private func check(_ rows: [MaskedRow], _ facts: SampleFacts) {
    for row in rows {
      let shares = row.shares(facts.count)
      #expect(shares.count == facts.count && shares.allSatisfy { 0 <= $0 && $0 <= 1 })
      if shares.allSatisfy({ $0 == 0 }) { #expect(row.mask == .nothing) }
      if case .kept = row.mask { #expect(shares.contains(0)) }
    }
  }

  @Test(arguments: ["mu-fidelity", "sensitivity-n", "infidelity", "faithfulness-estimate"])
  func `agreement is that of a literal loop over what rows hide`(id: String) throws {
    let chosen = try ChosenMetric(parsing: id + ":cells=4")
    guard case .shared(let shared) = chosen.metric.procedure else { return }
    let input = Case([9, 7])
    let map = input.maps[0]
    let rows = shared.rows(input.facts, chosen.settings)
    let scores = input.scores(rows)
    let drops = scores.dropFirst().map { scores[0] - $0 }
    let sums = rows.dropFirst().map { row in
      zip(row.shares(63), map.values).reduce(0.0) { $0 + Double(1 - $1.0) * Double($1.1) }
    }
    var (products, squares, dropSquares) = (0.0, 0.0, 0.0)
    for (sum, drop) in zip(sums, drops) {
      products += sum * drop
      squares += sum * sum
      dropSquares += drop * drop
    }
    let expected =
      switch id {
      case "mu-fidelity": Correlation.of(literalRanks(sums), literalRanks(drops)) ?? 0
      case "infidelity": 1 - products * products / squares / dropSquares
      default: Correlation.of(sums, drops) ?? 0
      }
    let found = shared.measurement(map, scores, input.facts, chosen.settings).value
    expectClose([found ?? .nan], [expected], absolute: 1e-9)
  }

  /// How many are lower, and half of those that are equal.
  private func literalRanks(_ values: [Double]) -> [Double] {
    values.map { value in
      Double(values.count { $0 < value }) + Double(values.count { $0 == value }) / 2
    }
  }
}
