import Statistics

/// The mean of a map between 0 and its maximum.
enum MeanShare {
  static let entry = Metric(
    id: "mean-share", title: "Mean of map",
    summary: "the mean of the map as a share of its maximum, the complexity in ADCC",
    formula: "mean of L⁺ / max L⁺",
    source: "Poppi et al. 2021, arXiv 2104.10252, complexity",
    topic: .complexity, direction: .none,
    caution: "A description: small maps have low values. An empty map has 0.",
    procedure: .map { map, _ in Measurement(of(map)) })

  static func of(_ map: MapReading) -> Double { map.softMask.map { Double($0) }.mean }
}
