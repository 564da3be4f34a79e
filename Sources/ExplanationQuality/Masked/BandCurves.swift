import Catalogs
import Explanations

/// The score while whole intervals of a spectrum, or cells of a picture, are hidden.
enum BandDeletion {
  static let entry = Metric(
    id: "band-deletion", title: "Band deletion",
    summary: "the mean score while intervals with the highest mean of the map are hidden first",
    formula: "as deletion, with whole intervals in the order of the mean of L",
    source: "Samek et al. 2015, arXiv 1509.06321, region perturbation",
    topic: .faithfulness, direction: .down, usesOrderOnly: false,
    caution:
      "A single point of a spectrum follows from its neighbors, so whole intervals are hidden; of "
      + "pictures square cells with sides as long.",
    parameters: [Parameter.steps, Parameter.fill, Parameter.blur],
    procedure: .masked(.curve(bands, rows: { $0.hiding($1) })))

  @Sendable static func bands(
    _ map: MapReading, _ facts: SampleFacts, _ settings: Settings
  ) -> RemovalPath {
    RemovalPath(
      map, cells: Cells(facts.positions, width: facts.bandWidth), steps: settings[.steps])
  }
}

/// The score while whole intervals of a spectrum, or cells of a picture, are shown.
enum BandInsertion {
  static let entry = Metric(
    id: "band-insertion", title: "Band insertion",
    summary: "the mean score while intervals with the highest mean of the map are shown first",
    formula: "as insertion, with whole intervals in the order of the mean of L",
    source: "Petsiuk et al. 2018, RISE, arXiv 1806.07421, with intervals",
    topic: .faithfulness, direction: .up, usesOrderOnly: false,
    caution: "Of pictures square cells with sides as long as intervals are shown.",
    parameters: [Parameter.steps, Parameter.fill, Parameter.blur],
    procedure: .masked(.curve(BandDeletion.bands, rows: { $0.showing($1) })))
}
