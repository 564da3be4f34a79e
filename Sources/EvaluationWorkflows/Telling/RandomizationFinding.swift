import Evaluation
import ExplanationQuality
import Explanations
import Statistics

/// What is left of a map once what the network learned is made random.
struct RandomizationFinding {
  let map: MapKey

  /// The similarity with the map itself after each step, on average; nil where there is none.
  let stages: [Double?]

  /// The similarity of two networks that are random altogether, on average.
  let floor: Double?

  /// How far the similarity after the last step exceeds that of two random networks, on the same inputs.
  let excess: PairedDifference?

  /// The 95 % interval of the similarity after the last step.
  let last: ConfidenceInterval?

  /// Whether it falls to the similarity of two random networks, or to none: an interval does not stay above
  /// zero; nil where inputs are too few to tell.
  var falls: Bool? {
    guard let excess = excess?.interval, let last else { return nil }
    return excess.lower <= 0 || last.lower <= 0
  }
}

extension EvaluationTelling {
  /// The metrics of random networks, each with that of its floor.
  private var randomizations: [(metric: ChosenMetric, floor: ChosenMetric)] {
    record.metrics.filter { $0.metric.id == Self.randomization }.compactMap { metric in
      let settings = metric.text.dropFirst(Self.randomization.count)
      let floor = record.metrics.first { $0.text == Self.randomization + "-floor" + settings }
      return floor.map { (metric, $0) }
    }
  }

  private static let randomization = "randomization"

  /// What was found with random networks, by metric; maps of methods, then sums of activations.
  var randomized: [(metric: ChosenMetric, findings: [RandomizationFinding])] {
    let count = setting.plan.model.randomizationSteps().count
    return randomizations.map { metric, floor in
      let maps = record.methods + record.controls.filter { $0.control == .activations }
      return (metric, maps.map { finding($0, metric, floor, stepCount: count) })
    }
  }

  private func finding(
    _ map: MapKey, _ metric: ChosenMetric, _ floor: ChosenMetric, stepCount: Int
  ) -> RandomizationFinding {
    let curve = record.curve(metric, map)
    let places = (1...stepCount).map { Double($0) / Double(stepCount) }
    return RandomizationFinding(
      map: map,
      stages: places.map { place in
        curve.flatMap { curve in
          curve.fractions.firstIndex { abs($0 - place) < 1e-9 }.map { curve.means[$0] }
        }
      },
      floor: record.values(floor, map).compactMap(\.self).nonEmptyMean,
      excess: PairedDifference(
        record.values(metric, map), record.values(floor, map), units: record.units,
        seed: table.seed),
      last: table.columns.first { $0.metric.text == metric.text }?.cell(map)?.interval)
  }
}

extension [Double] {
  fileprivate var nonEmptyMean: Double? { isEmpty ? nil : mean }
}
