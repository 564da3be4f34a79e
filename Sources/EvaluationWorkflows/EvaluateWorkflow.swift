public import Evaluation
public import ExplanationQuality
import Explanations
import Foundation
import GraphExecution
import TensorCore
public import Workflows

/// Judges maps of a network on pictures or spectra, and tells which may be believed.
public struct EvaluateWorkflow: Sendable {
  /// What is explained of each input.
  public enum Subject: String, Sendable, Hashable, CaseIterable {
    /// The class with the highest score.
    case top
    /// The class that the input is said to be of; inputs that the network takes for others are left out.
    case label
    /// Of the things that truth marks in the input, the one whose class has the highest score.
    case truth
  }

  /// Methods, layers, inputs and how graphs are compiled; a target of its own is taken over `subject`.
  public var request: ExplanationRequest

  /// What is explained of each input; nil takes `truth` where there is some, else `top`.
  public var subject: Subject?

  /// The file or folder that says where things are; nil for none.
  public var truth: String?

  /// What maps are judged by; empty takes the usual metrics.
  public var metrics: [ChosenMetric] = []

  /// Whether all metrics that suit are taken instead.
  public var takesAllMetrics = false

  /// The method that others are compared with; nil takes the first.
  public var reference: String?

  /// Whether maps that know nothing of the network stand beside the others.
  public var usesControls = true

  /// What of the network's answer is followed; nil takes probabilities where there are some.
  public var scale: FollowedScore?

  /// Ends once the 95 % intervals of all differences from the reference, by the primary metrics, reach no
  /// further than so much to either side, in percent; nil judges all inputs.
  public var until: Double?

  /// The half of the inputs that is judged and told, by what they hold; nil for all.
  public var half: EvaluationHalf?

  /// How many inputs are judged at most; nil for all.
  public var limit: Int?

  /// Where random numbers start.
  public var seed: UInt64 = 0

  /// The length of intervals of an axis that are hidden as a whole, in positions; nil for 2 % of the axis.
  public var bandWidth: Int?

  /// What is added on both sides of known bands, in the unit of the axis.
  public var bandTolerance = 0.0

  /// The folder for the store, tables and the page.
  public var folder = "evaluation"

  /// Whether nothing is computed, and what the store holds is told again.
  public var tellsOnly = false

  /// Creates settings with defaults for the rest.
  public init(_ request: ExplanationRequest) {
    self.request = request
  }

  /// Judges the maps.
  ///
  /// - Parameter reporter: Where notes, failures and progress go.
  /// - Returns: What was found, and the files.
  /// - Throws: What is wrong with the network or a setting; a bad input is a failure instead.
  @concurrent
  public func run(_ reporter: WorkflowReporter = WorkflowReporter()) async throws
    -> EvaluationResult
  {
    let setting = try EvaluationSetting(self, reporter)
    let output = OutputFolder(path: folder)
    try output.prepare()
    let store = try EvaluationStore(path: output.file("evaluation.sqlite"))
    let number = try store.run(setting.identity, version: VitrineVersion.text)
    let failures = FailureLog(reporter)
    var isComplete = true
    if !tellsOnly {
      do {
        try await judge(setting, store, number, failures, reporter)
      } catch is CancellationError {
        isComplete = false
        reporter.note("stopped; what was judged so far is told, and the same command goes on")
      }
    }
    let record = try store.record(of: number, half: half, own: metrics)
    guard !record.samples.isEmpty else {
      if !failures.all.isEmpty {
        throw WorkflowError(.unsuitableInput, "no input could be judged, for the reasons above")
      }
      throw tellsOnly
        ? WorkflowError(.unreadable, "\(folder): nothing was judged yet with these settings")
        : WorkflowError(
          .unsuitableInput, "no input was judged: all were left out, for the reasons above")
    }
    let table = EvaluationTable(
      record, primary: Set(setting.primary(in: record)),
      reference: reference ?? setting.plan.explanations.methods.first?.method.id, seed: seed)
    let told = EvaluationTelling(
      table: table, setting: setting, failures: failures.all, isComplete: isComplete,
      half: half)
    let gallery = EvaluationGallery(telling: told, store: store)
    return try EvaluationWriter(told, folder: output, store: store)
      .write(try await gallery.blocks())
  }

  private func judge(
    _ setting: EvaluationSetting, _ store: EvaluationStore, _ number: Int64,
    _ failures: FailureLog, _ reporter: WorkflowReporter
  ) async throws {
    let source = try InputSource(
      setting.model, request.choice, reporter: reporter, failures: failures)
    try setting.truth?.compare(with: source.paths)
    let samples = try JudgedSamples(
      setting, source, failures: failures, half: half, limit: limit)
    let run = try EvaluationRun(
      setting.plan, store: store, number: number, laneCount: setting.laneCount(source.count))
    let progress = JudgingProgress(reporter, total: samples.expectedCount)
    let stopping = until.map {
      StoppingRule(halfWidth: $0 / 100, store: store, number: number, workflow: self, setting)
    }
    try await run.evaluate(
      { try await samples.next() },
      EvaluationRun.Events(
        progress: { progress.add($0) },
        failure: { failures.add(InputFailure($0.name, $1)) },
        isEnough: { stopping?.isMet(reporter) ?? false }))
    samples.announceOmissions(reporter)
  }
}
