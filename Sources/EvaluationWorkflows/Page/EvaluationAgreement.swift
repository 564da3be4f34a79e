import Evaluation
import EvaluationFigures
import ExplanationQuality

/// How alike metrics order maps: those with a direction among each other, and one metric with itself where
/// something else hides the input.
struct EvaluationAgreement {
  let table: EvaluationTable

  /// As many as one figure holds.
  private static let metricCount = 40
  private static let fillCount = 3

  var matrices: [AgreementFigure.Matrix] {
    let columns = Array(table.directed.prefix(Self.metricCount))
    guard columns.count > 1 else { return [] }
    let all = matrix("Metrics", columns.indices.map { ($0, columns[$0].metric.title) })
    return [all] + fills(columns).prefix(Self.fillCount)
  }

  /// One matrix for each metric that stands in the table with several fills and is else the same.
  private func fills(_ columns: [EvaluationColumn]) -> [AgreementFigure.Matrix] {
    var groups: [(name: String, places: [(Int, String)])] = []
    for (place, column) in columns.enumerated() {
      guard let fill = column.metric.fill else { continue }
      if let known = groups.firstIndex(where: { $0.name == fill.title }) {
        groups[known].places.append((place, fill.name))
      } else {
        groups.append((fill.title, [(place, fill.name)]))
      }
    }
    return groups.filter { $0.places.count > 1 }.map { matrix("\($0.name), by fill", $0.places) }
  }

  private func matrix(
    _ name: String, _ places: [(place: Int, label: String)]
  ) -> AgreementFigure.Matrix {
    AgreementFigure.Matrix(
      name: name, labels: places.map(\.label),
      values: places.map { row in places.map { table.agreement[row.place][$0.place] } })
  }
}
