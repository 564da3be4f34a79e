import Evaluation
import ExplanationQuality
import Figures
import Reports
import Statistics
import TensorCore

/// Tables of an evaluation's page.
struct EvaluationTableBlock {
  let telling: EvaluationTelling

  /// As many metrics as stand beside each other on paper.
  private static let columnCount = 5

  /// The means of maps by some metrics, in tables that fit on paper.
  func tables(_ columns: [EvaluationColumn]) -> [ReportBlock] {
    columns.indices.parts(of: Self.columnCount).map { .table(table(Array(columns[$0]))) }
  }

  /// The means of all maps that have any by some metrics.
  func table(_ columns: [EvaluationColumn]) -> ReportTable {
    let names = telling.names
    let maps = (telling.record.methods + telling.record.controls).filter { map in
      columns.contains { $0.cell(map)?.mean != nil }
    }
    var table = ReportTable(
      "Means with 95 % intervals",
      columns: [.init("Map")] + columns.map { .init(head($0.metric), isNumeric: true) },
      rows: maps.map { map in
        [(map.isControl ? "control: " : "") + names.full(map)]
          + columns.map { column in column.cell(map).map(text) ?? "–" }
      })
    table.tones = maps.map { map in [.plain] + columns.map { tone($0.cell(map)) } }
    return table
  }

  /// Bold for the best and what cannot be told from it, gray for what is no better than a control.
  private func tone(_ cell: EvaluationCell?) -> ReportTable.Tone {
    guard let cell, !cell.map.isControl else { return .plain }
    if !cell.surpassesControls { return .faint }
    return cell.isLikeBest ? .strong : .plain
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
