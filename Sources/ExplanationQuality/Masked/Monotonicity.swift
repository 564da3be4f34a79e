import Catalogs
import Explanations

/// How often the score does not fall while more of the input is shown.
enum Monotonicity {
  static let entry = Metric(
    id: "monotonicity", title: "Monotonicity",
    summary: "the share of insertion steps at which the score does not fall",
    formula: "|{s : pₛ ≥ pₛ₋₁}| / steps",
    source: "Arya et al. 2019, AI Explainability 360, arXiv 1909.03012",
    topic: .faithfulness, direction: .up, usesOrderOnly: true,
    caution: "Noisy: a step counts however small it is.",
    parameters: [Parameter.steps, Parameter.fill, Parameter.blur],
    procedure: .masked(
      MaskedMeasuring(
        rows: { map, facts, settings in
          RemovalPath(map.order, steps: settings[.steps]).showing(settings.fill(facts))
        },
        measurement: { map, scores, _, settings in
          let path = RemovalPath(map.order, steps: settings[.steps])
          let steps = zip(scores, scores.dropFirst())
          let rising = Double(steps.count { $1 >= $0 }) / Double(max(scores.count - 1, 1))
          return Measurement(rising, fractions: path.fractions, scores: scores)
        })))
}
