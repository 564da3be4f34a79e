import Catalogs

/// Whether maps of two classes are the same.
enum OtherClass {
  static let entry = Metric(
    id: "other-class", title: "Like other class",
    summary: "the similarity of the map with the map of another class of the same input",
    formula: "Spearman(L of the class, L of another class)",
    source: "Sixt, Granz and Landgraf 2020, arXiv 1912.09818, random logit, with ranks",
    topic: .sanity, direction: .down, bounds: (-1, 1),
    caution:
      "Maps that do not depend on the class have 1, and so have all controls, which are not measured.",
    parameters: [Parameter.similarity],
    procedure: .paired { map, other, settings in
      Measurement(settings[.similarity].of(map.values, other.values))
    })
}
