import Catalogs
import Explanations

/// The score while what a map ranks highest is hidden first.
enum Deletion {
  static let entry = Metric(
    id: "deletion", title: "Deletion",
    summary: "the mean score while the highest positions of the map are hidden first",
    formula: "∫ p(x without the first f·P positions of L) df, f from 0 to 1",
    source: "Petsiuk et al. 2018, RISE, arXiv 1806.07421; Samek et al. 2015, arXiv 1509.06321",
    topic: .faithfulness, direction: .down, usesOrderOnly: true,
    caution:
      "With zeros as fill any order breaks a network early: look at the random control. Compare maps of "
      + "one network only.",
    parameters: [Parameter.steps, Parameter.fill, Parameter.blur],
    procedure: .masked(
      .curve(
        { map, _, settings in RemovalPath(map.order, steps: settings[.steps]) },
        rows: { $0.hiding($1) })))
}
