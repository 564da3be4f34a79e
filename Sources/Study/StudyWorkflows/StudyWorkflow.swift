import Chemometrics
import Foundation
import SpectralData
public import StudyEngine
public import Workflows

/// Studies spectra: trains and validates networks beside partial least squares, finds where both
/// have their evidence, and writes the network, numbers, figures and a report.
public struct StudyWorkflow: Sendable {
  /// The spectra.
  public var source: StudySource

  /// How the study is made.
  public var settings = StudySettings()

  /// The folder for the files; made if it is not there.
  public var folder = "study"

  /// Whether a study that was interrupted goes on from what its folder holds.
  public var resumes = false

  /// A table of known bands to match with, beside those of the materials.
  public var bandFile: String?

  /// The words of the command that asks for the study, which the report repeats; nil for a program.
  public var command: [String]?

  /// Creates settings with defaults for the rest.
  ///
  /// - Parameter source: The spectra.
  public init(source: StudySource) {
    self.source = source
  }

  /// Makes the study and writes its files.
  ///
  /// - Parameters:
  ///   - reporter: Where notes and warnings go.
  ///   - progress: Is told how far it is, from any thread.
  /// - Returns: The results and the files that were written.
  /// - Throws: What is wrong with the spectra, a setting or the folder; `CancellationError`, after
  ///   which the study can be resumed.
  @concurrent
  public func run(
    _ reporter: WorkflowReporter = WorkflowReporter(),
    progress: @escaping @Sendable (SpectralStudy.Progress) -> Void = { _ in }
  ) async throws -> WrittenStudy {
    let (studies, split) = try StudyReader(source: source, note: reporter.note).readAll()
    for data in studies { try checkCounts(data, split) }
    let folder = OutputFolder(path: folder)
    try folder.prepare()
    let lock = try FolderLock(folder.path)
    defer { withExtendedLifetime(lock) {} }
    try StudyWriter.check(folder)
    let states = URL(filePath: folder.path).appending(path: "unfinished")
    try checkResuming(folder, states, reporter)
    try prepare(states)
    let results = try results(
      studies, try chosenSettings(studies[0], split), states, progress)
    let writer = StudyWriter(
      results: results, folder: folder, command: command.map(CommandText.line), report: progress)
    let files = try writer.write()
    for (result, place) in zip(results, writer.places) {
      result.network.preprocessing.announceStepsOutside(of: place.file("model.onnx"), reporter)
    }
    try? FileManager.default.removeItem(at: states)
    return WrittenStudy(results: results, files: files)
  }

  /// Makes a study of every question; several share their divisions, those of the first.
  private func results(
    _ studies: [StudyData], _ settings: StudySettings, _ states: URL,
    _ progress: @escaping @Sendable (SpectralStudy.Progress) -> Void
  ) throws -> [StudyResult] {
    guard studies.count > 1 else {
      var study = SpectralStudy(studies[0], settings)
      study.checkpoints = states
      return [try study.run(progress)]
    }
    let splits = try settings.validation.splits(of: studies[0].layout())
    return try studies.enumerated().map { index, data in
      var study = SpectralStudy(data, settings)
      study.sharedSplits = splits
      let place = states.appending(path: "\(index + 1)")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      study.checkpoints = place
      return try study.run { step in
        var step = step
        step.subject = data.quantity
        progress(step)
      }
    }
  }

  /// Refuses classes that no division can train on and test.
  private func checkCounts(_ data: StudyData, _ split: ValidationSplit?) throws {
    guard split == nil, case .classes(let labels) = data.question,
      let most = labels.counts.max(), most < 3
    else { return }
    throw WorkflowError(
      .unsuitableInput,
      "\(data.name): \(most) spectra per class are too few for a study, which trains on some and tests "
        + "on others; measure 3 or more of each, join classes with --class-names, or train a network "
        + "on all of them with vitrine train --validation 0")
  }

  /// Refuses to go on with a study that is finished, which would make it anew.
  private func checkResuming(
    _ folder: OutputFolder, _ states: URL, _ reporter: WorkflowReporter
  ) throws(WorkflowError) {
    guard resumes, PathKind(states.path(percentEncoded: false)) == nil else { return }
    let report = folder.path + "/report.html"
    guard PathKind(report) == nil else {
      throw WorkflowError(
        .invalidSetting,
        "\(folder.path): the study there is finished, see \(report); to make it anew leave out --resume"
      )
    }
    reporter.note("\(folder.path): no study was interrupted there, so this one begins")
  }

  /// Makes the folder of the states of trainings, empty unless the study is resumed.
  ///
  /// A state tells of itself whether data, layers and settings are the same; augmentation is noted.
  private func prepare(_ states: URL) throws {
    let note = states.appending(path: "augmentation.txt")
    let augmentation = settings.augmentation.description
    if !resumes { try? FileManager.default.removeItem(at: states) }
    if let known = try? String(contentsOf: note, encoding: .utf8), known != augmentation {
      throw WorkflowError(
        .invalidSetting,
        "\(states.path(percentEncoded: false)): the study was begun with augmentation \(known); give "
          + "the same, or begin anew without --resume")
    }
    try FileManager.default.createDirectory(at: states, withIntermediateDirectories: true)
    try Data(augmentation.utf8).write(to: note)
  }

  private func chosenSettings(
    _ data: StudyData, _ split: ValidationSplit?
  ) throws -> StudySettings {
    var settings = settings
    if let split { settings.validation = .given([split]) }
    if let bandFile {
      settings.ownBands = try BandTable(path: bandFile, unit: data.axis.unit)
    }
    return settings
  }
}

/// A study and the files that were written of it.
public struct WrittenStudy: Sendable {
  /// What was found, one for each quantity; at least one.
  public let results: [StudyResult]

  /// What was found of the classes, or of the first quantity.
  public var result: StudyResult { results[0] }

  /// The files, the report first.
  public let files: [String]
}
