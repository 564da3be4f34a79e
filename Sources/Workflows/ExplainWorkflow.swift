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
    /// Positions and values as a table; spectra only.
    case csv
  }

  /// Whether there are files for each input, or a summary of all.
  public enum Arrangement: Hashable, Sendable {
    /// Files for each picture; for each spectrum when there are few or formats are named, else a
    /// summary.
    case automatic
    /// Files for each input.
    case each
    /// One summary of all spectra: their maps as one array and one table, the mean map of each class
    /// with its deviation, and all maps as one picture.
    case summary
    /// Files for each spectrum, and the summary.
    case both
  }

  /// How many spectra get files of their own unless they are asked for.
  public static let greatestSeparateCount = 24

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

  /// What is written; nil for all of it, where tables are part of summaries only.
  public var formats: Set<Format>?

  /// Whether there are files for each input, or a summary of all.
  public var arrangement = Arrangement.automatic

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
    try check(source.kind)
    let folder = OutputFolder(path: folder)
    try folder.prepare()
    let team = try ExplainerTeam(
      network, plan, options: ProgramOptions(precision: precision), batch: batch)
    let separate = ExplanationWriter(
      model: network, plan: plan, folder: folder,
      formats: formats ?? [.png, .svg, .npz, .json], colorMap: colorMap)
    var provenance = Provenance(
      model: path, modelSHA256: "", oneDNNVersion: Program.libraryVersion,
      threads: Program.threadCount, precision: precision.rawValue)
    provenance.timings.read = readSeconds
    provenance.modelSHA256 = try await digest
    let parts = RunParts(
      source: source, team: team, provenance: provenance, reporter: reporter)
    if source.kind == .picture || chosenArrangement == .each {
      let written = try await parts.run(separate).all()
      return ExplainResult(model: path, inputs: written, failures: source.failures)
    }
    return try await summarized(parts, separate)
  }

  /// Explains spectra and then decides, by their number, what is written about them.
  private func summarized(
    _ parts: RunParts, _ separate: ExplanationWriter
  ) async throws -> ExplainResult {
    let keeper = SpectraKeeper(writer: separate)
    var explained = try await parts.run(keeper).all()
    let (jobs, arrangement) = (keeper.jobs, chosenArrangement)
    let areFew = arrangement == .automatic && jobs.count <= Self.greatestSeparateCount
    if areFew || arrangement == .both { explained = await separate.write(jobs, parts.source) }
    var summaries: [MapSummary] = []
    if !areFew, !jobs.isEmpty {
      if arrangement == .automatic {
        parts.reporter.note(
          "\(jobs.count) spectra: one summary of all (--each writes files for each of them)")
      }
      let writer = MapSummaryWriter(
        model: separate.model, plan: separate.plan, folder: separate.folder,
        formats: formats ?? Set(Format.allCases), colorMap: colorMap, name: summaryName)
      summaries = try await writer.write(jobs)
    }
    return ExplainResult(
      model: model.path, inputs: explained, summaries: summaries,
      failures: parts.source.failures)
  }

  /// What is written, now that formats are known: naming them asks for files of each input.
  private var chosenArrangement: Arrangement {
    arrangement == .automatic && formats != nil ? .each : arrangement
  }

  /// What the files of a summary are called after: the only file or folder.
  private var summaryName: String {
    guard inputs.count == 1 else { return "spectra" }
    let name = URL(fileURLWithPath: inputs[0]).standardizedFileURL.lastPathComponent
    let base = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return FileNames.safe(base.isEmpty ? name : base)
  }

  /// Refuses formats and arrangements that pictures do not have.
  private func check(_ kind: InputKind) throws(WorkflowError) {
    guard kind == .picture else { return }
    guard formats?.isDisjoint(with: [.png, .npz, .json]) != true else {
      throw WorkflowError(
        .invalidSetting, "svg and csv are for spectra; pictures are written as png (--formats png)")
    }
    guard arrangement != .summary, arrangement != .both else {
      throw WorkflowError(
        .invalidSetting, "means over inputs are of spectra; pictures do not lie on one axis")
    }
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
