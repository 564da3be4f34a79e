import Evaluation
import EvaluationFigures
import ExplanationQuality
import Figures
import Reports
import Statistics

/// Figures of an evaluation's page.
struct EvaluationFigureBlocks {
  let telling: EvaluationTelling

  private var record: EvaluationRecord { telling.record }
  private var names: MapNames { telling.names }

  /// Maps of methods that a figure with few colors can hold.
  private static let curveCount = 8
  private static let dotCount = 10

  /// Paired differences from the reference by the primary metrics.
  func forests() throws -> [ReportBlock] {
    try telling.primary.compactMap { column in
      guard !column.comparisons.isEmpty else { return nil }
      var groups: [ForestFigure.Group] = []
      for comparison in column.comparisons {
        let layer = names.layer(comparison.map) ?? "the input"
        let difference = comparison.difference
        let row = ForestFigure.Row(
          name: names.head(comparison.map), difference: difference.mean,
          interval: difference.interval.map { $0.lower...$0.upper })
        if let place = groups.firstIndex(where: { $0.name == layer }) {
          groups[place].rows.append(row)
        } else {
          groups.append(ForestFigure.Group(name: layer, rows: [row]))
        }
      }
      let figure = try ForestFigure(
        groups: groups, reference: telling.table.reference ?? "the reference",
        better: column.metric.metric.direction.better,
        title: column.metric.title, subtitle: "Differences on the same inputs, 95 % intervals",
        valueLabel: column.metric.title)
      return try block(
        figure, "forest-\(column.metric.metric.id)",
        "Differences from \(telling.table.reference ?? "the reference") at the same layer, on the same inputs; "
          + "an interval that does not reach zero is a difference at 95 % if it were the only one asked for."
      )
    }
  }

  /// Mean scores while inputs are hidden and shown.
  func curves() throws -> [ReportBlock] {
    try telling.table.columns.filter { column in
      ["deletion", "insertion", "band-deletion", "band-insertion"].contains(column.metric.metric.id)
    }.compactMap(curves)
  }

  private func curves(_ column: EvaluationColumn) throws -> ReportBlock? {
    let metric = column.metric
    let best = ranked(record.methods, column).prefix(Self.curveCount)
    let controls = ranked(record.controls.filter { $0.control == .blind }, column).prefix(2)
    let curves = (Array(best) + Array(controls)).compactMap { curve(column, $0) }
    guard !curves.isEmpty else { return nil }
    let isShown = metric.metric.id.hasSuffix("insertion")
    let figure = try CurveFigure(
      panels: [
        CurveFigure.Panel(
          name: metric.title, note: isShown ? "higher is better" : "lower is better",
          axisLabel: "Share of the input that is \(isShown ? "shown" : "hidden")", curves: curves)
      ],
      title: metric.title, subtitle: "Means over inputs, bands ± 1.96 standard errors",
      valueLabel: telling.scoreLabel)
    let isPart = record.methods.count > best.count
    return try block(
      figure, "curves-\(metric.text.replacing(":", with: "-"))",
      (isPart ? "The best \(best.count) of \(record.methods.count) maps" : "All maps")
        + " and the best controls, dashed.")
  }

  private func curve(_ column: EvaluationColumn, _ map: MapKey) -> CurveFigure.Curve? {
    guard let curve = record.curve(column.metric, map), curve.fractions.count > 1 else {
      return nil
    }
    let reach = curve.standardErrors.map { 1.96 * $0 }
    return CurveFigure.Curve(
      name: names.full(map), note: column.cell(map)?.mean.map { NumberWords.number($0) } ?? "",
      fractions: curve.fractions, values: curve.means,
      band: map.isControl
        ? nil
        : CurveFigure.Band(
          low: zip(curve.means, reach).map(-), high: zip(curve.means, reach).map(+)),
      isControl: map.isControl)
  }

  /// Maps by a metric, the best first.
  private func ranked(_ maps: [MapKey], _ column: EvaluationColumn) -> [MapKey] {
    maps.sorted { rank(column, $0) < rank(column, $1) }
  }

  /// Values of single inputs by the first primary metric.
  func dots() throws -> [ReportBlock] {
    guard let column = telling.primary.first else { return [] }
    let maps = ranked(record.methods, column).prefix(Self.dotCount)
    guard maps.count > 1 else { return [] }
    let figure = try PairedDotsFigure(
      columns: maps.map { map in
        PairedDotsFigure.Column(
          name: names.full(map), values: record.values(column.metric, map),
          interval: column.cell(map)?.interval.map { $0.lower...$0.upper })
      },
      title: column.metric.title, subtitle: "A dot for each input, lines join those of one input",
      valueLabel: column.metric.title)
    return [
      try block(
        figure, "inputs-\(column.metric.metric.id)",
        "How much inputs differ: means rest on these, best maps first.")
    ]
  }

  /// How metrics order the maps of methods, and how far that depends on what hides inputs.
  func agreement() throws -> [ReportBlock] {
    guard record.methods.count > 2 else { return [] }
    let matrices = EvaluationAgreement(table: telling.table).matrices
    guard !matrices.isEmpty else { return [] }
    let figure = try AgreementFigure(
      matrices: matrices, title: "Agreement of metrics",
      subtitle: "Kendall's τ between the orders in which two metrics put the maps of methods")
    return [
      try block(
        figure, "agreement",
        "1 is the same order, 0 none, −1 the opposite one; means over all inputs. Metrics that disagree "
          + "measure different things, and no map is best by all. Where one metric with two fills disagrees with "
          + "itself, what hides the input decides.")
    ]
  }

  /// The place of a map by a metric, the best first.
  private func rank(_ column: EvaluationColumn, _ map: MapKey) -> Double {
    guard let mean = column.cell(map)?.mean else { return .infinity }
    return -column.metric.metric.direction.worth(mean)
  }

  private func block(
    _ figure: any Figure, _ name: String, _ caption: String
  ) throws -> ReportBlock {
    let texts = try figure.drawing().texts.filter { !$0.isEmpty }
    return .figure(
      ReportFigure(
        name: name, graphic: try figure.scalableGraphic(in: name), caption: caption,
        alternative: ([figure.title] + texts.prefix(40)).joined(separator: "; ")))
  }
}

extension MetricDirection {
  /// Which differences are better.
  fileprivate var better: ForestFigure.Better {
    switch self {
    case .up: .higher
    case .down: .lower
    case .none: .neither
    }
  }
}
