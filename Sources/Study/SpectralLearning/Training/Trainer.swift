public import Foundation
public import GraphExecution
public import TensorCore

/// Trains networks of one architecture.
///
/// Compiled steps are kept, so that many trainings on data of one size, as in cross-validation,
/// compile once. A trainer is for one training at a time; for several at once make several, each
/// with a lane of its own.
public final class Trainer {
  /// Changes a spectrum before it is trained on, such as by noise or a shift; the length stays.
  public typealias Augmentation = @Sendable (inout [Float], inout SplitMix64) -> Void

  /// The layers.
  public let architecture: any NetworkArchitecture

  /// Where programs run.
  public let lane: ExecutionLane

  private var steps: [StepKey: TrainingStep] = [:]
  private var evaluations: [StepKey: EvaluationStep] = [:]

  private struct StepKey: Hashable {
    let pointCount: Int
    let task: LearningTask
    let batchSize: Int
  }

  /// Prepares trainings.
  ///
  /// - Parameters:
  ///   - architecture: The layers.
  ///   - lane: Where programs run.
  public init(_ architecture: any NetworkArchitecture, lane: ExecutionLane = .shared) {
    self.architecture = architecture
    self.lane = lane
  }

  /// Trains a network.
  ///
  /// With the same data, settings and thread count the weights are the same bit by bit, also when
  /// the training was interrupted and resumed from its checkpoint. When the task is cancelled, the
  /// best weights so far are returned.
  ///
  /// - Parameters:
  ///   - data: Training spectra.
  ///   - validation: Spectra that choose the epoch, and tell when to stop; of the same kind.
  ///   - settings: How.
  ///   - linearPath: What leads straight to measured values beside the layers, which learn what it leaves
  ///     over; it stays as it is.
  ///   - checkpoint: Where the state is kept after every epoch, if anywhere.
  ///   - resumes: Whether to go on from the checkpoint if there is one.
  ///   - augmentation: Changes spectra before they are trained on.
  ///   - isCancelled: Whether to end now; asked before every step.
  ///   - report: Is told about every epoch.
  /// - Returns: The network and how it came about.
  /// - Throws: `LearningError` when data or settings make no sense, the loss is not a number, or the
  ///   checkpoint belongs to another training; what graphs and programs throw.
  public func train(
    _ data: TrainingData, validation: TrainingData? = nil,
    settings: TrainingSettings = TrainingSettings(), linearPath: LinearPath? = nil,
    checkpoint: URL? = nil, resumes: Bool = false, augmentation: Augmentation? = nil,
    isCancelled: () -> Bool = { Task.isCancelled }, report: (TrainingProgress) -> Void = { _ in }
  ) throws -> TrainingResult {
    try settings.check(data)
    try validation?.checkKind(of: data)
    let data = try linearPath.map { (path) throws in try data.subtracting(path) } ?? data
    let validation = try linearPath.map { path in try validation?.subtracting(path) } ?? validation
    let batches = BatchPlan(sampleCount: data.rows.count, wantedSize: settings.batchSize)
    let step = try step(data, batchSize: batches.batchSize)
    let evaluation = try validation.map { try self.evaluation($0) }
    let run = TrainingRun(
      plan: plan(data), step: step, evaluation: evaluation, batches: batches, data: data,
      validation: validation, settings: settings, linearPath: linearPath,
      augmentation: augmentation)
    let keeper = checkpoint.map {
      CheckpointFile(url: $0, settings: settings, architecture: architecture, data: data)
    }
    var state = TrainingState(step, settings)
    if resumes, let known = try keeper?.read(like: state) { state = known }
    return try run.finish(&state, keeper, isCancelled: isCancelled, report: report)
  }

  private func plan(_ data: TrainingData) -> TrainingGraphs {
    TrainingGraphs(
      architecture: architecture, pointCount: data.pointCount, task: LearningTask(data.targets))
  }

  private func step(_ data: TrainingData, batchSize: Int) throws -> TrainingStep {
    let plan = plan(data)
    let key = StepKey(pointCount: plan.pointCount, task: plan.task, batchSize: batchSize)
    if let known = steps[key] { return known }
    let step = try TrainingStep(plan, batchSize: batchSize, lane: lane)
    steps[key] = step
    return step
  }

  private func evaluation(_ data: TrainingData) throws -> EvaluationStep {
    let plan = plan(data)
    let size = min(16, data.rows.count)
    let key = StepKey(pointCount: plan.pointCount, task: plan.task, batchSize: size)
    if let known = evaluations[key] { return known }
    let step = try EvaluationStep(plan, batchSize: size, lane: lane)
    evaluations[key] = step
    return step
  }
}

extension TrainingData {
  /// Throws unless the data are of the same length and kind as other data.
  func checkKind(of other: TrainingData) throws(LearningError) {
    guard pointCount == other.pointCount,
      LearningTask(targets) == LearningTask(other.targets)
    else {
      throw LearningError(
        .invalidData, "validation spectra differ from training spectra in length or targets")
    }
  }
}

extension Trainer {
  /// The median time of every kernel of a step, for finding out what is slow.
  ///
  /// - Parameters:
  ///   - data: Training spectra.
  ///   - settings: How they would be trained on.
  /// - Returns: The name of every kernel and its seconds, in order.
  /// - Throws: As `train`.
  public func profile(
    _ data: TrainingData, settings: TrainingSettings = TrainingSettings()
  ) throws -> [(kernel: String, seconds: Double)] {
    let batches = BatchPlan(sampleCount: data.rows.count, wantedSize: settings.batchSize)
    let step = try step(data, batchSize: batches.batchSize)
    let state = TrainingState(step, settings)
    let indices = Array(0..<batches.batchSize)
    let (targets, weights) = LossTargets(data.targets, settings, TargetScaling(data.targets))
      .inputs(indices, countedCount: indices.count)
    let masks = step.description.dropouts.map { layer in
      [Float](repeating: 1, count: layer.shape.elementCount)
    }
    let runs = try (0..<9).map { _ in
      try step.profile(
        parameters: state.parameters, spectra: indices.flatMap { data.rows[$0] },
        targets: targets, weights: weights, masks: masks)
    }
    return runs[0].indices.map { kernel in
      (runs[0][kernel].step, runs.map { $0[kernel].seconds }.sorted()[runs.count / 2])
    }
  }
}
