import Catalogs

/// How much of the input a map covers above a small share of its maximum.
enum WideShare {
  static let level = Parameter(
    "level", "the share of the map's maximum, in percent", standard: 1, .number(0...100))

  static let entry = Metric(
    id: "share-above", title: "Share above",
    summary: "the share of the input where the map lies above a hundredth of its maximum",
    formula: "|{p : L⁺(p) > level · max L⁺}| / P",
    source: "Nguyen and Martínez 2020, arXiv 2007.07584, effective complexity, as a share",
    topic: .complexity, direction: .none,
    caution: "A description of the width. An empty map has 0.",
    parameters: [level],
    procedure: .map { map, settings in
      let limit = settings[level] / 100 * Double(max(map.values.max() ?? 0, 0))
      let above = map.positive.count { $0 > limit }
      return Measurement(Double(above) / Double(map.count))
    })
}
