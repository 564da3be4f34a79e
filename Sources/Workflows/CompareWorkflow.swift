public import Explanations
public import Figures
import Foundation
public import GraphExecution
public import SpectralData
import TensorCore

/// Draws what several methods see at several layers, as one picture for each input.
public struct CompareWorkflow: Sendable {
  /// The methods that are compared when none is named.
  public static let standardMethods = ["grad-cam", "relevance-cam", "relevance-map"]

  /// The network.
  public var model: ModelSettings

  /// Files and folders.
  public var inputs: [String]

  /// The methods and their settings.
  public var methods: [ChosenMethod]

  /// Names of layers; `all` stands for the ends of stages, `every` for each layer that has a map.
  public var layers = ["all"]

  /// What is explained, as users write it; empty means the class with the highest score.
  public var targets: [String] = []

  /// Whether logits or probabilities are explained.
  public var form = ScoreForm.logit

  /// How maps are brought to the positions of the input.
  public var upsampling = Upsampling.receptiveField

  /// Where the positive part of maps is measured; nil for nowhere.
  public var region: MapRegion?

  /// What maps are divided by.
  public var division = ComparisonFigure.Division.cell

  /// The folder for the files; made if it is not there.
  public var folder = "comparisons"

  /// The colors of maps without negative values.
  public var colorMap = ColorMap.turbo

  /// How many inputs run at once; nil chooses by their size and the number of maps.
  public var batch: Int?

  /// What convolutions compute with.
  public var precision = ProgramOptions.Precision.float32

  /// What positions of spectra are measured in, where their files do not say.
  public var unit: AxisUnit?

  /// Creates settings with defaults for the rest.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - inputs: Files and folders.
  ///   - methods: The methods and their settings.
  public init(model: ModelSettings, inputs: [String], methods: [ChosenMethod]) {
    self.model = model
    self.inputs = inputs
    self.methods = methods
  }

  /// Compares the methods on the inputs.
  ///
  /// - Parameter reporter: Where notes, failures and progress go.
  /// - Returns: What was written, and the failures.
  /// - Throws: What is wrong with the network or a setting; a bad input is a failure instead.
  @concurrent
  public func run(_ reporter: WorkflowReporter = WorkflowReporter()) async throws -> CompareResult {
    let network = try model.load()
    let plan = try plan(for: network, reporter)
    let source = try InputSource(network, paths: inputs, unit: unit, reporter: reporter)
    guard source.count > 0 else {
      return CompareResult(
        model: model.path, scale: division, inputs: [], failures: source.failures)
    }
    if let region, (region.bounds.count == 4) != (source.kind == .picture) {
      throw WorkflowError(
        .invalidSetting,
        "a region has four bounds in a picture and two in a spectrum, not \(region.bounds.count)")
    }
    let output = OutputFolder(path: folder)
    try output.prepare()
    // The more maps an input has, the fewer inputs are held in memory together.
    let preferred = Explainer.preferredBatch(for: network)
    let explainer = Explainer(
      network, plan, options: ProgramOptions(precision: precision),
      batch: batch ?? max(1, preferred * 4 / max(4, plan.items.count)))
    let writer = ComparisonWriter(
      model: network, plan: plan, folder: output, division: division, colorMap: colorMap,
      region: region)
    let provenance = Provenance(
      model: model.path, modelSHA256: "", oneDNNVersion: Program.libraryVersion,
      threads: Program.threadCount, precision: precision.rawValue)
    let run = ExplainRun(
      source: source, team: ExplainerTeam(explainer), writer: writer, provenance: provenance,
      reporter: reporter)
    let written = try await run.all()
    return CompareResult(
      model: model.path, scale: division, inputs: written, failures: source.failures)
  }

  private func plan(
    for network: Model, _ reporter: WorkflowReporter
  ) throws -> ExplanationPlan {
    guard !methods.isEmpty else {
      throw WorkflowError(.invalidSetting, "no method is named; \"vitrine methods\" lists them")
    }
    let targets = try self.targets.map { try Target($0, model: network) }
    var plan = try ExplanationPlan(
      network, methods: methods, layers: names(of: network),
      targets: targets.isEmpty ? [.ranked(0)] : targets, form: form, upsampling: upsampling)
    plan.alignsMaps = false
    let rowCount = plan.layers.count + (plan.items.contains { $0.layer == nil } ? 1 : 0)
    try ComparisonFigure.check(
      rowCount: rowCount, columnCount: plan.methods.count * plan.targets.count)
    plan.advise(reporter)
    if layers.contains("all"), !plan.layers.isEmpty { announce(network, reporter) }
    return plan
  }

  /// The names of the layers, with what stands for several replaced by them.
  private func names(of network: Model) -> [String] {
    layers.flatMap { name in
      switch name {
      case "all": network.stageEnds.map(\.name)
      case "every": network.layers.filter(\.isMappable).map(\.name)
      default: [name]
      }
    }
  }

  private func announce(_ network: Model, _ reporter: WorkflowReporter) {
    let names = FileNames.heads(layers: network.stageEnds.map(\.name)).joined(separator: ", ")
    let count = network.layers.count(where: \.isMappable)
    reporter.note(
      "layers: \(names) (the last of each resolution; --layers every takes all \(count))")
  }
}
