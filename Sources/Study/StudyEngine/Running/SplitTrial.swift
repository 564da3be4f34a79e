import Chemometrics
import Explanations
import Foundation
import GraphExecution
import NetworkTraining
import SpectralData
import TensorCore

/// Both models fitted to the training part of one division, and what they say about the test part.
struct SplitTrial: Sendable {
  let split: ValidationSplit

  /// How spectra are prepared: given, or chosen inside the training part.
  let pipeline: PreprocessingPipeline

  /// How spectra are prepared, as fitted to the training part.
  let preprocessing: FittedPreprocessingPipeline

  /// The prepared spectra of the test part.
  let testRows: Matrix<Float>

  let network: TrainedNetwork

  /// How many components the linear path beside the network's layers has; 0 for none.
  let linearPathCount: Int

  /// What its evidence is counted from.
  let background: Background

  /// The network's scores, one row per test spectrum.
  let scores: [[Float]]

  let partialLeastSquares: PartialLeastSquaresModel

  /// What partial least squares predicts: classes or values, one per test spectrum.
  let partialLeastSquaresPredictions: [Double]
}

/// Makes trials.
struct TrialRunner: Sendable {
  let data: StudyData
  let settings: StudySettings

  /// Where the states of trainings are kept, if anywhere.
  let checkpoints: URL?

  /// The seed of the training on a division: each has a start of its own, so that what networks have in
  /// common does not come from a common start.
  static func seed(of index: Int, _ seed: UInt64) -> UInt64 {
    var generator = SplitMix64(seed: seed, stream: index, of: .divisionStarts)
    return generator.next()
  }

  /// Trains and fits on one part, and asks about the other.
  ///
  /// - Returns: The trial; nil when it was cancelled.
  func trial(
    _ index: Int, _ split: ValidationSplit, lane: ExecutionLane, isCancelled: () -> Bool
  ) throws -> SplitTrial? {
    let trainingRows = data.rows.selecting(rows: split.training)
    let pipeline = try PreprocessingChooser(data, settings).pipeline(for: split.training)
    let (preprocessing, prepared) = try pipeline.fitTransform(
      trainingRows, on: data.axis)
    let testRows = try preprocessing.apply(
      to: data.rows.selecting(rows: split.test), on: data.axis)
    let partialLeastSquares = try PartialLeastSquaresModel(prepared, split.training, data, settings)
    let training = try TrainingData(rows: prepared, targets: data.targets[split.training])
    var ownSettings = settings.training
    ownSettings.seed = Self.seed(of: index, settings.training.seed)
    let checkpoint = checkpoints?.appending(path: "split-\(index + 1).npz")
    let linear = try LinearPathFinder(
      data: data, settings: settings, rows: prepared, samples: split.training,
      seed: ownSettings.seed, checkpoint: checkpoint
    ).path(beside: partialLeastSquares) { count, job in
      try (0..<count).map { try job($0, lane, isCancelled) }
    }
    let result = try Trainer(settings.architecture, lane: lane).train(
      training, startCount: settings.startCount, settings: ownSettings, linearPath: linear?.path,
      checkpoint: checkpoint,
      augmentation: settings.augmentation.ofSpectra, isCancelled: isCancelled)
    if result.ending == .cancelled { return nil }
    return SplitTrial(
      split: split, pipeline: pipeline, preprocessing: preprocessing, testRows: testRows,
      network: result.network,
      linearPathCount: linear?.componentCount ?? 0,
      background: Background(prepared, split.training, data),
      scores: try result.network.predict(testRows, lane: lane),
      partialLeastSquares: partialLeastSquares,
      partialLeastSquaresPredictions: try partialLeastSquares.predictions(for: testRows))
  }
}
