import Catalogs
import Explanations

/// The score while what a map ranks highest is shown first.
enum Insertion {
  static let entry = Metric(
    id: "insertion", title: "Insertion",
    summary: "the mean score while the highest positions of the map are shown first",
    formula: "∫ p(fill with the first f·P positions of L shown) df, f from 0 to 1",
    source: "Petsiuk et al. 2018, RISE, arXiv 1806.07421",
    topic: .faithfulness, direction: .up, usesOrderOnly: true,
    caution:
      "Compact regions win over scattered ones; with fill=infill, which guesses the whole from scattered "
      + "positions, random order wins: take road. Compare maps of one network only.",
    parameters: [Parameter.steps, Parameter.fill, Parameter.blur],
    procedure: .masked(
      .curve(
        { map, _, settings in RemovalPath(map.order, steps: settings[.steps]) },
        rows: { $0.showing($1) })))
}
