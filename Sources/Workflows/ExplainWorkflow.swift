public import Explanations
public import Figures
import Foundation
public import GraphExecution
public import SpectralData

/// Explains what a network sees in files, and writes pictures and numbers of it.
public struct ExplainWorkflow: Sendable {
  /// A file that an explanation can be written as.
  public enum Format: String, CaseIterable, Codable, Hashable, Sendable {
    /// A picture of the input and the map.
    case png
    /// The same as a vector graphic; spectra only.
    case svg
    /// Map, scores and input as arrays.
    case npz
    /// What is needed to read and repeat it.
    case json
  }

  /// The network.
  public var model: ModelSettings

  /// Files and folders.
  public var inputs: [String]

  /// The methods and their settings.
  public var methods: [ChosenMethod]

  /// Names of layers; empty means the default layer, `all` every layer that has a map.
  public var layers: [String] = []

  /// What is explained, as users write it; empty means the class with the highest score.
  public var targets: [String] = []

  /// Whether logits or probabilities are explained.
  public var form = ScoreForm.logit

  /// How maps are brought to the positions of the input.
  public var upsampling = Upsampling.receptiveField

  /// Whether there is an account of where relevance went.
  public var hasLedger = false

  /// The folder for the files; made if it is not there.
  public var folder = "explanations"

  /// The colors of maps without negative values.
  public var colorMap = ColorMap.turbo

  /// What is written.
  public var formats: Set<Format> = Set(Format.allCases)

  /// How many inputs run at once; nil chooses by their size.
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

  /// Explains the inputs.
  ///
  /// - Parameter reporter: Where notes, failures and progress go.
  /// - Returns: What was written, and the failures.
  /// - Throws: What is wrong with the network or a setting; a bad input is a failure instead.
  @concurrent
  public func run(_ reporter: WorkflowReporter = WorkflowReporter()) async throws -> ExplainResult {
    let clock = ContinuousClock()
    let start = clock.now
    let path = model.path
    async let digest = ModelDigest.sha256(of: URL(fileURLWithPath: path))
    let network = try model.load()
    let readSeconds = (clock.now - start) / .seconds(1)
    let plan = try plan(for: network)
    announceLayers(plan, reporter)
    let source = try InputSource(network, paths: inputs, unit: unit, reporter: reporter)
    guard source.count > 0 else {
      return ExplainResult(model: path, inputs: [], failures: source.failures)
    }
    guard formats != [.svg] || source.kind == .spectrum else {
      throw WorkflowError(
        .invalidSetting, "svg is for spectra; pictures are written as png (--formats png)")
    }
    let folder = OutputFolder(path: folder)
    try folder.prepare()
    let explainer = Explainer(
      network, plan, options: ProgramOptions(precision: precision), batch: batch)
    let writer = ExplanationWriter(
      model: network, plan: plan, folder: folder, formats: formats, colorMap: colorMap)
    var provenance = Provenance(
      model: path, modelSHA256: "", oneDNNVersion: Program.libraryVersion,
      threads: Program.threadCount, precision: precision.rawValue)
    provenance.timings.read = readSeconds
    provenance.modelSHA256 = try await digest
    let run = ExplainRun(
      source: source, explainer: explainer, writer: writer, provenance: provenance,
      reporter: reporter)
    let written = try await run.all()
    return ExplainResult(model: path, inputs: written, failures: source.failures)
  }

  private func plan(for network: Model) throws -> ExplanationPlan {
    let targets = try self.targets.map { try Target($0, model: network) }
    let names =
      layers == ["all"] ? network.layers.filter(\.isMappable).map(\.name) : layers
    return try ExplanationPlan(
      network, methods: methods, layers: names, targets: targets.isEmpty ? [.ranked(0)] : targets,
      form: form, upsampling: upsampling, hasLedger: hasLedger)
  }

  private func announceLayers(_ plan: ExplanationPlan, _ reporter: WorkflowReporter) {
    plan.advise(reporter)
    guard layers.isEmpty, let layer = plan.layers.first else { return }
    reporter.note("layer: \(layer.name) (default; choose another with --layer)")
  }
}

extension ExplanationPlan {
  /// Says what should be known about the methods and where they look.
  func advise(_ reporter: WorkflowReporter) {
    if let note = rawScoreNote { reporter.note(note) }
    for chosen in methods where layers.contains(where: { !$0.isDefault }) {
      if let advice = chosen.method.advice {
        reporter.note("note: \(chosen.method.id) is \(advice)")
      }
    }
  }
}
