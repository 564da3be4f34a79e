import Catalogs
import Explanations

/// Whether the score rises when only what a map marks is shown.
enum ConfidenceIncrease {
  static let entry = Metric(
    id: "increase", title: "Increase",
    summary: "1 if the score rises when only what the map marks is shown, else 0",
    formula: "1[O > Y]; with mask=authors 1[O ≥ Y]",
    source: "Chattopadhay et al. 2018, Grad-CAM++, arXiv 1710.11063, increase in confidence",
    topic: .faithfulness, direction: .up,
    caution: "One bit an input: gain says more.",
    parameters: [Parameter.mask, Parameter.fill, Parameter.blur],
    procedure: .masked(
      .shownPart { whole, shown, _, part in
        shown > whole || part == .authors && shown == whole ? 1 : 0
      }))
}
