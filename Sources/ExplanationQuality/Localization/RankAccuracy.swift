import Catalogs

/// How many of the highest positions lie within the object.
enum RankAccuracy {
  static let entry = Metric(
    id: "rank-accuracy", title: "Rank accuracy",
    summary: "the share of the highest positions, as many as the object has, that lie within it",
    formula: "|top-|S| of L ∩ S| / |S|",
    source: "Arras, Osman and Samek 2022, CLEVR-XAI, arXiv 2003.07258",
    topic: .localization, direction: .up, chance: "the share of the input that the object covers",
    usesOrderOnly: true, caution: "A map that is the same everywhere has 0.",
    parameters: [Parameter.values],
    procedure: .truth { map, region, settings in
      guard region.count > 0 else { return Measurement(nil) }
      let map = settings[.values] == .magnitude ? map.magnitude : map
      guard !map.isConstant else { return Measurement(0) }
      let hits = map.order.prefix(region.count).count { region.inside[Int($0)] }
      return Measurement(Double(hits) / Double(region.count))
    })
}
