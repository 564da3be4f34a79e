import ArgumentParser
import Catalogs
import ExplanationQuality

/// The command `vitrine metrics`.
struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Lists what maps are judged by, or explains one metric with its settings.",
    discussion: """
      A metric is chosen with --metrics of "vitrine evaluate", its settings after colons:

        vitrine metrics deletion
        vitrine evaluate network.onnx photographs --metrics deletion:fill=zero:steps=20
      """)

  @Argument(
    help: "A metric to explain; all are listed without it.",
    completion: .list(MetricCatalog.entries.ids))
  var metric: String?

  @Flag(help: "Write one JSON document instead of text.")
  var json = false

  func run() throws {
    let chosen = try metric.map { [try MetricCatalog.metric($0)] } ?? Array(MetricCatalog.entries)
    let metrics = chosen.map(MetricEntry.init)
    if json {
      try JSONOutput.write(metrics)
    } else if metric != nil {
      print(metrics.map(\.text).joined(separator: "\n\n"))
    } else {
      print(Self.table(metrics) + "\n")
      print("↑ higher is better, ↓ lower is better. \"vitrine metrics NAME\" says more of one.")
    }
  }

  private static func table(_ metrics: [MetricEntry]) -> String {
    var table = TextTable([
      ("metric", .leading), ("measures", .leading), ("better", .leading), ("runs", .leading),
      ("what", .leading),
    ])
    for metric in metrics {
      table.add([metric.id, metric.topic, metric.arrow, metric.cost, metric.summary])
    }
    return table.text
  }
}

/// A metric as it is listed.
private struct MetricEntry: Encodable {
  let id: String
  let title: String
  let summary: String
  let formula: String
  let source: String
  let topic: String
  let direction: String
  let least: Double?
  let greatest: Double?
  let chance: String
  let caution: String
  let cost: String
  let parameters: [ParameterEntry]

  init(_ metric: Metric) {
    id = metric.id
    title = metric.title
    summary = metric.summary
    formula = metric.formula
    source = metric.source
    topic = metric.topic.rawValue
    direction = metric.direction.rawValue
    least = metric.bounds.least
    greatest = metric.bounds.greatest
    chance = metric.chance
    caution = metric.caution
    cost =
      switch metric.procedure {
      case .map, .truth: "none"
      case .masked: "for each map"
      case .shared: "once for all maps"
      case .channels: "once for a layer"
      case .repeated, .reexplained, .paired, .reweighted, .planted: "explains again"
      case .randomized: "random networks"
      }
    parameters = metric.parameters.map(ParameterEntry.init)
  }

  var arrow: String {
    switch direction {
    case MetricDirection.up.rawValue: "↑"
    case MetricDirection.down.rawValue: "↓"
    default: "–"
    }
  }

  /// Everything about it.
  var text: String {
    var lines = ["\(id): \(title) \(arrow == "–" ? "" : arrow)", "  \(summary)", "  \(formula)"]
    lines += ["  \(source)"]
    if !chance.isEmpty { lines.append("  By chance: \(chance)") }
    if !caution.isEmpty { lines.append("  \(caution)") }
    let settings = parameters.map { "  \(id):\($0.name)=\($0.usage): \($0.summary)" }
    return (lines + (settings.isEmpty ? [] : [""]) + settings).joined(separator: "\n")
  }
}
