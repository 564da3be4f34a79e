import Evaluation
import ExplanationQuality
import Reports

/// Means of single classes, where several have enough inputs.
struct EvaluationClassSection {
  let telling: EvaluationTelling

  /// Fewer inputs than these say nothing of a class.
  private static let leastCount = 3
  private static let classCount = 12
  private static let mapCount = 4

  /// A table for the first metric that is decided upon; nil where fewer than two classes have enough inputs.
  var section: ReportSection? {
    let classes = EvaluationClasses(telling.record)
    let told = classes.groups.filter { $0.rows.count >= Self.leastCount }.prefix(Self.classCount)
    guard told.count > 1, let column = telling.primary.first else { return nil }
    let maps = maps(column)
    let means = { (group: EvaluationClasses.Group) in
      maps.map { Self.text(classes.mean(column.metric, $0, of: group)) }
    }
    let rows = told.map { [$0.name, "\($0.rows.count)"] + means($0) }
    let totals = [
      ["all inputs", "\(telling.record.samples.count)"]
        + maps.map { Self.text(column.cell($0)?.mean) },
      ["all classes alike", "\(classes.groups.count) classes"]
        + maps.map { Self.text(classes.balancedMean(column.metric, $0)) },
    ]
    let table = ReportTable(
      "Means of \(column.metric.title.lowercasedFirst) by what is explained"
        + (told.count < classes.groups.count
          ? ", of the classes with the most inputs, at least \(Self.leastCount)" : ""),
      columns: [.init("Class"), .init("Inputs", isNumeric: true)]
        + maps.map { .init(heading($0), isNumeric: true) },
      rows: rows + totals)
    return ReportSection(
      "By class",
      [
        .table(table),
        .paragraph(
          "Where the last two rows differ, a class with many inputs decides the mean. Means of few inputs are "
            + "unsure."),
      ])
  }

  /// The best maps, and the best of those that know nothing.
  private func maps(_ column: EvaluationColumn) -> [MapKey] {
    let direction = column.metric.metric.direction
    let ranked = column.cells.filter { $0.mean != nil }
      .sorted { direction.worth($0.mean ?? 0) > direction.worth($1.mean ?? 0) }.map(\.map)
    return Array(ranked.filter { !$0.isControl }.prefix(Self.mapCount))
      + ranked.filter(\.isControl).prefix(1)
  }

  private func heading(_ map: MapKey) -> String {
    (map.isControl ? "control: " : "") + telling.names.full(map)
  }

  private static func text(_ mean: Double?) -> String { mean.map { NumberWords.number($0) } ?? "–" }
}
