import Evaluation
import ExplanationQuality
import Figures
import Reports
import Statistics

/// Tables of an evaluation's page.
struct EvaluationTableBlock {
  let telling: EvaluationTelling

  /// The means of all maps by some metrics.
  func table(_ columns: [EvaluationColumn]) -> ReportTable {
    let names = telling.names
    return ReportTable(
      "Means with 95 % intervals",
      columns: [.init("Map")] + columns.map { .init(head($0.metric), isNumeric: true) },
      rows: (telling.record.methods + telling.record.controls).map { map in
        [(map.isControl ? "control: " : "") + names.full(map)]
          + columns.map { column in column.cell(map).map(text) ?? "–" }
      })
  }

  /// How well metrics separate methods on single inputs.
  var reliability: ReportTable {
    ReportTable(
      "How metrics separate methods on single inputs: intraclass correlation of their values, and Kendall's "
        + "W of their ranks; below 0.1 a metric says next to nothing of one input",
      columns: [
        .init("Metric"), .init("ICC", isNumeric: true), .init("W", isNumeric: true), .init(""),
      ],
      rows: telling.table.columns.compactMap { column in
        guard let reliability = column.reliability else { return nil }
        let isWeak = reliability.concordance.map { $0 < 0.1 } ?? false
        return [
          column.metric.title, Self.text(reliability.intraclassCorrelation),
          Self.text(reliability.concordance),
          isWeak ? "hardly separates methods on single inputs" : "",
        ]
      })
  }

  private func text(_ cell: EvaluationCell) -> String {
    guard let mean = cell.mean else { return "–" }
    let mark = cell.isLikeBest ? " ★" : ""
    return NumberWords.value(mean, cell.interval) + mark + (cell.surpassesControls ? "" : " ○")
  }

  private func head(_ metric: ChosenMetric) -> String {
    switch metric.metric.direction {
    case .up: metric.title + " ↑"
    case .down: metric.title + " ↓"
    case .none: metric.title
    }
  }

  private static func text(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, decimals: 2) } ?? "–"
  }
}
