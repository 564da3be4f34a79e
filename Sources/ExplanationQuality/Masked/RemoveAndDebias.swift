import Catalogs
import Explanations
import Statistics

/// ROAD: how much more is lost by removing the highest positions than the lowest, with what is left spread into
/// the gaps, so that the shape of the mask tells less.
enum RemoveAndDebias {
  static let steps = Parameter(
    "steps", "how many shares are removed, evenly between nothing and all", standard: 4,
    .whole(1...1000))

  static let noise = Parameter(
    "noise", "standard deviation of the noise in gaps, in times the input's range", standard: 0.01,
    .number(0...1))

  static let entry = Metric(
    id: "road", title: "ROAD",
    summary:
      "half of what the score keeps more when the lowest positions go instead of the highest",
    formula:
      "(mean p without the last k of L − mean p without the first k) / 2, k at 20, 40, 60, 80 %",
    source: "Rong et al. 2022, arXiv 2202.00449; combined as in pytorch-grad-cam",
    topic: .faithfulness, direction: .up, bounds: (-0.5, 0.5), chance: "0", usesOrderOnly: true,
    caution: "Exactly k positions are removed, unlike where percentiles of values are taken.",
    parameters: [steps, noise],
    procedure: .masked(MaskedMeasuring(rows: rows, measurement: measurement)))

  @Sendable static func rows(
    _ map: MapReading, _ facts: SampleFacts, _ settings: Settings
  ) -> [MaskedRow] {
    let fill = RowFill.infill(noise: settings[noise])
    let counts = shares(settings).map { Int(($0 * Double(map.count)).rounded()) }
    return counts.map { .hiding($0, of: map.order, fill: fill) }
      + counts.map { .hidingLast($0, of: map.order, fill: fill) }
  }

  @Sendable static func measurement(
    _ map: MapReading, _ scores: [Double], _ facts: SampleFacts, _ settings: Settings
  ) -> Measurement {
    let shares = shares(settings)
    let halves = shares.indices.map { (scores[shares.count + $0] - scores[$0]) / 2 }
    return Measurement(halves.mean, fractions: shares, scores: halves)
  }

  private static func shares(_ settings: Settings) -> [Double] {
    let steps = settings[steps]
    return (1...steps).map { Double($0) / Double(steps + 1) }
  }
}
