import Foundation
import GraphExecution
import TensorCore

/// One training, from its first or a later epoch to its end.
struct TrainingRun {
  let step: TrainingStep
  let batches: BatchPlan
  let samples: any TrainingSamples
  let validation: ValidationRun?
  let settings: TrainingSettings

  private let targets: LossTargets
  private let valueCounts: [Int]

  init(
    step: TrainingStep, batches: BatchPlan, samples: any TrainingSamples,
    targets: LearningTargets, validation: ValidationRun?, settings: TrainingSettings
  ) {
    self.step = step
    self.batches = batches
    self.samples = samples
    self.validation = validation
    self.settings = settings
    self.targets = LossTargets(targets, settings, TargetScaling(targets))
    valueCounts = step.description.normalizations.map(\.valueCount)
  }

  /// Trains the epochs that are left.
  func finish(
    _ state: inout TrainingState, _ keeper: CheckpointFile?, isCancelled: () -> Bool,
    report: (TrainingProgress) -> Void
  ) throws -> TrainedWeights {
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
      let found = try validation?.result(weights(next))
      note(found?.loss ?? totals.loss, &next)
      state = next
      try keeper?.write(state)
      let taken = (ContinuousClock.now - start) / .seconds(1)
      let left = Double(settings.epochCount - state.epoch) * taken / Double(state.epoch - first)
      let progress = TrainingProgress(
        epoch: state.epoch, epochCount: settings.epochCount, loss: totals.loss,
        accuracy: totals.accuracy, validationLoss: found?.loss, validationAccuracy: found?.accuracy,
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
  ) -> TrainedWeights {
    let best = choosesBest ? state.best : nil
    return TrainedWeights(
      weights: TrainingState.weights(
        best?.parameters ?? state.parameters, best?.statistics ?? state.statistics, step),
      history: history, ending: ending, chosenEpoch: best?.epoch ?? state.epoch)
  }

  private func weights(_ state: TrainingState) -> NetworkWeights {
    TrainingState.weights(state.parameters, state.statistics, step)
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
    try samples.prepare(epoch: state.epoch) { weights(state) }
    var generator = SplitMix64(seed: settings.seed, stream: state.epoch, of: .trainings)
    // The standard library's order, which every network trained so far rests on.
    let order = (0..<samples.count).shuffled(using: &generator)
    var (loss, recognized, rate) = (0.0, Int?.none, Float(0))
    for slots in batches.slots(order, versionCount: samples.versionCount) {
      if isCancelled() { return nil }
      rate = settings.learningRate * share(state)
      let result = try step.run(inputs(state, slots, &generator))
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
        settings.optimizer, &state.parameters, gradients: gradients, parts: step.parts,
        rate: rate)
      state.note(result.moments, valueCounts: valueCounts.map { $0 * step.batchSize })
      loss += Double(result.loss) * Double(slots.count { $0.counts && $0.version == 0 })
      if let count = targets.recognizedCount(rows(result.scores), slots) {
        recognized = (recognized ?? 0) + count
      }
    }
    let count = Double(samples.count)
    return Totals(
      loss: Float(loss / count), accuracy: recognized.map { Float(Double($0) / count) },
      rate: rate)
  }

  /// What a step is computed of.
  func inputs(
    _ state: TrainingState, _ slots: [BatchSlot], _ generator: inout SplitMix64
  ) throws -> TrainingStep.Inputs {
    var (targets, weights) = targets.inputs(slots)
    let width = targets.count / slots.count
    var numbers: [Float] = []
    numbers.reserveCapacity(slots.count * samples.sampleShape.elementCount)
    for (position, slot) in slots.enumerated() {
      let place = SamplePlace(index: slot.index, version: slot.version, epoch: state.epoch)
      let own = position * width..<(position + 1) * width
      try samples.append(place, to: &numbers, target: &targets[own], using: &generator)
    }
    let masks = step.description.dropouts.map { layer in
      let kept = 1 / (1 - layer.rate)
      return (0..<layer.shape.elementCount).map { _ in
        generator.uniform() < layer.rate ? Float(0) : kept
      }
    }
    return TrainingStep.Inputs(
      parameters: state.parameters, samples: numbers, targets: targets, weights: weights,
      masks: masks)
  }

  /// The share of the full learning rate in the next step.
  private func share(_ state: TrainingState) -> Float {
    settings.schedule.share(
      step: state.optimizer.stepCount, of: settings.epochCount * batches.batchCount,
      warmUpCount: settings.warmUpEpochCount * batches.batchCount,
      plateauShare: state.plateauShare)
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
    let width = scores.count / step.batchSize
    return (0..<step.batchSize).map { Array(scores[$0 * width..<($0 + 1) * width]) }
  }
}
