package import Chemometrics
import Explanations
import Foundation
import GraphExecution
import SpectralData
package import SpectralLearning

/// Both models fitted to the training part of one division, and what they say about the test part.
struct SplitTrial: Sendable {
  let split: ValidationSplit

  /// How spectra are prepared, as fitted to the training part.
  let preprocessing: FittedPreprocessingPipeline

  /// The prepared spectra of the test part.
  let testRows: [[Float]]

  let network: TrainedNetwork

  /// The network's scores, one row per test spectrum.
  let scores: [[Float]]

  let reference: ReferenceModel

  /// What the reference predicts: classes or values, one per test spectrum.
  let referencePredictions: [Double]
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
    let trainingRows = split.training.map { data.rows[$0] }
    let (preprocessing, prepared) = try settings.preprocessing.fitTransform(
      trainingRows, on: data.axis)
    let testRows = try preprocessing.apply(to: split.test.map { data.rows[$0] }, on: data.axis)
    let training = try TrainingData(rows: prepared, targets: data.targets[split.training])
    let result = try Trainer(settings.architecture, lane: lane).train(
      training, settings: settings.training,
      checkpoint: checkpoints?.appending(path: "split-\(index + 1).npz"), resumes: true,
      augmentation: settings.trainerAugmentation, isCancelled: isCancelled)
    if result.ending == .cancelled { return nil }
    let reference = try ReferenceModel(prepared, split.training, data, settings)
    return SplitTrial(
      split: split, preprocessing: preprocessing, testRows: testRows, network: result.network,
      scores: try result.network.predict(testRows, lane: lane), reference: reference,
      referencePredictions: try reference.predictions(for: testRows))
  }
}

extension StudySettings {
  /// The augmentation as trainings do it, spectrum by spectrum; nil for none.
  package var trainerAugmentation: Trainer.Augmentation? {
    guard !augmentation.steps.isEmpty else { return nil }
    return { [augmentation] row, generator in
      var (rows, targets): ([[Float]], [[Float]]) = ([row], [[]])
      augmentation.apply(to: &rows, targets: &targets, using: &generator)
      row = rows[0]
    }
  }
}

extension StudyData {
  /// What a network is trained to say.
  package var targets: LearningTargets {
    switch question {
    case .classes(let labels): .classes(labels.indices, count: labels.names.count)
    case .quantity(_, let values): .values(values.map { [Float($0)] })
    }
  }

  /// The classes; nil for a quantity.
  var labels: ClassLabels? {
    if case .classes(let labels) = question { labels } else { nil }
  }

  /// What divisions must respect: classes, or ranges of the quantity, and groups.
  package func layout() throws(ChemometricsError) -> SampleLayout {
    let strata =
      switch question {
      case .classes(let labels): labels.indices
      case .quantity(_, let values): SampleLayout.strata(of: values, binCount: min(5, count / 4))
      }
    return try SampleLayout(count: count, strata: strata, groups: groups)
  }
}
