import Chemometrics
import Explanations
import Foundation
package import NetworkTraining
package import SpectralData
package import StudyEngine
import TensorCore
package import Workflows

/// Trains one network on spectra and writes it.
package struct TrainWorkflow: Sendable {
  /// The spectra.
  package var source: StudySource

  /// The layers.
  package var architecture: any NetworkArchitecture

  /// How the network is trained.
  package var training = TrainingSettings()

  /// How spectra are prepared; fitted to those that are trained on.
  package var preprocessing = PreprocessingPipeline()

  /// When the preparation is chosen, inside the spectra that are trained on, instead.
  package var preprocessingSearch = PreprocessingSearch.never

  /// How spectra are varied at random while the network learns; steps that mix spectra cannot be
  /// used.
  package var augmentation = AugmentationPipeline()

  /// What leads straight to a quantity beside the layers; not there for classes.
  package var linearPath = StudySettings().linearPath

  /// The share of spectra that chooses the epoch instead of being trained on; 0 for none.
  package var validationShare = 0.2

  /// The file of the network.
  ///
  /// The state of the training is kept beside it until it is done.
  package var path = "model.onnx"

  /// Whether a training that was interrupted goes on.
  package var resumes = false

  /// Creates settings with defaults for the rest.
  ///
  /// - Parameters:
  ///   - source: The spectra.
  ///   - architecture: The layers, trained with their usual learning rate.
  package init(
    source: StudySource, architecture: any NetworkArchitecture = PositionalNetwork()
  ) {
    self.source = source
    self.architecture = architecture
    training.learningRate = architecture.usualLearningRate
  }

  /// Trains the network and writes its file.
  ///
  /// When the task is cancelled, the best network so far is written, and the training can be resumed.
  ///
  /// - Parameters:
  ///   - reporter: Where notes go.
  ///   - progress: Is told about every epoch.
  /// - Returns: How it went.
  /// - Throws: What is wrong with the spectra, a setting or the file.
  @concurrent
  package func run(
    _ reporter: WorkflowReporter = WorkflowReporter(),
    progress: (TrainingProgress) -> Void = { _ in }
  ) async throws -> TrainedFile {
    try checkPath()
    let (data, givenSplit) = try StudyReader(source: source, note: reporter.note).read()
    let url = URL(filePath: path)
    try OutputFolder(path: url.deletingLastPathComponent().path(percentEncoded: false)).prepare()
    let split = try givenSplit ?? split(of: data)
    let preprocessing = try PreprocessingChooser(data, settings).pipeline(for: split.training)
    let (fitted, rows) = try preprocessing.fitTransform(
      data.rows.selecting(rows: split.training), on: data.axis)
    let known = try TrainingData(rows: rows, targets: data.targets[split.training])
    let validation =
      split.test.isEmpty
      ? nil
      : try TrainingData(
        rows: fitted.apply(to: data.rows.selecting(rows: split.test), on: data.axis),
        targets: data.targets[split.test])
    let state = URL(filePath: path + ".unfinished")
    if !resumes { try? FileManager.default.removeItem(at: state) }
    let result = try Trainer(architecture).train(
      known, validation: validation, settings: training,
      linearPath: try path(data, rows, split.training), checkpoint: state, resumes: resumes,
      augmentation: augmentation.ofSpectra, report: progress)
    if result.chosenEpoch == 0 { throw CancellationError() }
    let epochs = result.history.last?.epoch ?? training.epochCount
    try result.network.write(
      to: url,
      NetworkDescription(
        data, preprocessing, fitted, training, epochCount: epochs,
        evidence: EvidenceInformation(
          StudySettings().method, Background(rows, split.training, data),
          StudySettings().activeBands,
          slope: TargetSignal.slopes(of: rows, split.training, data.question))))
    fitted.announceStepsOutside(of: path, reporter)
    if result.ending != .cancelled { try? FileManager.default.removeItem(at: state) }
    return TrainedFile(path, result, known.rows.count, validation?.rows.count ?? 0)
  }

  /// What leads straight to the quantity, found in prepared spectra that are trained on.
  private func path(
    _ data: StudyData, _ rows: Matrix<Float>, _ samples: [Int]
  ) throws -> LinearPath? {
    try LinearPathFinder(
      data: data, settings: settings, rows: rows, samples: samples, seed: training.seed,
      checkpoint: nil
    ).path()
  }

  /// What is chosen as in a study.
  private var settings: StudySettings {
    var settings = StudySettings(architecture: architecture)
    (settings.training, settings.augmentation) = (training, augmentation)
    (settings.preprocessing, settings.preprocessingSearch) = (preprocessing, preprocessingSearch)
    settings.linearPath = linearPath
    return settings
  }

  /// Refuses to write over spectra, or where a folder stands.
  private func checkPath() throws(WorkflowError) {
    guard PathKind(path) != .folder else {
      throw WorkflowError(.unwritable, "\(path): is a folder; name a file with -o")
    }
    let own = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    let files = InputFiles(kind: .spectrum).expanded(source.paths) { _ in }
    for file in files
    where URL(filePath: file).resolvingSymlinksInPath().path(percentEncoded: false) == own {
      throw WorkflowError(
        .unwritable, "\(path): holds spectra to be trained on; name another file with -o")
    }
  }

  private func split(of data: StudyData) throws -> ValidationSplit {
    guard validationShare > 0 else {
      return ValidationSplit(training: Array(0..<data.count), test: [])
    }
    let splits = MonteCarloSplits(
      count: 1, testFraction: validationShare, seed: training.seed)
    return try splits.splits(of: try data.layout())[0]
  }
}

/// A network that was trained, and how it went.
package struct TrainedFile: Codable, Hashable, Sendable {
  /// The file.
  package let path: String

  /// Why training ended: `completed`, `stoppedEarly` or `cancelled`.
  package let ending: String

  /// How many epochs were done, and the one whose weights the file has.
  package let epochCount: Int

  /// The epoch whose weights the file has.
  package let chosenEpoch: Int

  /// How many samples were trained on.
  package let trainingCount: Int

  /// How many samples chose the epoch.
  package let validationCount: Int

  /// The loss of the training samples in the last epoch.
  package let loss: Float?

  /// The loss of the validation samples in the chosen epoch.
  package let validationLoss: Float?

  /// The share of validation samples that the chosen epoch recognizes; nil for a quantity.
  package let validationAccuracy: Float?

  /// How long the epochs of this run took, in seconds.
  package let seconds: Double

  init(_ path: String, _ result: TrainingResult, _ trainingCount: Int, _ validationCount: Int) {
    self.init(
      path, result.history, result.ending, chosenEpoch: result.chosenEpoch, trainingCount,
      validationCount)
  }

  init(
    _ path: String, _ history: [TrainingProgress], _ ending: TrainingEnding, chosenEpoch: Int,
    _ trainingCount: Int, _ validationCount: Int
  ) {
    self.path = path
    self.ending = ending.rawValue
    epochCount = history.last?.epoch ?? 0
    self.chosenEpoch = chosenEpoch
    self.trainingCount = trainingCount
    self.validationCount = validationCount
    loss = history.last?.loss
    seconds = history.last?.secondsTaken ?? 0
    let chosen = history.first { $0.epoch == chosenEpoch }
    validationLoss = chosen?.validationLoss
    validationAccuracy = chosen?.validationAccuracy
  }
}
