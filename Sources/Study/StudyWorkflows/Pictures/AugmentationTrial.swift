import Chemometrics
import Explanations
import Foundation
package import GraphExecution
import NetworkTraining
import PictureTraining
import Synchronization
import TensorCore
package import Workflows

/// Trains a network in several ways on the same few pictures, again and again, and tests each on all others.
///
/// All arms of a run have the same pictures, the same head to begin with, the same plain views in the same
/// batches, and as many views in all.
package struct AugmentationTrial: Sendable {
  /// The folder or table of pictures.
  package var path: String

  /// The network whose layers are taken, and how they are trained.
  package var base: ModelSettings

  /// How many of its last stages are trained.
  package var stageCount = 1

  /// How many pictures of each class are trained on.
  package var shotCount = 10

  /// Into how many parts pictures are dealt, each of which is tested once.
  package var foldCount = 5

  /// How often pictures are drawn and networks trained in each part.
  package var repeatCount = 3

  /// The ways to train.
  package var arms: [AugmentationArm]

  /// Over how many epochs the last layers are trained.
  package var epochCount = 10

  /// After how many epochs maps are made anew.
  package var interval = 5

  /// The learning rate of the head while layers are trained, at its highest.
  package var learningRate: Float = 0.01

  /// What the learning rate is multiplied with for layers that are known.
  package var layerRate: Float = 0.1

  /// The numbers that convolutions compute with.
  package var precision = ProgramOptions.Precision.float32

  /// Where all random numbers start.
  package var seed: UInt64 = 1

  /// The folder of results; runs that are in it are not repeated.
  package var output: String

  /// How many runs are made at a time.
  package var laneCount: Int

  /// Creates settings with defaults for the rest.
  ///
  /// - Parameters:
  ///   - path: The folder or table of pictures.
  ///   - base: The network whose layers are taken.
  ///   - output: The folder of results.
  /// - Throws: As reading the standard arms.
  package init(path: String, base: ModelSettings, output: String) throws {
    self.path = path
    self.base = base
    self.output = output
    arms = try AugmentationArm.standard.map { (text) throws in try AugmentationArm(text) }
    laneCount = ProcessInfo.processInfo.activeProcessorCount
  }

  /// Makes the runs that are not made yet.
  ///
  /// - Parameter reporter: Where notes go, and how many runs are done.
  /// - Returns: What all runs found.
  /// - Throws: What is wrong with pictures, network, a setting or the folder; `CancellationError`.
  @concurrent
  package func run(_ reporter: WorkflowReporter = WorkflowReporter()) async throws -> TrialResult {
    let model = try base.load()
    let listing = try PictureListing(path, failure: reporter.failure)
    let folder = OutputFolder(path: output)
    try folder.prepare()
    let files = TrialFiles(folder: URL(filePath: output), identity: identity(listing))
    let runs = try runs(of: listing)
    let open = try runs.filter { try files.result(of: $0) == nil }
    if !open.isEmpty {
      let settings = try settings(for: model, reporter)
      let network = try FineTunedNetwork(model, stages: stageCount, layerRate: layerRate)
      let setting = TrialSetting(
        pictures: listing.pictures, network: network, settings: settings, arms: arms,
        interval: interval, middles: try middles(listing.pictures, network, settings, reporter))
      let counter = RunCounter(done: runs.count - open.count, total: runs.count, reporter)
      _ = try ParallelTrainings.map(open.count, laneCount: laneCount) { index, lane, isCancelled in
        let result = try TrialRunner(setting, lane: lane).result(of: open[index], isCancelled)
        try files.write(result)
        counter.note()
      }
    }
    return TrialResult(
      arms: arms.map(\.id), labels: listing.pictures.labels, classes: listing.pictures.classes,
      groups: listing.groups, runs: try runs.compactMap { try files.result(of: $0) })
  }

  /// What the frozen layers make of the middle of every picture.
  private func middles(
    _ pictures: LabeledPictures, _ network: FineTunedNetwork, _ settings: PictureTrainingSettings,
    _ reporter: WorkflowReporter
  ) throws -> ViewBank {
    reporter.note("computing what is not trained, of \(pictures.count) pictures")
    return try PictureTrainer(network, settings).bank(
      of: pictures, Array(0..<pictures.count), seed: seed, viewCount: 1
    ) { reporter.progress(Double($0), pictures.count) }
  }

  private func settings(
    for model: Model, _ reporter: WorkflowReporter
  ) throws -> PictureTrainingSettings {
    let preparation = try PictureSettings(model.information, shape: model.inputShape)
    for warning in preparation.warnings { reporter.warning(warning) }
    var settings = PictureTrainingSettings(views: PictureViews(preparation.preprocessing))
    settings.options = ProgramOptions(precision: precision)
    settings.layers.epochCount = epochCount
    settings.layers.learningRate = learningRate
    settings.versionCount = 2
    return settings
  }

  /// What runs depend on, so that a folder holds runs of one kind only.
  private func identity(_ listing: PictureListing) -> String {
    var sum = NumberChecksum()
    sum.add(listing.pictures.classes.map { Float($0) })
    return [
      "\(arms.map(\.id)) \(shotCount) \(foldCount) \(stageCount) \(epochCount) \(interval)",
      "\(learningRate) \(layerRate) \(precision.rawValue) \(seed) \(sum.text)",
      URL(filePath: base.path).lastPathComponent,
    ].joined(separator: " ")
  }

  /// The pictures of every run: the folds of the first draw, then those of the next.
  private func runs(of listing: PictureListing) throws -> [TrialRun] {
    let classes = listing.pictures.classes
    let layout = try SampleLayout(
      count: classes.count, strata: classes, groups: listing.groups)
    let folds = try KFoldSplits(foldCount: foldCount, seed: seed).splits(of: layout)
    return (0..<repeatCount).flatMap { draw in
      folds.enumerated().map { fold, split in
        let place = draw * foldCount + fold
        var generator = SplitMix64(seed: seed, stream: place, of: .divisionStarts)
        let training = chosen(split.training, classes, listing.groups, &generator)
        return TrialRun(
          draw: draw, fold: fold, seed: generator.next(), training: training, test: split.test)
      }
    }
  }

  /// So many pictures of each class, of groups that are drawn at random.
  private func chosen(
    _ pool: [Int], _ classes: [Int], _ groups: [String], _ generator: inout SplitMix64
  ) -> [Int] {
    let labels = Set(classes).sorted()
    return labels.flatMap { label -> [Int] in
      let own = pool.filter { classes[$0] == label }
      let order = generator.shuffled(Set(own.map { groups[$0] }).sorted())
      let ranks = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
      let sorted = own.sorted { (ranks[groups[$0]] ?? 0, $0) < (ranks[groups[$1]] ?? 0, $1) }
      return Array(sorted.prefix(shotCount))
    }
  }
}

/// Counts runs on several threads.
private final class RunCounter: Sendable {
  private let reporter: WorkflowReporter
  private let total: Int
  private let done: Mutex<Int>

  init(done: Int, total: Int, _ reporter: WorkflowReporter) {
    self.done = Mutex(done)
    self.total = total
    self.reporter = reporter
  }

  func note() {
    let count = done.withLock { done in
      done += 1
      return done
    }
    reporter.progress(Double(count), total)
  }
}
