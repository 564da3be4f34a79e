import Chemometrics
import Explanations
import Foundation
import GraphExecution
import SpectralData
import SpectralLearning
import TensorCore

/// Both models fitted to the training part of one division, and what they say about the test part.
struct SplitTrial: Sendable {
  let split: ValidationSplit

  /// How spectra are prepared, as fitted to the training part.
  let preprocessing: FittedPreprocessingPipeline

  /// The prepared spectra of the test part.
  let testRows: Matrix<Float>

  let network: TrainedNetwork

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

  /// Trains and fits on one part, and asks about the other.
  ///
  /// - Returns: The trial; nil when it was cancelled.
  func trial(
    _ index: Int, _ split: ValidationSplit, lane: ExecutionLane, isCancelled: () -> Bool
  ) throws -> SplitTrial? {
    let trainingRows = data.rows.selecting(rows: split.training)
    let (preprocessing, prepared) = try settings.preprocessing.fitTransform(
      trainingRows, on: data.axis)
    let testRows = try preprocessing.apply(
      to: data.rows.selecting(rows: split.test), on: data.axis)
    let training = try TrainingData(rows: prepared, targets: data.targets[split.training])
    let result = try Trainer(settings.architecture, lane: lane).train(
      training, settings: settings.training,
      checkpoint: checkpoints?.appending(path: "split-\(index + 1).npz"), resumes: true,
      augmentation: settings.augmentation.ofSpectra, isCancelled: isCancelled)
    if result.ending == .cancelled { return nil }
    let partialLeastSquares = try PartialLeastSquaresModel(prepared, split.training, data, settings)
    return SplitTrial(
      split: split, preprocessing: preprocessing, testRows: testRows, network: result.network,
      scores: try result.network.predict(testRows, lane: lane),
      partialLeastSquares: partialLeastSquares,
      partialLeastSquaresPredictions: try partialLeastSquares.predictions(for: testRows))
  }
}
