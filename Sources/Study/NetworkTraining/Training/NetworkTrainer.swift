package import Foundation
package import GraphExecution
package import TensorCore

/// What a training makes of a network's parameters.
package struct TrainedWeights: Sendable {
  /// The parameters and statistics: those of the lowest validation loss where there were validation
  /// samples or patience, else those of the last step.
  package let weights: NetworkWeights

  /// Every epoch.
  package let history: [TrainingProgress]

  /// Why training ended.
  package let ending: TrainingEnding

  /// The epoch that the weights are of, from 1; 0 when cancelled before the first ended.
  package let chosenEpoch: Int
}

/// Trains networks of one architecture on samples of any shape.
///
/// Compiled steps are kept, so that many trainings on data of one size, as in cross-validation,
/// compile once. A trainer is for one training at a time; for several at once make several, each
/// with a lane of its own.
package final class NetworkTrainer {
  /// The layers.
  package let architecture: any NetworkArchitecture

  /// Where programs run.
  package let lane: ExecutionLane

  private var steps: [StepKey: TrainingStep] = [:]
  private var evaluations: [StepKey: EvaluationStep] = [:]

  private struct StepKey: Hashable {
    let sampleShape: Shape
    let task: LearningTask
    let batchSize: Int
  }

  /// How programs are compiled.
  package let options: ProgramOptions

  /// Prepares trainings.
  ///
  /// - Parameters:
  ///   - architecture: The layers.
  ///   - options: How programs are compiled; parameters and their steps are `Float` in any case.
  ///   - lane: Where programs run.
  package init(
    _ architecture: any NetworkArchitecture, options: ProgramOptions = ProgramOptions(),
    lane: ExecutionLane = .shared
  ) {
    self.architecture = architecture
    self.options = options
    self.lane = lane
  }

  /// Trains a network.
  ///
  /// - Parameters:
  ///   - samples: What it is trained on.
  ///   - targets: What it should say of each.
  ///   - initial: Parameters that do not begin as their layers say, by name.
  ///   - validation: Samples that choose the epoch, and tell when to stop, with what is right of them.
  ///   - settings: How; the scaling of inputs is that of whoever makes the samples.
  ///   - checkpoint: Where the state is kept after every epoch, if anywhere.
  ///   - resumes: Whether to go on from the checkpoint if there is one.
  ///   - isCancelled: Whether to end now; asked before every step.
  ///   - report: Is told about every epoch.
  /// - Returns: What came out.
  /// - Throws: `LearningError` when settings make no sense, the loss is not a number, or the checkpoint
  ///   belongs to another training; what samples, graphs and programs throw.
  package func train(
    _ samples: any TrainingSamples, _ targets: LearningTargets,
    initial: NetworkWeights = NetworkWeights([:]),
    validation: (samples: any ValidationSamples, targets: LearningTargets)? = nil,
    settings: TrainingSettings, checkpoint: URL? = nil, resumes: Bool = false,
    isCancelled: () -> Bool = { Task.isCancelled }, report: (TrainingProgress) -> Void = { _ in }
  ) throws -> TrainedWeights {
    try settings.check(targets)
    let batches = BatchPlan(sampleCount: samples.count, wantedSize: settings.batchSize)
    let plan = plan(samples, targets)
    let step = try step(plan, batchSize: batches.batchSize * samples.versionCount)
    let run = TrainingRun(
      step: step, batches: batches, samples: samples, targets: targets,
      validation: try validation.map { samples, targets in
        ValidationRun(
          step: try evaluation(plan, count: samples.count), samples: samples,
          targets: LossTargets(targets, settings, TargetScaling(targets)))
      }, settings: settings)
    let keeper = checkpoint.map {
      CheckpointFile(
        url: $0, settings: settings, architecture: architecture, samples: samples, targets: targets)
    }
    var state = TrainingState(step, settings, initial: initial)
    if resumes, let known = try keeper?.read(like: state) { state = known }
    return try run.finish(&state, keeper, isCancelled: isCancelled, report: report)
  }

  private func plan(_ samples: any TrainingSamples, _ targets: LearningTargets) -> TrainingGraphs {
    TrainingGraphs(
      architecture: architecture, sampleShape: samples.sampleShape, task: LearningTask(targets))
  }

  private func step(_ plan: TrainingGraphs, batchSize: Int) throws -> TrainingStep {
    let key = StepKey(sampleShape: plan.sampleShape, task: plan.task, batchSize: batchSize)
    if let known = steps[key] { return known }
    let step = try TrainingStep(plan, batchSize: batchSize, options: options, lane: lane)
    steps[key] = step
    return step
  }

  private func evaluation(_ plan: TrainingGraphs, count: Int) throws -> EvaluationStep {
    let size = min(16, count)
    let key = StepKey(sampleShape: plan.sampleShape, task: plan.task, batchSize: size)
    if let known = evaluations[key] { return known }
    let step = try EvaluationStep(plan, batchSize: size, options: options, lane: lane)
    evaluations[key] = step
    return step
  }

  /// The scores of samples.
  ///
  /// - Parameters:
  ///   - samples: At least one, of a shape that the layers take.
  ///   - shape: That shape, without the sample axis.
  ///   - classCount: How many classes there are.
  ///   - weights: What the network has learned.
  /// - Returns: One row each.
  /// - Throws: What building, compiling and running throw.
  package func scores(
    of samples: any ValidationSamples, shape: Shape, classCount: Int, weights: NetworkWeights
  ) throws -> [[Float]] {
    let plan = TrainingGraphs(
      architecture: architecture, sampleShape: shape,
      task: .classification(classCount: classCount))
    return try evaluation(plan, count: samples.count).scores(samples, weights: weights)
  }

  /// The median time of every kernel of a step, for finding out what is slow.
  ///
  /// - Parameters:
  ///   - samples: What would be trained on.
  ///   - targets: What the network should say of each.
  ///   - settings: How.
  /// - Returns: The name of every kernel and its seconds, in order.
  /// - Throws: As `train`.
  package func profile(
    _ samples: any TrainingSamples, _ targets: LearningTargets, settings: TrainingSettings
  ) throws -> [(kernel: String, seconds: Double)] {
    let batches = BatchPlan(sampleCount: samples.count, wantedSize: settings.batchSize)
    let step = try step(
      plan(samples, targets), batchSize: batches.batchSize * samples.versionCount)
    let run = TrainingRun(
      step: step, batches: batches, samples: samples, targets: targets, validation: nil,
      settings: settings)
    let state = TrainingState(step, settings)
    var generator = SplitMix64(seed: settings.seed)
    let slots = batches.slots(Array(0..<samples.count), versionCount: samples.versionCount)[0]
    let inputs = try run.inputs(state, slots, &generator)
    let runs = try (0..<9).map { _ in try step.profile(inputs) }
    return runs[0].indices.map { kernel in
      (runs[0][kernel].step, runs.map { $0[kernel].seconds }.sorted()[runs.count / 2])
    }
  }
}

/// Samples that choose the epoch.
struct ValidationRun {
  let step: EvaluationStep
  let samples: any ValidationSamples
  let targets: LossTargets

  /// The loss, and the share that is recognized.
  func result(_ weights: NetworkWeights) throws -> (loss: Float, accuracy: Float?) {
    let scores = try step.scores(samples, weights: weights)
    let recognized = targets.recognizedCount(scores, targets.allSlots)
    return (targets.loss(scores), recognized.map { Float($0) / Float(scores.count) })
  }
}
