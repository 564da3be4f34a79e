public import Explanations
import Foundation

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

  /// What is explained, how and where.
  public var request: ExplanationRequest

  /// Whether there is an account of where relevance went.
  public var hasLedger = false

  /// Whether the channels that weigh most are told, and the weights of all are kept.
  public var ranksChannels = false

  /// Whether files that other settings made are replaced; they are failures otherwise.
  public var replacesFiles = true

  /// The folder for the files; made if it is not there.
  public var folder = "explanations"

  /// What is written; nil for all of it, where tables are part of summaries only.
  public var formats: Set<Format>?

  /// Whether there are files for each input, or a summary of all.
  public var arrangement = Arrangement.automatic

  /// Finds bands of spectra, which are told and written as a table; nil looks for none.
  public var bands: (@Sendable (Model) -> BandFinder)?

  /// The folder of an evaluation of the network, whose verdicts stand on figures; nil for none.
  public var evaluation: String?

  /// A folder where there may be an evaluation of the network; if there is none, or of another, nothing is
  /// said.
  public var nearbyEvaluation: String?

  /// Whether pictures are left alone that a run with the same settings has explained in the folder.
  public var resumes = false

  /// Creates settings with defaults for the rest.
  ///
  /// - Parameter request: What is explained, how and where.
  public init(_ request: ExplanationRequest) {
    self.request = request
  }

  /// Explains the inputs.
  ///
  /// - Parameter reporter: Where notes, failures and progress go.
  /// - Returns: What was written, and the failures.
  /// - Throws: What is wrong with the network or a setting; a bad input is a failure instead.
  @concurrent
  public func run(_ reporter: WorkflowReporter = WorkflowReporter()) async throws -> ExplainResult {
    let start = ContinuousClock.now
    let path = request.model.path
    async let digest = ModelDigest.sha256(of: URL(fileURLWithPath: path))
    let network = try request.model.load(for: request.choice)
    let readSeconds = start.secondsSince
    network.announceOutput(request.model.output, reporter)
    var plan = try request.fitted(to: network, reporter)
      .plan(for: network, hasLedger: hasLedger)
    if ranksChannels { try plan.keepChannelWeights() }
    plan.advise(on: network, reporter)
    if request.layers.isEmpty { plan.announceDefault(of: network, reporter) }
    let failures = FailureLog(reporter)
    let source = try InputSource(network, request.choice, reporter: reporter, failures: failures)
    guard source.count > 0 else {
      return ExplainResult(model: path, inputs: [], failures: failures.all)
    }
    try check(source)
    let folder = OutputFolder(path: folder, replaces: replacesFiles)
    let folders = MirroredFolders(request.inputs)
    try folder.prepare(with: Set(source.paths.map(folders.start)))
    let team = try ExplainerTeam(
      network, plan, options: request.options, batch: request.batch, count: source.count)
    let writer = ExplanationWriter(
      model: network, plan: plan, folder: folder,
      formats: formats ?? [.png, .svg, .npz, .json], colorMap: request.colorMap,
      preparation: source.record, origin: request.provenance(digest: try await digest),
      folders: folders, verdicts: try verdicts(for: plan, digest: try await digest, reporter))
    let run = ExplainRun(
      source: source, team: team, reporter: reporter, readSeconds: readSeconds)
    if source.pictures != nil, source.count > 1 {
      return try await recorded(run, writer, failures)
    }
    if !source.areSpectra || chosenArrangement == .each {
      let written = try await run.written(by: writer, failures)
      return ExplainResult(model: path, inputs: written, failures: failures.all)
    }
    return try await summarized(run, writer, failures)
  }

  /// What is written, now that formats are known: naming them asks for files of each input.
  var chosenArrangement: Arrangement {
    arrangement == .automatic && formats != nil ? .each : arrangement
  }

  /// What the files of a summary are called after: the only file or folder.
  var summaryName: String {
    guard request.inputs.count == 1 else { return "spectra" }
    let name = URL(fileURLWithPath: request.inputs[0]).standardizedFileURL.lastPathComponent
    let base = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return FileNames.safe(base.isEmpty ? name : base)
  }

  /// Refuses formats and arrangements that pictures do not have.
  private func check(_ source: InputSource) throws(WorkflowError) {
    if resumes, source.pictures == nil {
      throw WorkflowError(.invalidSetting, "only runs over files of pictures are resumed")
    }
    if source.areSpectra { return }
    guard formats?.isDisjoint(with: [.png, .npz, .json]) != true else {
      throw WorkflowError(
        .invalidSetting, "svg and csv are for spectra; pictures are written as png (--formats png)")
    }
    guard arrangement != .summary, arrangement != .both else {
      throw WorkflowError(
        .invalidSetting, "means over inputs are of spectra; pictures do not lie on one axis")
    }
  }
}
