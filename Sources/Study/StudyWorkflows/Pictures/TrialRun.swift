import Explanations
import Foundation
import GraphExecution
import NetworkTraining
import PictureTraining
import TensorCore
import Workflows

/// Which pictures a run of a trial is about.
package struct TrialRun: Sendable, Hashable {
  /// Which draw of pictures, from 0.
  package let draw: Int

  /// Which fold is tested, from 0.
  package let fold: Int

  /// Where the random numbers of its trainings start.
  package let seed: UInt64

  /// The pictures that are trained on.
  package let training: [Int]

  /// The pictures that are tested.
  package let test: [Int]
}

/// What a run found.
package struct TrialRunResult: Codable, Sendable {
  /// What runs depend on.
  let identity: String
  let draw: Int
  let fold: Int

  /// The pictures that were tested.
  let test: [Int]

  /// Of every arm, and of `head` before layers are trained, the class that each of them is taken for.
  let predicted: [String: [Int]]

  /// How long it took, in seconds.
  let seconds: Double
}

/// The files of a trial, one for each run.
struct TrialFiles: Sendable {
  let folder: URL
  let identity: String

  private func url(_ draw: Int, _ fold: Int) -> URL {
    folder.appending(path: "run-\(draw + 1)-\(fold + 1).json")
  }

  /// What a run found; nil when it was not made yet.
  ///
  /// - Throws: `WorkflowError` when the file belongs to another trial or is damaged.
  func result(of run: TrialRun) throws -> TrialRunResult? {
    let url = url(run.draw, run.fold)
    guard let data = try? Data(contentsOf: url) else { return nil }
    let name = url.path(percentEncoded: false)
    guard let result = try? JSONDecoder().decode(TrialRunResult.self, from: data) else {
      throw WorkflowError(.unreadable, "\(name): is damaged; remove it, and the run is made anew")
    }
    guard result.identity == identity, result.test == run.test else {
      throw WorkflowError(
        .unreadable, "\(name): was made with other settings; name another folder with -o")
    }
    return result
  }

  /// Writes what a run found, complete or not at all.
  func write(_ result: (run: TrialRun, predicted: [String: [Int]], seconds: Double)) throws {
    let (run, predicted, seconds) = result
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(
      TrialRunResult(
        identity: identity, draw: run.draw, fold: run.fold, test: run.test, predicted: predicted,
        seconds: seconds))
    try data.write(to: url(run.draw, run.fold), options: .atomic)
  }
}

/// What all runs of a trial share.
struct TrialSetting: Sendable {
  let pictures: LabeledPictures
  let network: FineTunedNetwork
  let settings: PictureTrainingSettings
  let arms: [AugmentationArm]
  let interval: Int

  /// The middle views of all pictures.
  let middles: ViewBank
}

/// Makes runs on a lane.
struct TrialRunner {
  private let setting: TrialSetting
  private let lane: ExecutionLane
  private let trainer: PictureTrainer

  init(_ setting: TrialSetting, lane: ExecutionLane) throws {
    self.setting = setting
    self.lane = lane
    trainer = try PictureTrainer(setting.network, setting.settings, lane: lane)
  }

  /// Trains in every way and tests each.
  func result(
    of run: TrialRun, _ isCancelled: @escaping () -> Bool
  ) throws -> (run: TrialRun, predicted: [String: [Int]], seconds: Double) {
    let start = ContinuousClock.now
    let pictures = setting.pictures
    let bank = try trainer.bank(
      of: pictures, run.training, seed: run.seed, viewCount: setting.settings.viewCount)
    let head = try trainer.head(pictures, run.training, bank, seed: run.seed)
    var predicted = ["head": try predictions(run, head, ofHead: true)]
    var first = FirstMaps(setting, run, head, lane)
    for arm in setting.arms {
      if isCancelled() { throw CancellationError() }
      let result = try trainer.layers(
        pictures, run.training, bank, head: head,
        guidance: try arm.augmentation.map { try guidance($0, arm, &first) }, seed: run.seed,
        isCancelled: isCancelled)
      guard result.ending != .cancelled else { throw CancellationError() }
      predicted[arm.id] = try predictions(run, result.weights, ofHead: false)
    }
    return (run, predicted, (ContinuousClock.now - start) / .seconds(1))
  }

  private func guidance(
    _ augmentation: GuidedAugmentation, _ arm: AugmentationArm, _ first: inout FirstMaps
  ) throws -> MapGuidance {
    let (maker, maps) = try first.maps(arm.method, trainer.network)
    var guidance = MapGuidance(augmentation, maker)
    (guidance.interval, guidance.first) = (setting.interval, maps)
    return guidance
  }

  private func predictions(
    _ run: TrialRun, _ weights: NetworkWeights, ofHead: Bool
  ) throws -> [Int] {
    try trainer.scores(
      setting.middles, run.test, weights, classCount: setting.pictures.labels.count, ofHead: ofHead
    ).map { row in row.indices.max { row[$0] < row[$1] } ?? 0 }
  }
}

/// The maps that trainings of a run begin with, made once for each method.
private struct FirstMaps {
  private let setting: TrialSetting
  private let run: TrialRun
  private let head: NetworkWeights
  private let lane: ExecutionLane
  private var known: [String: [(picture: GuidedPicture, probability: Float)]] = [:]

  init(
    _ setting: TrialSetting, _ run: TrialRun, _ head: NetworkWeights, _ lane: ExecutionLane
  ) {
    self.setting = setting
    self.run = run
    self.head = head
    self.lane = lane
  }

  mutating func maps(
    _ method: String, _ network: FineTunedNetwork
  ) throws -> (MapMaker, [(picture: GuidedPicture, probability: Float)]) {
    var maker = MapMaker(try .init(method), lane: lane)
    maker.options = setting.settings.options
    if let maps = known[method] { return (maker, maps) }
    let views = try run.training.map { index in
      try setting.settings.views.middle(of: setting.pictures.picture(index))
    }
    let maps = try maker.maps(
      network, try network.initialWeights(head: head), classCount: setting.pictures.labels.count,
      views, run.training.map { setting.pictures.classes[$0] })
    known[method] = maps
    return (maker, maps)
  }
}
