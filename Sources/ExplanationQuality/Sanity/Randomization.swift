import Catalogs

/// What is left of a map when all weights of the network are random.
enum Randomization {
  static let entry = Metric(
    id: "randomization", title: "Like random network",
    summary:
      "the similarity of the map, without signs, with that of the network with random weights",
    formula:
      "Spearman(|L|, |L of the network with all weights permuted|); curve: from the top down",
    source: "Adebayo et al. 2018, arXiv 1810.03292, cascading randomization",
    topic: .sanity, direction: .down, bounds: (-1, 1), chance: "randomization-floor",
    caution:
      "Read it beside its floor. Smooth maps are alike in any case, by structure most of all.",
    parameters: [Parameter.similarity],
    procedure: .randomized { maps, settings in
      let original = maps.original.magnitude.values
      let found = maps.stages.map {
        settings[.similarity].of(original, $0.magnitude.values)
      }
      let shares = found.indices.map { Double($0 + 1) / Double(found.count) }
      let curve = zip(shares, found).filter { $0.1 != nil }
      return Measurement(
        found.last ?? nil, fractions: curve.map(\.0), scores: curve.compactMap(\.1))
    })
}

/// How alike maps of two networks with random weights are.
enum RandomizationFloor {
  static let entry = Metric(
    id: "randomization-floor", title: "Random networks",
    summary: "the similarity of the maps, without signs, of two networks with random weights",
    formula: "Spearman(|L of one|, |L of another|), all weights of both permuted",
    source: "control of arXiv 1810.03292",
    topic: .sanity, direction: .none, bounds: (-1, 1),
    caution: "What the input and the shape of the network make alike without any training.",
    parameters: [Parameter.similarity],
    procedure: .randomized { maps, settings in
      guard let last = maps.stages.last else { return Measurement(nil) }
      return Measurement(
        settings[.similarity].of(last.magnitude.values, maps.other.magnitude.values))
    })
}
