import Explanations
public import Figures

/// Draws what several methods see at several layers, as one picture for each input.
public struct CompareWorkflow: Sendable {
  /// The methods that are compared when none is named.
  public static let standardMethods = ["grad-cam", "relevance-cam", "relevance-map"]

  /// The methods that stand beside the network's own evidence when none is named for spectra.
  public static let methodsBesideEvidence = ["1d-grad-cam", "relevance-map"]

  /// What is explained, how and where; of layers the ends of stages when none is named.
  public var request: ExplanationRequest

  /// Where the positive part of maps is measured; nil for nowhere.
  public var region: MapRegion?

  /// What maps are divided by.
  public var division = ComparisonFigure.Division.cell

  /// Whether files that other settings made are replaced; they are failures otherwise.
  public var replacesFiles = true

  /// The folder for the files; made if it is not there.
  public var folder = "comparisons"

  /// Creates settings with defaults for the rest.
  ///
  /// - Parameter request: What is explained, how and where.
  public init(_ request: ExplanationRequest) {
    self.request = request
  }

  /// Compares the methods on the inputs.
  ///
  /// - Parameter reporter: Where notes, failures and progress go.
  /// - Returns: What was written, and the failures.
  /// - Throws: What is wrong with the network or a setting; a bad input is a failure instead.
  @concurrent
  public func run(_ reporter: WorkflowReporter = WorkflowReporter()) async throws -> CompareResult {
    let network = try request.model.load(for: request.choice)
    network.announceOutput(request.model.output, reporter)
    let plan = try plan(for: network, reporter)
    let failures = FailureLog(reporter)
    let source = try InputSource(network, request.choice, reporter: reporter, failures: failures)
    guard source.count > 0 else { return result([], failures) }
    if let region, region.bounds.count != source.kind.regionBoundCount {
      throw WorkflowError(
        .invalidSetting,
        "a region has four bounds in a picture and two in a spectrum or series, not \(region.bounds.count)"
      )
    }
    let output = OutputFolder(path: folder, replaces: replacesFiles)
    try output.prepare()
    // The more maps an input has, the fewer inputs are held in memory together.
    let preferred = Explainer.preferredBatch(for: network)
    let explainer = Explainer(
      network, plan, options: request.options,
      batch: request.batch ?? max(1, preferred * 4 / max(4, plan.items.count)))
    let writer = ComparisonWriter(
      model: network, plan: plan, folder: output, division: division,
      colorMap: request.colorMap, region: region, preparation: source.record)
    let run = ExplainRun(source: source, team: ExplainerTeam(explainer), reporter: reporter)
    return result(try await run.written(by: writer, failures), failures)
  }

  private func result(_ inputs: [ComparedInput], _ failures: FailureLog) -> CompareResult {
    CompareResult(
      model: request.model.path, scale: division, inputs: inputs, failures: failures.all)
  }

  private func plan(
    for network: Model, _ reporter: WorkflowReporter
  ) throws -> ExplanationPlan {
    let chosen = try request.choosing(
      for: network, beside: Self.methodsBesideEvidence, else: Self.standardMethods)
    let request = try chosen.fitted(to: network, usualLayers: ["stages"], reporter)
    var plan = try request.plan(for: network, usualLayers: ["stages"])
    plan.alignsMaps = false
    let rowCount = plan.layers.count + (plan.items.contains { $0.layer == nil } ? 1 : 0)
    try ComparisonFigure.check(
      rowCount: rowCount, columnCount: plan.methods.count * plan.targets.count)
    plan.advise(on: network, reporter)
    if request.layers.isEmpty, !plan.layers.isEmpty { announce(plan, network, reporter) }
    return plan
  }

  private func announce(
    _ plan: ExplanationPlan, _ network: Model, _ reporter: WorkflowReporter
  ) {
    let names = FileNames.heads(layers: plan.layers.map(\.name)).joined(separator: ", ")
    let count = network.layers.count(where: \.isMappable)
    reporter.note(
      "layers: \(names) (the last of each resolution; --layer all takes all \(count))")
  }
}
