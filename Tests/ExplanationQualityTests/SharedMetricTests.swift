import Explanations
import Statistics
import TensorCore
import TestSupport
import Testing

@testable import ExplanationQuality

/// Metrics of masked inputs that are the same for all maps.
struct SharedMetricTests {
  private let scoring = LiteralScoring.picture
  private let map = GoldenPicture.map

  @Test func `golden drops of quarters`() throws {
    let chosen = try ChosenMetric(parsing: "faithfulness-estimate:cells=2:fill=zero")
    guard case .shared(let shared) = chosen.metric.procedure else { return }
    let scores = scoring.scores(shared.rows(scoring.facts, chosen.settings))
    let drops = scores.dropFirst().map { scores[0] - $0 }
    expectClose(drops, [0.097831, 0.157839, 0.206178, 0.261965], absolute: 1e-6)
    let sums = [5.0, 6, 9, 14]
    expectClose(
      [try scoring.value("faithfulness-estimate:cells=2:fill=zero", map)],
      [Correlation.of(sums, drops) ?? .nan], absolute: 1e-12)
  }

  @Test func `golden unexplained share of quarters`() throws {
    let drops = [0.097831, 0.157839, 0.206178, 0.261965]
    let agreement = RemovalAgreement(sums: [5, 6, 9, 14], drops: drops)
    expectClose([agreement.unexplained ?? .nan], [0.015997], absolute: 2e-6)
  }

  @Test func `golden correlations over given sets`() {
    let agreement = RemovalAgreement(
      sums: [18, 10, 3, 27, 3], drops: [0.550031, 0.261965, -0.015921, 0.683641, -0.064903])
    expectClose(
      [agreement.correlation, agreement.rankCorrelation], [0.980384, 0.974679], absolute: 2e-6)
  }

  @Test func `golden correlation over single positions`() throws {
    let positions = map.order.prefix(8)
    let drops = positions.map { position in
      var cut = scoring.input
      cut[Int(position)] = 0
      return scoring.score(scoring.input) - scoring.score(cut)
    }
    let agreement = RemovalAgreement(
      sums: positions.map { Double(map.values[Int($0)]) }, drops: drops)
    expectClose([agreement.correlation], [0.967654], absolute: 1e-6)
  }

  @Test func `golden bands of a spectrum`() throws {
    let scoring = LiteralScoring.spectrum
    let chosen = try ChosenMetric(parsing: "faithfulness-estimate:cells=5")
    guard case .shared(let shared) = chosen.metric.procedure else { return }
    let scores = scoring.scores(shared.rows(scoring.facts, chosen.settings))
    let drops = scores.dropFirst().map { scores[0] - $0 }
    expectClose(drops, [-0.078550, 0.239808, 0, 0, 0.044318], absolute: 1e-6)
    expectClose(
      [try scoring.value("faithfulness-estimate:cells=5", GoldenSpectrum.map)], [0.753490],
      absolute: 1e-6)
    // Lines in single precision leave drops of zero at 1e-8; their ranks are those of equal values.
    let rounded = drops.map { abs($0) < 1e-6 ? 0 : $0 }
    let agreement = RemovalAgreement(sums: [2, 6, -1, -1, 1], drops: rounded)
    expectClose([agreement.rankCorrelation], [0.368421], absolute: 1e-6)
  }

  @Test(arguments: ["sensitivity-n", "mu-fidelity", "infidelity", "faithfulness-estimate"])
  func `input times gradient of a linear network is perfect`(id: String) throws {
    var generator = SeededGenerator(seed: 8)
    let input = (0..<60).map { _ in Double(generator.uniform()) * 4 - 2 }
    let weights = (0..<60).map { _ in Double(generator.uniform()) * 2 - 1 }
    let scoring = LiteralScoring(
      input: input, positions: [6, 10], background: [],
      score: { zip($0, weights).reduce(3) { $0 + $1.0 * $1.1 } })
    let map = MapReading(zip(input, weights).map { Float($0 * $1) }, positions: [6, 10])
    let value = try scoring.value("\(id):fill=zero:cells=5", map)
    expectClose([value], [id == "infidelity" ? 0 : 1], absolute: id == "mu-fidelity" ? 1e-3 : 1e-6)
  }

  @Test func `random maps have no agreement in the mean`() throws {
    for id in ["mu-fidelity", "sensitivity-n"] {
      let values = try (0..<120).map { seed in
        var generator = SeededGenerator(seed: UInt64(seed) &* 7919)
        let map = GoldenPicture.reading((0..<16).map { _ in generator.uniform() })
        return try scoring.value("\(id):fill=zero:cells=4:share=25", map)
      }
      let error = (values.sampleVariance / 120).squareRoot()
      #expect(abs(values.mean) < 3 * error, "\(id): \(values.mean) ± \(error)")
      #expect(error > 0.001)
    }
  }

  @Test func `metrics with the same sets share their rows, and another seed has others`() throws {
    let rows = try ["mu-fidelity", "sensitivity-n", "infidelity"].map { id in
      let chosen = try ChosenMetric(parsing: id)
      guard case .shared(let shared) = chosen.metric.procedure else { return [MaskedRow]() }
      return shared.rows(scoring.facts, chosen.settings)
    }
    #expect(rows[0].count == 101 && rows[0] == rows[1] && rows[0] == rows[2])
    let chosen = try ChosenMetric(parsing: "mu-fidelity")
    guard case .shared(let shared) = chosen.metric.procedure else { return }
    let other = SampleFacts(positions: [4, 4], seed: 6)
    #expect(shared.rows(other, chosen.settings) != rows[0])
  }

  @Test func `a fifth of the cells is hidden, all of each cell and nothing else`() throws {
    let facts = SampleFacts(positions: [20, 31], seed: 2)
    let chosen = try ChosenMetric(parsing: "mu-fidelity")
    guard case .shared(let shared) = chosen.metric.procedure else { return }
    for row in shared.rows(facts, chosen.settings).dropFirst() {
      let shares = row.shares(620)
      var hidden: Set<[Int]> = []
      var shown: Set<[Int]> = []
      for (index, share) in shares.enumerated() {
        let cell = [index / 31 * 9 / 20, index % 31 * 9 / 31]
        if share == 0 { hidden.insert(cell) } else { shown.insert(cell) }
      }
      #expect(hidden.count == 16 && hidden.isDisjoint(with: shown))
    }
  }

  @Test func `windows slide by halves and reach the end`() throws {
    let facts = SampleFacts(positions: [11], seed: 0, bandWidth: 4)
    let chosen = try ChosenMetric(parsing: "occlusion-agreement:fill=zero")
    guard case .shared(let shared) = chosen.metric.procedure else { return }
    let hidden = shared.rows(facts, chosen.settings).dropFirst().map { row in
      row.shares(11).enumerated().filter { $0.element == 0 }.map(\.offset)
    }
    #expect(hidden == [[0, 1, 2, 3], [2, 3, 4, 5], [4, 5, 6, 7], [6, 7, 8, 9], [7, 8, 9, 10]])
  }

  @Test func `without differences there is no agreement, and without drops no share`() throws {
    let flat = GoldenPicture.reading([Float](repeating: 0, count: 16))
    let settings = ":fill=zero:cells=4"
    #expect(try scoring.value("mu-fidelity" + settings, flat) == 0)
    #expect(try scoring.value("infidelity" + settings, flat) == 1)
    let constant = LiteralScoring(
      input: scoring.input, positions: [4, 4], background: [], score: { _ in 0.3 })
    #expect(try constant.value("sensitivity-n" + settings, map) == 0)
    #expect(try constant.measurement("infidelity" + settings, map).value == nil)
  }
}
