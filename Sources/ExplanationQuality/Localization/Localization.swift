import Catalogs

/// How much of the object a map marks, less what it marks outside.
enum Localization {
  static let level = Parameter(
    "level", "above which share of its maximum a map marks, in percent", standard: 0,
    .number(0...100))

  static let entry = Metric(
    id: "loc", title: "Localization",
    summary: "the marked part of the object, over the object and all that is marked outside",
    formula: "|M ∩ S| / (|S| + |M \\ S|), M = {p : L⁺(p) / max L⁺ > level}",
    source: "Chattopadhay et al. 2018, Grad-CAM++, arXiv 1710.11063",
    topic: .localization, direction: .up,
    caution: "With level 0 it measures the width of rectified maps. An empty map has 0.",
    parameters: [level],
    procedure: .truth { map, region, settings in
      guard region.count > 0 else { return Measurement(nil) }
      let limit = Float(settings[level] / 100)
      var (inside, outside) = (0, 0)
      for (share, isInside) in zip(map.softMask, region.inside) where share > limit {
        if isInside { inside += 1 } else { outside += 1 }
      }
      return Measurement(Double(inside) / Double(region.count + outside))
    })
}
