public import Catalogs

/// A metric with its settings.
public struct ChosenMetric: Sendable {
  /// The metric, of the catalog or of one's own.
  public let metric: Metric

  /// Its settings, complete.
  public let settings: Settings

  /// Chooses a metric.
  ///
  /// - Parameters:
  ///   - metric: The metric, of the catalog or of one's own.
  ///   - settings: What differs from the standard, as it is written on the command line.
  /// - Throws: `SettingsError` naming a setting or value that the metric does not have.
  public init(_ metric: Metric, settings: [String: String] = [:]) throws(SettingsError) {
    self.metric = metric
    self.settings = try Settings(settings, for: metric.parameters, of: metric.id)
  }

  /// Reads a metric of the catalog with its settings, such as `drop` or `drop:mask=soft:fill=zero`.
  ///
  /// - Parameter text: An id, and after colons what differs from the standard.
  /// - Throws: `SettingsError` naming what does not exist or cannot be read.
  public init(parsing text: String) throws(SettingsError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let metric = try MetricCatalog.metric(parts.first ?? "")
    var pairs: [(name: String, value: String)] = []
    for part in parts.dropFirst() {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2 else {
        throw SettingsError(
          "\(metric.id): settings are written \(metric.id):name=value, not \"\(part)\"")
      }
      pairs.append((name: String(sides[0]), value: String(sides[1])))
    }
    self.metric = metric
    settings = try Settings(pairs, for: metric.parameters, of: metric.id)
  }

  /// Reads several metrics, each of them once.
  ///
  /// - Parameter texts: One metric each.
  /// - Returns: The metrics in their order.
  /// - Throws: `SettingsError` naming what does not exist, cannot be read or is given twice.
  public static func list(_ texts: [String]) throws(SettingsError) -> [ChosenMetric] {
    var metrics: [ChosenMetric] = []
    for text in texts {
      let metric = try ChosenMetric(parsing: text)
      guard !metrics.contains(where: { $0.text == metric.text }) else {
        throw SettingsError("the metric \(metric.text) is given twice")
      }
      metrics.append(metric)
    }
    return metrics
  }

  /// The id and after colons what differs from the standard, in the order of the parameters; it is read
  /// back.
  public var text: String {
    ([metric.id] + differing.map { "\($0.name)=\($0.value)" }).joined(separator: ":")
  }

  /// The title and in brackets what differs from the standard.
  public var title: String { title(differing) }

  /// What hides the input, and the title without it; nil for metrics whose users do not choose it.
  package var fill: (title: String, name: String)? {
    guard metric.parameters.contains(where: { $0.name == "fill" }) else { return nil }
    let chosen = differing.first { $0.name == "fill" }?.value
    return (title(differing.filter { $0.name != "fill" }), chosen ?? "usual")
  }

  private func title(_ settings: [(name: String, value: String)]) -> String {
    let texts = settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    return texts.isEmpty ? metric.title : "\(metric.title) (\(texts))"
  }

  private var differing: [(name: String, value: String)] {
    settings.changes(of: metric.parameters)
  }
}
