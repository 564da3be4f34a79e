import Catalogs
import Explanations

/// The harmonic mean of shares; zero if one of them is.
private func harmonicMean(_ shares: [Double]) -> Double {
  guard shares.allSatisfy({ $0 > 0 }) else { return 0 }
  return Double(shares.count) / shares.reduce(0) { $0 + 1 / $1 }
}

/// ADCC: the harmonic mean of coherency, simplicity and what is left of the score.
enum AverageDropCoherencyComplexity {
  static let entry = Metric(
    id: "adcc", title: "ADCC",
    summary:
      "the harmonic mean of coherency, of what the map leaves out, and of the score it keeps",
    formula: "3 / (1/coherency + 1/(1 − mean n(L)) + 1/(1 − drop)), drop of x ⊙ n(L)",
    source: "Poppi et al. 2021, arXiv 2104.10252",
    topic: .faithfulness, direction: .up,
    caution: "Rewards small maps. Explains each input anew for every map.",
    parameters: [Parameter.fill, Parameter.blur],
    procedure: .reexplained(
      ReexplainedMeasuring(
        explained: { [Coherency.shown($0, $1, $2)] },
        rows: { [.whole, Coherency.shown($0, $1, $2)] },
        measurement: { map, others, scores, facts, _ in
          guard let coherency = Coherency.of(map, others),
            let drop = ConfidenceDrop.of(scores[0], scores[1], facts, .soft)
          else { return Measurement(nil) }
          return Measurement(harmonicMean([coherency, 1 - MeanShare.of(map), 1 - drop]))
        })))
}

/// ARCC: as ADCC, with ROAD for what is left of the score.
enum AverageRoadCoherencyComplexity {
  static let entry = Metric(
    id: "arcc", title: "ARCC",
    summary: "the harmonic mean of coherency, of what the map leaves out, and of ROAD from 0 to 1",
    formula: "3 / (1/coherency + 1/(1 − mean n(L)) + 1/min(1, max(0, 2 ROAD)))",
    source: "as released with pytorch-grad-cam",
    topic: .faithfulness, direction: .up,
    caution: "0 where ROAD is not above 0. Explains each input anew for every map.",
    parameters: [
      RemoveAndDebias.steps, RemoveAndDebias.noise, Parameter.fill, Parameter.blur,
    ],
    procedure: .reexplained(
      ReexplainedMeasuring(
        explained: { [Coherency.shown($0, $1, $2)] },
        rows: RemoveAndDebias.rows,
        measurement: { map, others, scores, facts, settings in
          guard let coherency = Coherency.of(map, others),
            let road = RemoveAndDebias.measurement(map, scores, facts, settings).value
          else { return Measurement(nil) }
          let kept = min(1, max(0, 2 * road))
          return Measurement(harmonicMean([coherency, 1 - MeanShare.of(map), kept]))
        })))
}
