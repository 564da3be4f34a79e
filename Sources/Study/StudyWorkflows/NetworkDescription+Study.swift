import Chemometrics
import Explanations
import NetworkTraining
import SpectralData
import StudyEngine

extension NetworkDescription {
  /// What a file says of a network that was trained on spectra: labels or quantity, their axis,
  /// their preparation, how it was trained, and how its evidence is taken.
  init(
    _ data: StudyData, _ preprocessing: PreprocessingPipeline,
    _ fitted: FittedPreprocessingPipeline,
    _ training: TrainingSettings, epochCount: Int, evidence: EvidenceInformation
  ) {
    self.init()
    switch data.question {
    case .classes(let labels): self.labels = labels.names
    case .quantity(let name, _): targetName = name
    }
    take(data.axis)
    ordinate = data.ordinate
    self.preprocessing = preprocessing.description
    fittedPreprocessing = fitted
    self.evidence = evidence
    records = [
      "training": "\(data.count) spectra of \(data.name), \(epochCount) epochs, "
        + "learning rate \(training.learningRate), batches of \(training.batchSize), "
        + "seed \(training.seed)"
    ]
  }
}
