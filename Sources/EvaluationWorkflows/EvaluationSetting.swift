import Catalogs
import Evaluation
import ExplanationQuality
import Explanations
import Foundation
import GraphExecution
import TensorCore
import Workflows

/// Everything that an evaluation needs to know, found out once.
struct EvaluationSetting: Sendable {
  let model: Model
  let plan: EvaluationPlan
  let identity: RunIdentity

  /// What is explained of each input; nil where users name a target of their own.
  let subject: EvaluateWorkflow.Subject?
  let truth: JudgedTruth?

  /// What is explained, where users name it.
  let title: String

  /// Reads the network and checks what is asked for.
  init(_ workflow: EvaluateWorkflow, _ reporter: WorkflowReporter) throws {
    let request = workflow.request
    model = try request.model.load(for: request.choice)
    try Self.check(model)
    truth = try workflow.truth.map { [model] in
      try JudgedTruth($0, model: model, tolerance: workflow.bandTolerance, reporter)
    }
    title = request.targets.joined(separator: ", ")
    subject = try workflow.subject(for: truth)
    let explanations = try workflow.explanations(model, givesClasses: subject != nil, reporter)
    let axisCount = explanations.items[0].input.positions.count
    let metrics = try workflow.chosenMetrics(axisCount: axisCount, hasTruth: truth != nil)
    if truth == nil, let metric = metrics.first(where: { $0.metric.procedure.needsTruth }) {
      throw WorkflowError(
        .invalidSetting,
        "the metric \(metric.text) compares maps with what is known of inputs; say where things are (--truth)"
      )
    }
    if axisCount == 1, let metric = metrics.first(where: { $0.metric.procedure.needsPictures }) {
      throw WorkflowError(
        .invalidSetting,
        "the metric \(metric.text) puts things into pictures; spectra have bands in their places")
    }
    plan = EvaluationPlan(
      explanations, of: model, metrics: metrics,
      primary: Set(EvaluateWorkflow.primary(metrics, axisCount: axisCount)),
      controls: workflow.usesControls
        ? ControlCatalog.entries.filter { $0.axisCounts.contains(axisCount) } : [],
      usesNetworkControls: workflow.usesControls,
      scale: try workflow.followed(of: model, subject, reporter), seed: workflow.seed,
      options: request.options, bandWidth: workflow.bandWidth)
    identity = try RunIdentity(workflow, model, plan)
  }

  private static func check(_ model: Model) throws(WorkflowError) {
    guard model.output.positions.isEmpty else {
      throw WorkflowError(
        .unsuitableInput,
        "output \(model.output) has positions; maps of it cannot be judged yet, choose another with --output"
      )
    }
  }

  /// How many inputs are judged at a time.
  func laneCount(_ count: Int) -> Int {
    max(1, min(Program.threadCount, 8, (count + 1) / 2))
  }

  /// The metrics that are decided upon, of those that there are.
  func primary(in record: EvaluationRecord) -> [String] {
    EvaluateWorkflow.primary(record.metrics, axisCount: plan.positions.count)
  }
}

extension RunIdentity {
  fileprivate init(_ workflow: EvaluateWorkflow, _ model: Model, _ plan: EvaluationPlan) throws {
    let request = workflow.request
    self.init(
      model: model.name,
      modelDigest: try ModelDigest.sha256(of: URL(fileURLWithPath: request.model.path)),
      output: model.output.name, form: request.form.rawValue, scale: plan.scale,
      upsampling: request.upsampling.rawValue, precision: request.precision.rawValue,
      background: plan.explanations.background.digest, bandWidth: workflow.bandWidth,
      seed: workflow.seed)
  }
}

extension Background {
  /// What tells it from others.
  fileprivate var digest: String {
    let parts = [mean, black].compactMap(\.self) + classMeans + samples
    let bytes = parts.flatMap { [UInt8](littleEndian: $0.elements) }
    return bytes.isEmpty ? "" : (try? ModelDigest.sha256(of: Data(bytes))) ?? ""
  }
}
