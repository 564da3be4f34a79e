import Catalogs
import Explanations

/// By how much showing first is above hiding first.
enum InsertionLessDeletion {
  static let entry = Metric(
    id: "insertion-minus-deletion", title: "Insertion − deletion",
    summary: "the insertion area less the deletion area, with one fill",
    formula: "∫ (insertion − deletion) df",
    source: "Jung and Oh 2021, LIFT-CAM, arXiv 2102.05228",
    topic: .faithfulness, direction: .up, bounds: (-1, 1), chance: "0", usesOrderOnly: true,
    caution:
      "The same number as the area between the curves of hiding the lowest and the highest positions "
      + "first (ABPC), since what is hidden last is shown first.",
    parameters: [Parameter.steps, Parameter.fill, Parameter.blur],
    procedure: .masked(.difference(rows: { $0.showing($1) }, less: { $0.hiding($1) })))
}
