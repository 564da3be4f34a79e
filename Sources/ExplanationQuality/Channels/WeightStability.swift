import Catalogs
import Statistics

/// Whether inputs that hardly differ have the same weights of channels.
enum WeightStability {
  static let draws = Parameter(
    "draws", "how many changed inputs are explained", standard: 3, .whole(1...10_000))

  static let entry = Metric(
    id: "weight-stability", title: "Weights under noise",
    summary: "the rank correlation of the channel weights with those of the input with noise",
    formula: "mean of Spearman(w(x), w(x + δ)), δ uniform up to 2 % of the range of x",
    source: "after Alvarez-Melis and Jaakkola 2018, arXiv 1806.08049, of channel weights",
    topic: .stability, direction: .up, bounds: (-1, 1),
    caution:
      "Weights that do not depend on the input have 1. Of methods that weigh channels only; explains each "
      + "input anew for every draw.",
    parameters: [MaxSensitivity.radius, draws],
    procedure: .reweighted(
      ReweightedMeasuring(
        inputs: { input, _, facts, settings in
          MaxSensitivity.changed(
            input, facts, radius: settings[MaxSensitivity.radius], count: settings[draws])
        },
        measurement: { weights, others, _ in similarity(weights, others) })))

  /// The mean rank correlation; nil where none is defined.
  static func similarity(_ weights: [Double], _ others: [[Double]]) -> Measurement {
    let found = others.compactMap { Correlation.ofRanks(weights, $0) }
    return Measurement(found.isEmpty ? nil : found.mean)
  }
}

/// Whether an input that is moved a little has the same weights of channels.
enum WeightShift {
  static let distance = Parameter(
    "distance", "how far the input is moved, in positions", standard: 4, .whole(1...100_000))

  static let entry = Metric(
    id: "weight-shift", title: "Weights when moved",
    summary:
      "the rank correlation of the channel weights with those of the input moved by 4 positions",
    formula: "mean over axes of Spearman(w(x), w(x moved))",
    source:
      "after Balduzzi et al. 2017, arXiv 1702.08591 (shattered gradients), of channel weights",
    topic: .stability, direction: .up, bounds: (-1, 1),
    caution:
      "Weights that do not depend on the input have 1. What enters at the edge repeats it. Of methods that "
      + "weigh channels only; explains each input anew for every axis.",
    parameters: [distance],
    procedure: .reweighted(
      ReweightedMeasuring(
        inputs: { input, channels, facts, settings in
          facts.positions.indices.map { axis in
            ShiftConsistency.moved(
              input, channels, facts.positions, axis, by: settings[distance])
          }
        },
        measurement: { weights, others, _ in WeightStability.similarity(weights, others) })))
}
