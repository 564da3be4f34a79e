import Chemometrics
package import Explanations
import Foundation
package import GraphExecution
package import NetworkTraining
package import PictureTraining
import TensorCore
package import Workflows

/// Trains the last layers of a network that is known on pictures and writes it.
package struct TrainPicturesWorkflow: Sendable {
  /// The folder or table of pictures.
  package var path: String

  /// The network whose layers are taken.
  package var base: ModelSettings

  /// How many of its last stages are trained; the head alone when 0.
  package var stageCount = 1

  /// The layer that training begins behind, instead.
  package var above: String?

  /// How maps change pictures, and the method that makes them; nil for plain views only.
  package var guidance: (augmentation: GuidedAugmentation, method: ChosenMethod)?

  /// Over how many epochs the head alone is trained; nil takes the usual number.
  package var headEpochCount: Int?

  /// Over how many epochs the last layers are trained; nil takes the usual number.
  package var epochCount: Int?

  /// How many pictures make a step; nil takes the usual number.
  package var batchSize: Int?

  /// The learning rate of the head while layers are trained, at its highest; nil takes the usual one.
  package var learningRate: Float?

  /// What the learning rate is multiplied with for layers that are known.
  package var layerRate: Float = 0.1

  /// What the classes count for.
  package var classWeights = TrainingSettings.ClassWeights.equal

  /// After how many epochs without a lower loss training ends.
  package var patience: Int?

  /// How many views there are of every picture.
  package var viewCount = 8

  /// The numbers that convolutions compute with.
  package var precision = ProgramOptions.Precision.float32

  /// The share of pictures that chooses the epoch instead of being trained on; 0 for none.
  package var validationShare = 0.2

  /// Where all random numbers start.
  package var seed: UInt64 = 1

  /// The file of the network; the state of the training is kept beside it until it is done.
  package var output = "model.onnx"

  /// Whether a training that was interrupted goes on.
  package var resumes = false

  /// Creates settings with defaults for the rest.
  ///
  /// - Parameters:
  ///   - path: The folder or table of pictures.
  ///   - base: The network whose layers are taken.
  package init(path: String, base: ModelSettings) {
    self.path = path
    self.base = base
  }

  /// Trains the network and writes its file.
  ///
  /// - Parameters:
  ///   - reporter: Where notes go.
  ///   - progress: Is told how far it is.
  /// - Returns: How it went.
  /// - Throws: What is wrong with pictures, network, a setting or the file; `CancellationError` when
  ///   cancelled before the first epoch ended.
  @concurrent
  package func run(
    _ reporter: WorkflowReporter = WorkflowReporter(),
    progress: (PictureTrainingProgress) -> Void = { _ in }
  ) async throws -> TrainedFile {
    let url = try writable(output)
    let model = try base.load()
    let network = try layers(of: model)
    let listing = try PictureListing(path, failure: reporter.failure)
    let split = try split(of: listing)
    let pictures = listing.pictures
    let settings = try settings(for: model, reporter)
    reporter.note(description(network, listing, split))
    let trainer = try PictureTrainer(network, settings)
    func bank(_ indices: [Int], _ viewCount: Int) throws -> ViewBank {
      try trainer.bank(of: pictures, indices, seed: seed, viewCount: viewCount) {
        progress(.views($0, of: indices.count))
      }
    }
    let known = try bank(split.training, viewCount)
    let validation = split.test.isEmpty ? nil : try bank(split.test, 1)
    let head = try trainer.head(
      pictures, split.training, known, seed: seed, report: { progress(.head($0)) })
    let state = URL(filePath: output + ".unfinished")
    if !resumes { try? FileManager.default.removeItem(at: state) }
    let result = try trainer.layers(
      pictures, split.training, known, head: head, guidance: settings.guidance,
      validation: validation.map { ($0, split.test) }, seed: seed, checkpoint: state,
      resumes: resumes, report: { progress(.layers($0)) })
    if result.chosenEpoch == 0 { throw CancellationError() }
    try TrainedPictureNetwork(network, result.weights, labels: pictures.labels).write(to: url)
    if result.ending != .cancelled { try? FileManager.default.removeItem(at: state) }
    return TrainedFile(
      output, result.history, result.ending, chosenEpoch: result.chosenEpoch, split.training.count,
      split.test.count)
  }

  /// Refuses a path where a folder stands, or where no folder is.
  private func writable(_ path: String) throws -> URL {
    guard PathKind(path) != .folder else {
      throw WorkflowError(.unwritable, "\(path): is a folder; name a file with -o")
    }
    let url = URL(filePath: path)
    guard url.resolvingSymlinksInPath() != URL(filePath: base.path).resolvingSymlinksInPath() else {
      throw WorkflowError(
        .unwritable, "\(path): holds the network that is trained from; name another file with -o")
    }
    try OutputFolder(path: url.deletingLastPathComponent().path(percentEncoded: false)).prepare()
    return url
  }

  /// The layers that are trained.
  private func layers(of model: Model) throws -> FineTunedNetwork {
    guard model.inputs.count == 1, InputKind(model.inputs[0]) == .picture else {
      throw WorkflowError(
        .unsuitableInput,
        "\(base.path): takes \(model.inputs.summary); training on pictures needs a network of one "
          + "picture")
    }
    if let above {
      return try FineTunedNetwork(model, behind: try model.layer(above), layerRate: layerRate)
    }
    return try FineTunedNetwork(model, stages: stageCount, layerRate: layerRate)
  }

  private func settings(
    for model: Model, _ reporter: WorkflowReporter
  ) throws -> PictureTrainingSettings {
    let preparation = try PictureSettings(model.information, shape: model.inputShape)
    for note in preparation.notes { reporter.note(note) }
    for warning in preparation.warnings { reporter.warning(warning) }
    var settings = PictureTrainingSettings(views: PictureViews(preparation.preprocessing))
    settings.viewCount = viewCount
    settings.options = ProgramOptions(precision: precision)
    (settings.head.classWeights, settings.layers.classWeights) = (classWeights, classWeights)
    settings.layers.patience = patience
    if let headEpochCount { settings.head.epochCount = headEpochCount }
    if let epochCount { settings.layers.epochCount = epochCount }
    if let learningRate { settings.layers.learningRate = learningRate }
    if let batchSize { settings.layers.batchSize = batchSize }
    if let guidance {
      settings.guidance = MapGuidance(
        guidance.augmentation, MapMaker(guidance.method, lane: .shared))
      settings.versionCount = 2
    }
    return settings
  }

  /// Which pictures are trained on, and which choose the epoch; those that a table keeps for tests are
  /// neither.
  private func split(of listing: PictureListing) throws -> ValidationSplit {
    let parts = listing.parts
    let usable = parts.indices.filter { parts[$0] != "test" }
    let chosen = usable.filter { parts[$0]?.hasPrefix("val") == true }
    if !chosen.isEmpty || validationShare <= 0 {
      return ValidationSplit(
        training: usable.filter { !chosen.contains($0) }, test: validationShare > 0 ? chosen : [])
    }
    let labels = listing.labels
    let layout = try SampleLayout(
      count: usable.count, strata: usable.map { labels.firstIndex(of: listing.names[$0]) ?? 0 },
      groups: usable.map { listing.groups[$0] })
    let split = try MonteCarloSplits(count: 1, testFraction: validationShare, seed: seed)
      .splits(of: layout)[0]
    return ValidationSplit(
      training: split.training.map { usable[$0] }, test: split.test.map { usable[$0] })
  }

  private func description(
    _ network: FineTunedNetwork, _ listing: PictureListing, _ split: ValidationSplit
  ) -> String {
    let trained =
      network.trainsHeadOnly
      ? "the head alone is trained"
      : "layers behind \(network.entrance?.name ?? "the input") are trained"
    return "\(listing.labels.count) classes, \(split.training.count) pictures to train on, "
      + "\(split.test.count) to choose the epoch; \(trained)"
  }
}
