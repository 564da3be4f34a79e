import Evaluation
import ExplanationQuality
import Explanations
import Reports
import Workflows

/// Whether maps show what the network learned.
struct EvaluationSanitySection {
  let telling: EvaluationTelling

  private var record: EvaluationRecord { telling.record }
  private var names: MapNames { telling.names }

  /// The section; nil where nothing of it was measured.
  var section: ReportSection? {
    let blocks = telling.randomized.flatMap { randomization($0.metric, $0.findings) }
    return blocks.isEmpty ? nil : ReportSection("Sanity", blocks)
  }

  private func randomization(
    _ metric: ChosenMetric, _ findings: [RandomizationFinding]
  ) -> [ReportBlock] {
    [
      .paragraph(
        "What the network learned is put in random order within each tensor, from the scores down to the input "
          + "(\(metric.title)). A map that shows it falls to the similarity that maps of two random networks have in "
          + "any case, its floor. One that stays above shows the input, or how the network is built. To fall is "
          + "necessary and not enough: noise falls too. The sum of a layer's activations must stay 1 until "
          + "the layer itself is reached, as what stands above it does not change it."),
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
      : "\(staying.count) of \(methods.count) maps do not fall to the floor: "
        + NumberWords.list(staying, atMost: 8) + "."
  }

  private func table(_ findings: [RandomizationFinding]) -> ReportTable {
    let otherClass = telling.table.columns.first { $0.metric.metric.id == "other-class" }
    return ReportTable(
      "Similarity with the map itself after weights are made random down to a layer, beside that of two random "
        + "networks, and how far the last exceeds it (95 % interval)",
      columns: [.init("Map")]
        + steps.map { .init($0, isNumeric: true) }
        + ["Floor", "Above the floor"].map { .init($0, isNumeric: true) } + [.init("")]
        + (otherClass == nil ? [] : [.init("Like other class", isNumeric: true)]),
      rows: findings.map { finding in
        [(finding.map.isControl ? "control: " : "") + names.full(finding.map)]
          + finding.stages.map(Self.text) + [Self.text(finding.floor)]
          + [
            finding.excess.map { NumberWords.value($0.mean, $0.interval, signed: true) } ?? "–",
            finding.falls.map { $0 ? "falls to the floor" : "does not" } ?? "",
          ] + (otherClass.map { [Self.text($0.cell(finding.map)?.mean)] } ?? [])
      })
  }

  /// What is kept at each step, in words.
  private var steps: [String] {
    let steps = telling.setting.plan.model.randomizationSteps()
    let heads = FileNames.heads(layers: steps.compactMap(\.last?.name))
    return heads.map { "above \($0)" } + ["all"]
  }

  private static func text(_ value: Double?) -> String {
    value.map { NumberWords.number($0) } ?? "–"
  }
}
