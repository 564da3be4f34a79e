import Catalogs
import Explanations

/// Which share of the score is lost when only what a map marks is shown.
enum ConfidenceDrop {
  static let entry = Metric(
    id: "drop", title: "Drop",
    summary: "the share of the score that is lost when only what the map marks is shown",
    formula: "max(0, Y − O) / Y; max(0, Y − O) for scores that are no probabilities",
    source: "Chattopadhay et al. 2018, Grad-CAM++, arXiv 1710.11063, average drop",
    topic: .faithfulness, direction: .down,
    caution:
      "With mask=soft it measures the width of the map: wide maps win. mask=authors counts inputs with a "
      + "drop only.",
    parameters: [Parameter.mask, Parameter.fill, Parameter.blur],
    procedure: .masked(.shownPart(of)))

  @Sendable static func of(
    _ whole: Double, _ shown: Double, _ facts: SampleFacts, _ part: ShownPart
  ) -> Double? {
    if part == .authors, shown >= whole { return nil }
    let loss = max(0, whole - shown)
    guard facts.scale == .probability else { return loss }
    return whole > 0 ? loss / whole : nil
  }
}
