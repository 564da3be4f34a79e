import Catalogs
import ExplanationQuality

extension EvaluateWorkflow {
  /// The methods that are judged when none is named.
  public static let standardMethods = [
    "grad-cam", "layer-cam", "relevance-cam", "relevance-map",
  ]

  /// The methods that are judged beside the network's own evidence when none is named for spectra.
  static let methodsBesideEvidence = ["1d-grad-cam", "relevance-map"]

  /// The metrics when none is named.
  ///
  /// - Parameters:
  ///   - axisCount: The number of axes of positions.
  ///   - hasTruth: Whether something is known of inputs independently of the network.
  /// - Returns: Faithfulness first, then localization, then descriptions.
  /// - Throws: `SettingsError` for none of those that there are.
  static func usualMetrics(
    axisCount: Int, hasTruth: Bool
  ) throws(SettingsError) -> [ChosenMetric] {
    let faithful =
      axisCount == 1
      ? ["band-deletion", "band-insertion", "deletion", "insertion"]
      : ["insertion", "deletion", "insertion-minus-deletion", "deletion:fill=zero"]
    let masked = ["drop:mask=top50", "gain:mask=top50", "drop:mask=soft"]
    let shared = ["mu-fidelity", "infidelity"]
    let located =
      hasTruth
      ? ["auc", "rank-accuracy", "pointing", "energy", "energy-gain", "iou"]
        + (axisCount == 2 ? ["two-class"] : []) : []
    return try ChosenMetric.list(
      faithful + masked + shared + located + ["other-class", "gini", "empty"])
  }

  /// The metrics of a run.
  func chosenMetrics(axisCount: Int, hasTruth: Bool) throws(SettingsError) -> [ChosenMetric] {
    if takesAllMetrics {
      return try MetricCatalog.entries.filter {
        (hasTruth || !$0.procedure.needsTruth) && (axisCount > 1 || !$0.procedure.needsPictures)
      }.map { metric throws(SettingsError) in try ChosenMetric(metric) }
    }
    return metrics.isEmpty
      ? try Self.usualMetrics(axisCount: axisCount, hasTruth: hasTruth) : metrics
  }

  /// The metrics that are decided upon, of some: one of faithfulness and one of localization, both of the
  /// order of positions alone; else the first that has a direction.
  static func primary(_ metrics: [ChosenMetric], axisCount: Int) -> [String] {
    let wanted = axisCount == 1 ? ["band-deletion", "rank-accuracy"] : ["insertion", "auc"]
    let texts = metrics.map(\.text)
    let found = wanted.filter(texts.contains)
    return found.isEmpty
      ? metrics.filter { $0.metric.direction != .none }.prefix(1).map(\.text) : found
  }
}

extension MetricProcedure {
  /// Whether it compares maps with what is known of inputs.
  var needsTruth: Bool {
    switch self {
    case .truth, .planted: true
    case .map, .masked, .shared, .repeated, .reexplained, .paired, .channels, .reweighted,
      .randomized:
      false
    }
  }

  /// Whether it is for pictures only, in which things can stand anywhere.
  var needsPictures: Bool {
    if case .planted = self { true } else { false }
  }
}
