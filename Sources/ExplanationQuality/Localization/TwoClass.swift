/// Whether a map prefers its own class where there are things of two.
enum TwoClass {
  static let entry = Metric(
    id: "two-class", title: "Own less other class",
    summary: "the map's share within things of its class less that within things of other classes",
    formula: "Σ_S L⁺ / Σ L⁺ − Σ_T L⁺ / Σ L⁺, T of other classes",
    source: "after Selvaraju et al. 2017, Grad-CAM, arXiv 1610.02391",
    topic: .sanity, direction: .up, bounds: (-1, 1),
    chance: "the object's area less that of the others",
    caution: "Only for inputs with things of two classes. An empty map has 0.",
    procedure: .truth { map, region, _ in
      guard let others = region.others, region.count > 0, others.contains(true) else {
        return Measurement(nil)
      }
      let positive = map.positive
      return Measurement(
        Energy.share(positive, region.inside) - Energy.share(positive, others))
    })
}
