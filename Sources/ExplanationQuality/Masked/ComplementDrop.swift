import Catalogs
import Explanations

/// Which share of the score is lost when what a map marks is hidden.
enum ComplementDrop {
  static let entry = Metric(
    id: "complement-drop", title: "Drop without",
    summary: "the share of the score that is lost when the map's highest half is hidden",
    formula: "max(0, Y − O) / Y; max(0, Y − O) for scores that are no probabilities",
    source: "Chattopadhay et al. 2018, Grad-CAM++, arXiv 1710.11063, with the rest shown",
    topic: .faithfulness, direction: .up, usesOrderOnly: true,
    caution: "Hiding half of an input in any order costs much: look at the random control.",
    parameters: [Parameter.fill, Parameter.blur],
    procedure: .masked(
      MaskedMeasuring(
        rows: { map, facts, settings in
          let half = Int((Double(map.count) / 2).rounded())
          return [.whole, .hiding(half, of: map.order, fill: settings.fill(facts))]
        },
        measurement: { _, scores, facts, _ in
          Measurement(ConfidenceDrop.of(scores[0], scores[1], facts, .top50))
        })))
}
