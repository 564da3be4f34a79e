import ExplanationQuality
import Statistics
import TensorCore

/// Finds the figures of a table.
struct TableJudge {
  let record: EvaluationRecord
  let reference: String?
  let seed: UInt64
  private let units: [Int]

  private static let controlDrawCount = 1000

  init(record: EvaluationRecord, reference: String?, seed: UInt64) {
    self.record = record
    self.reference = reference
    self.seed = seed
    units = record.units
  }

  /// The figures of all maps.
  func cells(_ metric: ChosenMetric) -> [EvaluationCell] {
    let means = Dictionary(
      uniqueKeysWithValues: (record.methods + record.controls).map { ($0, mean(metric, $0)) })
    let best = record.methods.filter { means[$0]?.mean != nil }.max {
      worth(means[$0]?.mean, metric) < worth(means[$1]?.mean, metric)
    }
    return (record.methods + record.controls).map { map in
      let found = means[map]
      let isMethod = !map.isControl
      return EvaluationCell(
        map: map, mean: found?.mean, interval: found?.interval, count: found?.count ?? 0,
        unbeaten: isMethod && metric.metric.direction != .none && found?.mean != nil
          ? unbeaten(metric, map) : nil,
        isBest: isMethod && metric.metric.direction != .none && map == best,
        isLikeBest: isMethod && isLike(best, metric, map))
    }
  }

  private func mean(
    _ metric: ChosenMetric, _ map: MapKey
  ) -> (mean: Double?, interval: ConfidenceInterval?, count: Int) {
    let values = record.values(metric, map)
    let rows = values.indices.filter { values[$0] != nil }
    guard !rows.isEmpty else { return (nil, nil, 0) }
    var generator = SplitMix64(seed: seed)
    let bootstrap = BootstrappedMean(
      .init(rows.compactMap { values[$0] }, units: rows.map { units[$0] }), using: &generator)
    return (bootstrap.mean, bootstrap.interval, rows.count)
  }

  /// A mean such that larger is better.
  private func worth(_ mean: Double?, _ metric: ChosenMetric) -> Double {
    metric.metric.direction.worth(mean ?? 0)
  }

  private func isLike(_ best: MapKey?, _ metric: ChosenMetric, _ map: MapKey) -> Bool {
    guard metric.metric.direction != .none, let best else { return false }
    if map == best { return true }
    guard let difference = difference(metric, best, map, Self.controlDrawCount) else {
      return false
    }
    // One input tells nothing of a difference.
    guard let interval = difference.interval else { return true }
    return interval.lower <= 0 && interval.upper >= 0
  }

  /// The controls at the place of a map, and those that are the same everywhere, that it does not
  /// surpass.
  private func unbeaten(_ metric: ChosenMetric, _ map: MapKey) -> [MapKey] {
    record.controls.filter { control in
      guard concerns(control, map), metric.metric.isJudged(by: control) else { return false }
      guard let difference = difference(metric, map, control, Self.controlDrawCount) else {
        return false
      }
      return !difference.isBetter(upward: metric.metric.direction == .up)
    }
  }

  /// Whether a control stands beside a map.
  private func concerns(_ control: MapKey, _ map: MapKey) -> Bool {
    switch control.control {
    case .anotherInput: control == map.ofAnotherInput
    case .blind, .activations: control.layer == nil || control.layer == map.layer
    case nil: false
    }
  }

  private func difference(
    _ metric: ChosenMetric, _ first: MapKey, _ second: MapKey, _ drawCount: Int = 2000
  ) -> PairedDifference? {
    PairedDifference(
      record.values(metric, first), record.values(metric, second), units: units,
      drawCount: drawCount, seed: seed)
  }

  /// Methods against the reference.
  func comparisons(_ metric: ChosenMetric) -> [EvaluationComparison] {
    record.methods.compactMap { map in
      guard let other = record.reference(reference, beside: map),
        let difference = difference(metric, map, other)
      else { return nil }
      return EvaluationComparison(map: map, reference: other, difference: difference)
    }
  }

  /// How well a metric separates methods on single inputs.
  func reliability(_ metric: ChosenMetric) -> Reliability? {
    let columns = record.methods.map { record.values(metric, $0) }
    guard columns.count > 1 else { return nil }
    let rows = record.samples.indices.compactMap { row -> [Double]? in
      let values = columns.compactMap { $0[row] }
      return values.count == columns.count ? values : nil
    }
    return rows.count > 1 ? Reliability(rows) : nil
  }

  /// Says how probable the differences of all primary metrics are by chance, together.
  func adjust(_ columns: inout [EvaluationColumn]) {
    var places: [(column: Int, comparison: Int)] = []
    var differences: [[Double]] = []
    let unitCount = (units.max() ?? -1) + 1
    for column in columns.indices where columns[column].isPrimary {
      for index in columns[column].comparisons.indices {
        let means = columns[column].comparisons[index].difference.differences
          .means(of: units, count: unitCount)
        places.append((column, index))
        differences.append(means)
      }
    }
    guard !differences.isEmpty, unitCount > 1 else { return }
    var generator = SplitMix64(seed: seed)
    let flips = SignFlips(differences, using: &generator)
    for (place, probability) in zip(places, flips.adjusted) {
      columns[place.column].comparisons[place.comparison].probability = probability
    }
  }

  /// How metrics agree on the order of methods.
  func agreement(_ columns: [EvaluationColumn]) -> [[Double?]] {
    let worths = columns.map { column in
      record.methods.map { worth(column.cell($0)?.mean, column.metric) }
    }
    return worths.map { first in worths.map { Correlation.ofPairs(first, $0) } }
  }
}

extension Metric {
  /// Whether a control can surpass maps: what knows nothing is stable by nature, and only the difference
  /// between inputs is a scale for that between changes of one.
  fileprivate func isJudged(by control: MapKey) -> Bool {
    topic != .stability || control.control == .anotherInput
  }
}

extension [Double?] {
  /// The mean of each unit's values; zero, which says nothing, where a unit has none.
  fileprivate func means(of units: [Int], count: Int) -> [Double] {
    var (sums, counts) = (
      [Double](repeating: 0, count: count), [Double](repeating: 0, count: count)
    )
    for (value, unit) in zip(self, units) {
      guard let value else { continue }
      sums[unit] += value
      counts[unit] += 1
    }
    return zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
  }
}
