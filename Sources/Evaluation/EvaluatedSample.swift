package import ExplanationQuality
package import TensorCore

/// A map that was judged.
package struct EvaluatedMap: Sendable {
  /// What it is of.
  package let key: MapKey

  /// The map on its own grid, `[positions…]`.
  package let map: Tensor

  /// Whether it has no value above zero.
  package let isEmpty: Bool
}

/// A number that a metric gives a map.
package struct EvaluatedScore: Sendable {
  /// The map.
  package let map: MapKey

  /// The metric with its settings.
  package let metric: String

  /// What it rests on besides the map, such as a region; empty for nothing.
  package let basis: String

  /// What was measured.
  package let measurement: Measurement
}

/// Everything new about one input.
package struct EvaluatedSample: Sendable {
  /// The input.
  package let sample: EvaluationSample

  /// What the network says of the whole input, and of one that is all hidden, by the name of the fill.
  package let whole: Double

  /// Maps that were not known before.
  package let maps: [EvaluatedMap]

  /// Numbers that were not known before.
  package let scores: [EvaluatedScore]

  /// What the network says of inputs that are masked alike for all maps, by the key of the metric.
  package let passes: [String: [Double]]

  /// How many masked inputs were scored.
  package let passCount: Int

  /// How long it took.
  package let seconds: Double
}

/// What is known of an input from an earlier run.
package struct KnownSample: Sendable {
  /// The maps on their grids.
  package var maps: [MapKey: Tensor] = [:]

  /// Which numbers there are.
  package var scores: Set<ScoreKey> = []

  /// What the network says of inputs that are masked alike for all maps.
  package var passes: [String: [Double]] = [:]

  /// Knows nothing.
  package init() {}
}

/// A number that a metric gives a map, by what it is of.
package struct ScoreKey: Hashable, Sendable {
  package let map: MapKey
  package let metric: String
  package let basis: String

  package init(map: MapKey, metric: String, basis: String) {
    self.map = map
    self.metric = metric
    self.basis = basis
  }
}
