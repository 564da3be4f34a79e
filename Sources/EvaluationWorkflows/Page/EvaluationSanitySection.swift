import Evaluation
import ExplanationQuality
import Explanations
import Figures
import Reports
import Statistics
import Workflows

/// Whether maps show what the network learned.
struct EvaluationSanitySection {
  let telling: EvaluationTelling

  private var record: EvaluationRecord { telling.record }
  private var names: MapNames { telling.names }

  /// The section; nil where nothing of it was measured.
  var section: ReportSection? {
    let blocks = telling.randomized.flatMap { randomization($0.metric, $0.findings) } + planted
    return blocks.isEmpty ? nil : ReportSection("Sanity", blocks)
  }

  private func randomization(
    _ metric: ChosenMetric, _ findings: [RandomizationFinding]
  ) -> [ReportBlock] {
    [
      .paragraph(
        "What the network learned is put in random order within each tensor, from the scores down to the input "
          + "(\(metric.title)). A map that shows it falls to the similarity that maps of two random networks have in "
          + "any case, its floor. One that stays above shows the input, or how the network is built; so does one "
          + "whose floor is high, as random networks give it alike. To fall is necessary and not enough: noise "
          + "falls too. There is one draw of each network: intervals cover inputs, not the draw, and another "
          + "--seed draws others. What is not above zero counts as no similarity. The sum of a layer's "
          + "activations must stay 1 until the layer itself is reached, as what stands above it does not change it."
      ),
      .paragraph(verdict(findings)),
      .table(table(findings)),
    ]
  }

  /// Which maps do not fall.
  private func verdict(_ findings: [RandomizationFinding]) -> String {
    let methods = findings.filter { !$0.map.isControl && $0.falls != nil }
    let staying = methods.filter { $0.falls == false }.map { names.full($0.map) }
    if methods.isEmpty { return "Inputs are too few to tell which maps fall." }
    return staying.isEmpty
      ? "All \(methods.count) maps fall to the floor."
      : "Of \(methods.count) maps these do not fall to the floor: "
        + NumberWords.list(staying, atMost: 8) + "."
  }

  private func table(_ findings: [RandomizationFinding]) -> ReportTable {
    let otherClass = telling.table.columns.first { $0.metric.metric.id == "other-class" }
    return ReportTable(
      "Similarity with the map itself after weights are made random down to a layer, beside that of two random "
        + "networks, and how far the last exceeds it (95 % interval)",
      columns: [.init("Map"), .init("")]
        + (steps + ["Floor", "Above the floor"]).map { .init($0, isNumeric: true) }
        + (otherClass == nil ? [] : [.init("Like other class", isNumeric: true)]),
      rows: findings.map { finding in
        row(finding) + (otherClass.map { [Self.text($0.cell(finding.map)?.mean)] } ?? [])
      })
  }

  private func row(_ finding: RandomizationFinding) -> [String] {
    let name = (finding.map.isControl ? "control: " : "") + names.full(finding.map)
    let verdict = finding.falls.map { $0 ? "falls to the floor" : "does not" }
    let similarities: [Double?] = finding.stages + [finding.floor]
    return [name, verdict ?? ""] + similarities.map { Self.text($0) }
      + [Self.difference(finding.excess)]
  }

  /// What maps make of things that were put there.
  private var planted: [ReportBlock] {
    let columns = telling.table.columns.filter {
      ["planted", "planted-auc"].contains($0.metric.metric.id)
    }
    guard let column = columns.first, let map = record.methods.first,
      let count = column.cell(map)?.count, let curve = record.curve(column.metric, map),
      let before = curve.means.first, let after = curve.means.last
    else { return [] }
    return [
      .paragraph(
        "A thing that truth marks in one input was pasted into another, into a corner that chance chose, and "
          + "its class explained: a cause that is known. On "
          + "\(count) of \(record.samples.count) inputs its score rose enough to "
          + "count, on average from \(NumberWords.number(before)) to \(NumberWords.number(after)); the others are "
          + "left out. The control of another input is the map of the input without the thing, for the same class."
      ),
      .table(EvaluationTableBlock(telling: telling).table(columns)),
    ]
  }

  /// What is kept at each step, in words.
  private var steps: [String] {
    let steps = telling.setting.plan.model.randomizationSteps()
    let heads = FileNames.heads(layers: steps.compactMap(\.last?.name))
    return heads.map { "above \($0)" } + ["all"]
  }

  private static func text(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, decimals: 2) } ?? "–"
  }

  private static func difference(_ difference: PairedDifference?) -> String {
    guard let difference else { return "–" }
    let interval = difference.interval.map { " (\(text($0.lower)) to \(text($0.upper)))" }
    return text(difference.mean) + (interval ?? "")
  }
}
