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
}
