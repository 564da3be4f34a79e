import Catalogs
import Explanations
import Statistics

/// Whether explaining what a map shows gives the same map.
enum Coherency {
  static let entry = Metric(
    id: "coherency", title: "Coherency",
    summary: "how far the map of what the map shows correlates with the map, on a scale of 0 to 1",
    formula: "(Pearson(n(L(x)), n(L(x ⊙ n(L(x))))) + 1) / 2, n(L) = L⁺ / max L⁺",
    source: "Poppi et al. 2021, arXiv 2104.10252, coherency",
    topic: .stability, direction: .up, chance: "0.5",
    caution:
      "Maps that depend on the network little are coherent: a blind control has 1. Explains each input anew "
      + "for every map.",
    parameters: [Parameter.fill, Parameter.blur],
    procedure: .reexplained(
      ReexplainedMeasuring(
        explained: { map, facts, settings in [shown(map, facts, settings)] },
        rows: { _, _, _ in [] },
        measurement: { map, others, _, _, _ in Measurement(of(map, others)) })))

  /// The input as the soft mask shows it.
  @Sendable static func shown(
    _ map: MapReading, _ facts: SampleFacts, _ settings: Settings
  ) -> MaskedRow {
    .shares(map.softMask, fill: settings.fill(facts, automatic: .zero))
  }

  /// The coherency; nil where one of the maps does not vary.
  static func of(_ map: MapReading, _ others: [MapReading]) -> Double? {
    guard let other = others.first else { return nil }
    return Correlation.of(map.softMask.map { Double($0) }, other.softMask.map { Double($0) })
      .map { ($0 + 1) / 2 }
  }
}
