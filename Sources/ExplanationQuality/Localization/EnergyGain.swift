import Catalogs

/// How many times denser a map is within the object than on the whole.
enum EnergyGain {
  static let entry = Metric(
    id: "energy-gain", title: "Energy gain",
    summary: "how many times more of the map lies within the object than its area would get",
    formula: "(Σ_S L⁺ / Σ L⁺) / (|S| / P)",
    source: "energy over its chance", topic: .localization, direction: .up, bounds: (0, nil),
    chance: "1",
    caution: "Small objects can reach higher values. An empty map has 0.",
    parameters: [Parameter.values, Parameter.largest],
    procedure: .truth { map, region, settings in
      Measurement(Energy.share(map, region, settings).map { $0 / region.share })
    })
}
