import Catalogs
import Explanations

/// Whether the outline of what a map marks, without anything of the input, raises the score.
enum Leakage {
  static let entry = Metric(
    id: "leakage", title: "Leakage",
    summary: "what the outline of the map's highest half alone adds to the score of an even input",
    formula: "p(mean + σ where L is highest, mean elsewhere) − p(mean)",
    source: "after Rong et al. 2022, arXiv 2202.00449, leakage by the shape of a mask",
    topic: .sanity, direction: .down, bounds: (-1, 1), chance: "0", usesOrderOnly: true,
    caution: "Where its mean exceeds 0.01, deletion of that method rests on shapes in part.",
    procedure: .masked(
      MaskedMeasuring(
        rows: { map, _, _ in
          let half = Int((Double(map.count) / 2).rounded())
          return [
            .showing(half, of: map.order, fill: .outline(1)), MaskedRow(.nothing, fill: .mean),
          ]
        },
        measurement: { _, scores, _, _ in Measurement(scores[0] - scores[1]) })))
}
