public import Foundation
public import GraphExecution
public import TensorCore

/// Trains networks for spectra, of one architecture.
///
/// Compiled steps are kept, so that many trainings on data of one size, as in cross-validation,
/// compile once. A trainer is for one training at a time; for several at once make several, each
/// with a lane of its own.
public final class Trainer {
  /// Changes a spectrum before it is trained on, such as by noise or a shift; the length stays.
  public typealias Augmentation = @Sendable (inout [Float], inout SplitMix64) -> Void

  private let trainer: NetworkTrainer

  /// The layers.
  public var architecture: any NetworkArchitecture { trainer.architecture }

  /// Where programs run.
  public var lane: ExecutionLane { trainer.lane }

  /// Prepares trainings.
  ///
  /// - Parameters:
  ///   - architecture: The layers.
  ///   - lane: Where programs run.
  public init(_ architecture: any NetworkArchitecture, lane: ExecutionLane = .shared) {
    trainer = NetworkTrainer(architecture, lane: lane)
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
    try settings.check(data.targets)
    try validation?.checkKind(of: data)
    let data = try linearPath.map { (path) throws in try data.subtracting(path) } ?? data
    let validation = try linearPath.map { path in try validation?.subtracting(path) } ?? validation
    let samples = samples(data, settings, linearPath, augmentation)
    let result = try trainer.train(
      samples, data.targets,
      validation: validation.map {
        (SampleRows(rows: $0.rows.map(samples.scaling.apply)), $0.targets)
      }, settings: settings, checkpoint: checkpoint, resumes: resumes, isCancelled: isCancelled,
      report: report)
    let network = TrainedNetwork(
      architecture: architecture, pointCount: data.pointCount, task: LearningTask(data.targets),
      weights: result.weights, inputScaling: samples.scaling,
      targetScaling: samples.targetScaling, linearPath: linearPath)
    return TrainingResult(
      network: network, history: result.history, ending: result.ending,
      chosenEpoch: result.chosenEpoch)
  }

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
    try trainer.profile(samples(data, settings, nil, nil), data.targets, settings: settings)
  }

  private func samples(
    _ data: TrainingData, _ settings: TrainingSettings, _ linearPath: LinearPath?,
    _ augmentation: Augmentation?
  ) -> SpectrumSamples {
    SpectrumSamples(
      data: data, scaling: settings.inputScaling.fit(data.rows),
      targetScaling: TargetScaling(data.targets), linearPath: linearPath,
      augmentation: augmentation)
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
