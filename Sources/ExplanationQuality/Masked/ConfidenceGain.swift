import Catalogs
import Explanations

/// Which share of the missing score is won when only what a map marks is shown.
enum ConfidenceGain {
  static let entry = Metric(
    id: "gain", title: "Gain",
    summary: "the share of what the score lacks that is won when only what the map marks is shown",
    formula: "max(0, O − Y) / (1 − Y); max(0, O − Y) for scores that are no probabilities",
    source: "Zhang et al. 2024, Opti-CAM, arXiv 2301.07002, average gain",
    topic: .faithfulness, direction: .up,
    caution: "Of inputs with a score of nearly 1 it is a ratio of small numbers.",
    parameters: [Parameter.mask, Parameter.fill, Parameter.blur],
    procedure: .masked(
      .shownPart { whole, shown, facts, _ in
        let won = max(0, shown - whole)
        guard facts.scale == .probability else { return won }
        return whole < 1 ? won / (1 - whole) : 0
      }))
}
