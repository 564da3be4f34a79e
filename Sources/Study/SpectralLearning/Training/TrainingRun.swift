import Foundation
import GraphExecution
import TensorCore

/// One training, from its first or a later epoch to its end.
struct TrainingRun {
  let plan: TrainingGraphs
  let step: TrainingStep
  let evaluation: EvaluationStep?
  let batches: BatchPlan
  let data: TrainingData
  let validation: TrainingData?
  let settings: TrainingSettings

  /// What stands beside the layers; the targets of the data are what it leaves over.
  let linearPath: LinearPath?

  let augmentation: Trainer.Augmentation?

  private let scaling: FittedInputScaling
  private let targetScaling: TargetScaling
  private let targets: LossTargets
  private let scaledValidationRows: [[Float]]
  private let valueCounts: [Int]

  init(
    plan: TrainingGraphs, step: TrainingStep, evaluation: EvaluationStep?, batches: BatchPlan,
    data: TrainingData, validation: TrainingData?, settings: TrainingSettings,
    linearPath: LinearPath?, augmentation: Trainer.Augmentation?
  ) {
    self.plan = plan
    self.step = step
    self.evaluation = evaluation
    self.batches = batches
    self.data = data
    self.validation = validation
    self.settings = settings
    self.linearPath = linearPath
    self.augmentation = augmentation
    scaling = settings.inputScaling.fit(data.rows)
    targetScaling = TargetScaling(data.targets)
    targets = LossTargets(data.targets, settings, targetScaling)
    scaledValidationRows = validation?.rows.map(scaling.apply) ?? []
    valueCounts = step.description.normalizations.map(\.valueCount)
  }

  /// Trains the epochs that are left.
  func finish(
    _ state: inout TrainingState, _ keeper: CheckpointFile?, isCancelled: () -> Bool,
    report: (TrainingProgress) -> Void
  ) throws -> TrainingResult {
    let start = ContinuousClock.now
    let first = state.epoch
    var history: [TrainingProgress] = []
    var ending = TrainingEnding.completed
    while state.epoch < settings.epochCount {
      if isOutOfPatience(state) {
        ending = .stoppedEarly
        break
      }
      var next = state
      guard let totals = try trainEpoch(&next, isCancelled) else {
        ending = .cancelled
        break
      }
      next.epoch += 1
      let (loss, accuracy) = try validate(next)
      note(loss ?? totals.loss, &next)
      state = next
      try keeper?.write(state)
      let taken = (ContinuousClock.now - start) / .seconds(1)
      let left = Double(settings.epochCount - state.epoch) * taken / Double(state.epoch - first)
      let progress = TrainingProgress(
        epoch: state.epoch, epochCount: settings.epochCount, loss: totals.loss,
        accuracy: totals.accuracy, validationLoss: loss, validationAccuracy: accuracy,
        learningRate: totals.rate, secondsTaken: taken, secondsLeft: left)
      history.append(progress)
      report(progress)
    }
    return result(state, history, ending)
  }

  /// Whether the watched loss has not fallen for too long.
  private func isOutOfPatience(_ state: TrainingState) -> Bool {
    settings.patience.map { state.watch.waitingCount >= $0 } ?? false
  }

  /// Whether the best epoch is chosen in the end, rather than the last one.
  private var choosesBest: Bool { validation != nil || settings.patience != nil }

  private func result(
    _ state: TrainingState, _ history: [TrainingProgress], _ ending: TrainingEnding
  ) -> TrainingResult {
    let best = choosesBest ? state.best : nil
    let weights = TrainingState.weights(
      best?.parameters ?? state.parameters, best?.statistics ?? state.statistics, step)
    let network = TrainedNetwork(
      architecture: plan.architecture, pointCount: plan.pointCount, task: plan.task,
      weights: weights, inputScaling: scaling, targetScaling: targetScaling,
      linearPath: linearPath)
    return TrainingResult(
      network: network, history: history, ending: ending, chosenEpoch: best?.epoch ?? state.epoch)
  }

  private struct Totals {
    var loss: Float
    var accuracy: Float?
    var rate: Float
  }

  /// Takes the steps of an epoch; nil when the task was cancelled on the way.
  private func trainEpoch(
    _ state: inout TrainingState, _ isCancelled: () -> Bool
  ) throws -> Totals? {
    var generator = SplitMix64(seed: settings.seed, stream: state.epoch, of: .trainings)
    // The standard library's order, which every network trained so far rests on.
    let order = data.rows.indices.shuffled(using: &generator)
    var (loss, recognized, rate) = (0.0, 0, Float(0))
    for (indices, counted) in batches.batches(order) {
      if isCancelled() { return nil }
      rate = settings.learningRate * share(state)
      let result = try runStep(state, indices, counted, &generator)
      guard result.loss.isFinite else {
        throw LearningError(
          .diverged,
          "the loss is not a number in epoch \(state.epoch + 1); choose a lower learning rate than"
            + " \(settings.learningRate) or limit the gradient")
      }
      var gradients = result.gradients
      if settings.gradientLimit != nil {
        GradientClipping.apply(&gradients, limit: settings.gradientLimit)
      }
      state.optimizer.step(
        settings.optimizer, &state.parameters, gradients: gradients, decays: step.decays,
        rate: rate)
      state.note(result.moments, valueCounts: valueCounts.map { $0 * batches.batchSize })
      loss += Double(result.loss) * Double(counted)
      recognized +=
        targets.recognizedCount(rows(result.scores), indices, countedCount: counted) ?? 0
    }
    let count = Double(data.rows.count)
    let isClassification = if case .classification = plan.task { true } else { false }
    return Totals(
      loss: Float(loss / count),
      accuracy: isClassification ? Float(Double(recognized) / count) : nil, rate: rate)
  }

  private func runStep(
    _ state: TrainingState, _ indices: [Int], _ counted: Int,
    _ generator: inout SplitMix64
  ) throws -> TrainingStep.Result {
    var (targets, weights) = targets.inputs(indices, countedCount: counted)
    var spectra: [Float] = []
    spectra.reserveCapacity(indices.count * plan.pointCount)
    for (slot, index) in indices.enumerated() {
      guard let augmentation else {
        spectra += scaling.apply(data.rows[index])
        continue
      }
      var row = data.rows[index]
      augmentation(&row, &generator)
      guard row.count == plan.pointCount else {
        throw LearningError(
          .invalidSetting, "augmentation changed \(plan.pointCount) points to \(row.count)")
      }
      spectra += scaling.apply(row)
      correct(&targets, slot, for: row, of: data.rows[index])
    }
    let masks = step.description.dropouts.map { layer in
      let kept = 1 / (1 - layer.rate)
      return (0..<layer.shape.elementCount).map { _ in
        generator.uniform() < layer.rate ? Float(0) : kept
      }
    }
    return try step.run(
      parameters: state.parameters, spectra: spectra, targets: targets, weights: weights,
      masks: masks)
  }

  /// Takes from the targets of a spectrum what the linear path says more of it since it was varied.
  private func correct(
    _ targets: inout [Float], _ slot: Int, for varied: [Float], of row: [Float]
  ) {
    guard let linearPath else { return }
    let (now, before) = (linearPath.values(of: varied), linearPath.values(of: row))
    for output in now.indices {
      targets[slot * now.count + output] -=
        (now[output] - before[output]) / targetScaling.deviation[output]
    }
  }

  /// The share of the full learning rate in the next step.
  private func share(_ state: TrainingState) -> Float {
    settings.schedule.share(
      step: state.optimizer.stepCount, of: settings.epochCount * batches.batchCount,
      warmUpCount: settings.warmUpEpochCount * batches.batchCount,
      plateauShare: state.plateauShare)
  }

  private func validate(_ state: TrainingState) throws -> (loss: Float?, accuracy: Float?) {
    guard let validation, let evaluation else { return (nil, nil) }
    let weights = TrainingState.weights(state.parameters, state.statistics, step)
    let scores = try evaluation.scores(scaledValidationRows, weights: weights)
    let targets = LossTargets(validation.targets, settings, targetScaling)
    let count = scores.count
    let recognized = targets.recognizedCount(scores, Array(0..<count), countedCount: count)
    return (targets.loss(scores), recognized.map { Float($0) / Float(count) })
  }

  /// Notes the watched loss of an epoch.
  private func note(_ loss: Float, _ state: inout TrainingState) {
    if state.watch.note(loss), choosesBest {
      state.best = TrainingState.Best(
        epoch: state.epoch, parameters: state.parameters, statistics: state.statistics)
    }
    guard case .plateau(let factor, let patience) = settings.schedule else { return }
    if !state.plateau.note(loss), state.plateau.waitingCount >= patience {
      state.plateauShare *= factor
      state.plateau.wait()
    }
  }

  private func rows(_ scores: [Float]) -> [[Float]] {
    let width = plan.task.outputCount
    return (0..<batches.batchSize).map { Array(scores[$0 * width..<($0 + 1) * width]) }
  }
}
