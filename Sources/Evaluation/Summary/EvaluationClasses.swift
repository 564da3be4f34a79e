package import ExplanationQuality
import Statistics

/// The inputs of a run by what is explained of them.
package struct EvaluationClasses: Sendable {
  /// Inputs of one class.
  package struct Group: Sendable {
    /// What is explained.
    package let name: String

    /// The places of its inputs in the record.
    package let rows: [Int]
  }

  /// The largest first; of one size by name.
  package let groups: [Group]

  private let record: EvaluationRecord

  /// Groups the inputs of a record.
  package init(_ record: EvaluationRecord) {
    self.record = record
    let rows = Dictionary(grouping: record.samples.indices) { record.samples[$0].target }
    groups = rows.map { Group(name: $0.key, rows: $0.value) }
      .sorted { (-$0.rows.count, $0.name) < (-$1.rows.count, $1.name) }
  }

  /// The mean of a map by a metric over the inputs of one class; nil where none has a number.
  package func mean(_ metric: ChosenMetric, _ map: MapKey, of group: Group) -> Double? {
    let values = record.values(metric, map)
    let known = group.rows.compactMap { values[$0] }
    return known.isEmpty ? nil : known.mean
  }

  /// The mean of the classes' means, so that each class counts alike; nil where none has a number.
  package func balancedMean(_ metric: ChosenMetric, _ map: MapKey) -> Double? {
    let means = groups.compactMap { mean(metric, map, of: $0) }
    return means.isEmpty ? nil : means.mean
  }
}
