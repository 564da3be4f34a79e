public import Chemometrics
public import Foundation
import GraphExecution
import NetworkTraining
import SpectralData

/// Trains networks and fits partial least squares on the same divisions of spectra, compares how
/// well they predict, and finds where each has its evidence.
public struct SpectralStudy: Sendable {
  /// The spectra.
  public let data: StudyData

  /// How it is made.
  public let settings: StudySettings

  /// Where the states of trainings are kept, so that an interrupted study goes on; nil for nowhere.
  public var checkpoints: URL?

  /// Divisions that several studies of the same spectra share; nil makes them as the settings say.
  public var sharedSplits: [ValidationSplit]?

  /// How far a study is.
  public struct Progress: Sendable, Hashable {
    /// What is being done.
    public enum Stage: String, Sendable, Hashable {
      /// Both models are fitted on one division after the other.
      case validation
      /// Both models are fitted to exchanged labels, to see what chance can do.
      case chance
      /// The network that is kept is trained on all spectra, epoch by epoch.
      case training
      /// Maps are made and compared.
      case evidence
      /// Figures are drawn and files written.
      case writing
    }

    /// What is being done.
    public let stage: Stage

    /// How many divisions, epochs or steps are done.
    public let done: Int

    /// How many there are.
    public let total: Int

    /// How it goes, such as the loss of the last epoch or the accuracy so far.
    public let detail: String

    /// The quantity that is studied, where there are several.
    public var subject: String?

    package init(stage: Stage, done: Int, total: Int, detail: String = "") {
      self.stage = stage
      self.done = done
      self.total = total
      self.detail = detail
    }
  }

  /// Prepares a study.
  ///
  /// - Parameters:
  ///   - data: The spectra.
  ///   - settings: How it is made.
  public init(_ data: StudyData, _ settings: StudySettings = StudySettings()) {
    self.data = data
    self.settings = settings
  }

  /// Makes the study.
  ///
  /// - Parameter report: Is told how far it is, from any thread.
  /// - Returns: What was found.
  /// - Throws: `StudyError`, `ChemometricsError`, `SpectrumError` or `LearningError` when data and
  ///   settings do not go together; `CancellationError`, also after which checkpoints remain.
  public func run(_ report: @escaping @Sendable (Progress) -> Void = { _ in }) throws -> StudyResult
  {
    let clock = ContinuousClock()
    var timings = StudyTimings()
    let start = clock.now
    let trials = try trials(report)
    timings.validation = (clock.now - start) / .seconds(1)
    let outcome = try OutcomeBuilder(data: data, trials: trials).outcome()
    let chance = try ChanceTest(data: data, settings: settings, report: report).outcome(outcome)
    let trainingStart = clock.now
    let models = try FinalModels(data, settings, checkpoints, report)
    timings.training = (clock.now - trainingStart) / .seconds(1)
    let evidenceStart = clock.now
    let builder = EvidenceBuilder(
      data: data, settings: settings, trials: trials, models: models, report: report)
    let evidence = try builder.evidence()
    let removal = try BandRemovalTrials(data: data, settings: settings, trials: trials).outcome()
    let network = try models.studied()
    timings.evidence = (clock.now - evidenceStart) / .seconds(1)
    var found = settings
    found.preprocessing = models.pipeline
    return StudyResult(
      data: data, settings: found, outcome: outcome, chance: chance, network: network,
      evidence: evidence, samples: SampleRecord.all(of: data, trials), timings: timings,
      chosenPreprocessing: settings.preprocessingSearch.applies(to: data.question)
        ? trials.map(\.pipeline.description) : [], bandRemoval: removal)
  }

  private func trials(_ report: @escaping @Sendable (Progress) -> Void) throws -> [SplitTrial] {
    let splits = try sharedSplits ?? settings.validation.splits(of: try data.layout())
    guard !splits.isEmpty else {
      throw StudyError(.invalidSetting, "there is no division into training and test parts")
    }
    let runner = TrialRunner(data: data, settings: settings, checkpoints: checkpoints)
    let counter = TrialCounter(total: splits.count, data: data, report: report)
    let trials = try ParallelTrainings.map(
      splits.count, laneCount: settings.usedLaneCount
    ) { index, lane, isCancelled in
      let trial = try runner.trial(index, splits[index], lane: lane, isCancelled: isCancelled)
      if let trial { counter.note(trial) }
      return trial
    }
    let finished = trials.compactMap(\.self)
    guard finished.count == trials.count else { throw CancellationError() }
    return finished
  }
}
