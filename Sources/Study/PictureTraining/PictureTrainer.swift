import Explanations
package import Foundation
package import GraphExecution
import ImageData
package import NetworkTraining
import TensorCore

/// How a network is trained on pictures.
package struct PictureTrainingSettings: Sendable {
  /// How the head is trained, before layers are.
  package var head = TrainingSettings()

  /// How the head and the last layers are trained; no epochs where the head is all.
  package var layers = TrainingSettings()

  /// How many views there are of every picture.
  package var viewCount = 8

  /// How views differ.
  package var views: PictureViews

  /// How maps change pictures; nil for plain views only.
  package var guidance: MapGuidance?

  /// How many views of a picture a step has.
  package var versionCount = 1

  /// How programs that train are compiled.
  package var options = ProgramOptions()

  /// Creates settings with defaults for the rest.
  ///
  /// - Parameter views: How views differ.
  package init(views: PictureViews) {
    self.views = views
    head.optimizer = .adam(weightDecay: 0.01)
    head.learningRate = 0.002
    head.epochCount = 60
    head.batchSize = 32
    layers.optimizer = .momentum(0.9, weightDecay: 1e-4)
    layers.learningRate = 0.01
    layers.epochCount = 15
    layers.batchSize = 16
  }
}

/// How far a training on pictures is.
package enum PictureTrainingProgress: Sendable {
  /// Views of so many pictures of so many are computed.
  case views(Int, of: Int)
  /// The head is trained.
  case head(TrainingProgress)
  /// The last layers are trained.
  case layers(TrainingProgress)
}

/// Trains the last layers of a network on pictures, of which everything before is computed once.
package final class PictureTrainer {
  /// The layers.
  package let network: FineTunedNetwork

  /// What is computed before them.
  package let frozen: FrozenLayers

  private let settings: PictureTrainingSettings
  private let headTrainer: NetworkTrainer
  private let trainer: NetworkTrainer

  /// Prepares trainings.
  ///
  /// - Parameters:
  ///   - network: The layers.
  ///   - settings: How they are trained.
  ///   - lane: Where programs run.
  /// - Throws: What compiling the layers throws.
  package init(
    _ network: FineTunedNetwork, _ settings: PictureTrainingSettings,
    lane: ExecutionLane = .shared
  ) throws {
    self.network = network
    self.settings = settings
    frozen = try FrozenLayers(network, lane: lane)
    headTrainer = NetworkTrainer(
      try FineTunedNetwork(network.base, behind: network.exit, upTo: network.exit), lane: lane)
    trainer = NetworkTrainer(network, options: settings.options, lane: lane)
  }

  /// The views of pictures that are trained on, the middle first.
  ///
  /// - Parameters:
  ///   - pictures: All pictures.
  ///   - indices: Those that are trained on.
  ///   - seed: Where random numbers start.
  ///   - viewCount: How many views of each.
  ///   - progress: Told how many pictures are done.
  /// - Returns: What the frozen layers make of them.
  /// - Throws: What reading and running throw.
  package func bank(
    of pictures: LabeledPictures, _ indices: [Int], seed: UInt64, viewCount: Int,
    progress: (Int) -> Void = { _ in }
  ) throws -> ViewBank {
    try ViewBank(count: indices.count, viewCount: viewCount, frozen, progress: progress) { index in
      var generator = SplitMix64(seed: seed, stream: indices[index], of: .views)
      let picture = try pictures.picture(indices[index])
      return try [settings.views.middle(of: picture)]
        + (1..<max(1, viewCount)).map { _ in
          try settings.views.drawn(from: picture, using: &generator)
        }
    }
  }

  /// Trains the head on what the layers make of views before they are trained.
  ///
  /// - Parameters:
  ///   - pictures: All pictures.
  ///   - indices: Those that are trained on.
  ///   - bank: Their views.
  ///   - seed: Where random numbers start.
  ///   - report: Is told about every epoch.
  /// - Returns: The weights of the head.
  /// - Throws: As `NetworkTrainer.train`.
  package func head(
    _ pictures: LabeledPictures, _ indices: [Int], _ bank: ViewBank, seed: UInt64,
    report: (TrainingProgress) -> Void = { _ in }
  ) throws -> NetworkWeights {
    var own = settings.head
    own.seed = seed
    return try headTrainer.train(
      FeatureSamples(bank: bank, count: indices.count), pictures.targets(indices), settings: own,
      report: report
    ).weights
  }

  /// Trains the last layers.
  ///
  /// - Parameters:
  ///   - pictures: All pictures.
  ///   - indices: Those that are trained on.
  ///   - bank: Their views.
  ///   - head: The weights of the head so far.
  ///   - guidance: How maps change pictures.
  ///   - validation: Views of pictures that choose the epoch, with their indices.
  ///   - seed: Where random numbers start.
  ///   - checkpoint: Where the state is kept after every epoch, if anywhere.
  ///   - resumes: Whether to go on from the checkpoint if there is one.
  ///   - isCancelled: Whether to end now.
  ///   - report: Is told about every epoch.
  /// - Returns: What came out.
  /// - Throws: As `NetworkTrainer.train`.
  package func layers(
    _ pictures: LabeledPictures, _ indices: [Int], _ bank: ViewBank, head: NetworkWeights,
    guidance: MapGuidance?, validation: (bank: ViewBank, indices: [Int])? = nil, seed: UInt64,
    checkpoint: URL? = nil, resumes: Bool = false, isCancelled: () -> Bool = { Task.isCancelled },
    report: (TrainingProgress) -> Void = { _ in }
  ) throws -> TrainedWeights {
    var own = settings.layers
    own.seed = seed
    let samples = PictureSamples(
      pictures, indices, bank, frozen, guidance: guidance, versionCount: settings.versionCount,
      seed: seed
    ) { [settings] index in try settings.views.middle(of: pictures.picture(index)) }
    return try trainer.train(
      samples, pictures.targets(indices), initial: head,
      validation: validation.map { bank, indices in
        (
          bank.firstViews(Array(indices.indices), ofFeatures: false), pictures.targets(indices)
        )
      }, settings: own, checkpoint: checkpoint, resumes: resumes, isCancelled: isCancelled,
      report: report)
  }

  /// The scores of the first views of pictures.
  ///
  /// - Parameters:
  ///   - bank: The views of all of them.
  ///   - places: Which pictures of the bank.
  ///   - weights: What the layers have learned; only the head where `ofHead`.
  ///   - classCount: How many classes there are.
  ///   - ofHead: Whether the head alone was trained.
  /// - Returns: One row each.
  /// - Throws: What running throws.
  package func scores(
    _ bank: ViewBank, _ places: [Int], _ weights: NetworkWeights, classCount: Int, ofHead: Bool
  ) throws -> [[Float]] {
    let samples = bank.firstViews(places, ofFeatures: ofHead)
    return try (ofHead ? headTrainer : trainer).scores(
      of: samples, shape: samples.cache.sampleShape, classCount: classCount, weights: weights)
  }
}

/// Means of channels of views that are drawn.
private struct FeatureSamples: TrainingSamples {
  let bank: ViewBank
  let count: Int

  var sampleShape: Shape { bank.features.sampleShape }
  var identity: String { "" }

  func append(
    _ place: SamplePlace, to numbers: inout [Float], target: inout ArraySlice<Float>,
    using generator: inout SplitMix64
  ) {
    let view = generator.next(below: bank.viewCount)
    bank.features.append(place.index * bank.viewCount + view, to: &numbers)
  }
}
