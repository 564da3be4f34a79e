import ExplanationQuality
import Explanations
import Testing

/// A network in double precision that is shown masked inputs of one channel.
struct LiteralScoring {
  let input: [Double]
  let positions: [Int]
  let background: [Double]
  let score: @Sendable ([Double]) -> Double

  /// The probability of the first class of the golden network, of the golden picture.
  static let picture = LiteralScoring(
    input: GoldenPicture.input, positions: GoldenPicture.positions, background: [],
    score: GoldenPicture.probability)

  /// The golden regression of the golden spectrum.
  static let spectrum = LiteralScoring(
    input: GoldenSpectrum.input, positions: [10], background: GoldenSpectrum.background,
    score: GoldenSpectrum.probability)

  /// The input as a row shows it.
  func shown(_ row: MaskedRow) -> [Double] {
    let shares = row.shares(input.count).map { Double($0) }
    let fill = fill(row.fill, shares)
    return input.indices.map { fill[$0] + shares[$0] * (input[$0] - fill[$0]) }
  }

  func scores(_ rows: [MaskedRow]) -> [Double] { rows.map { score(shown($0)) } }

  private func fill(_ fill: RowFill, _ shares: [Double]) -> [Double] {
    let mean = input.reduce(0, +) / Double(input.count)
    switch fill {
    case .zero, .black: return input.map { _ in 0 }
    case .mean: return input.map { _ in mean }
    case .background: return background
    case .line, .infill:
      return HarmonicInfill.filled(
        input.map { Float($0) }, positions: positions, isKnown: shares.map { $0 == 1 },
        tolerance: 1e-7
      ).map { Double($0) }
    case .blur, .noise, .outline:
      Issue.record("the literal network has no such fill")
      return input
    }
  }

  var facts: SampleFacts { SampleFacts(positions: positions, seed: 5) }

  /// The measurement of a metric of rows, written as on the command line.
  func measurement(_ text: String, _ map: MapReading) throws -> Measurement {
    let chosen = try ChosenMetric(parsing: text)
    let settings = chosen.settings
    switch chosen.metric.procedure {
    case .masked(let masked):
      return masked.measurement(map, scores(masked.rows(map, facts, settings)), facts, settings)
    case .shared(let shared):
      return shared.measurement(map, scores(shared.rows(facts, settings)), facts, settings)
    default: throw UnexpectedProcedure(id: chosen.metric.id)
    }
  }

  func value(_ text: String, _ map: MapReading) throws -> Double {
    try measurement(text, map).value ?? .nan
  }
}
