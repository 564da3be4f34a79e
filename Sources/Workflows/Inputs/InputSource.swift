import Explanations
import SpectralData
import Synchronization
import TensorCore

/// The inputs that paths stand for, prepared for a network; bad ones are logged and left out.
final class InputSource: Sendable {
  /// The files that are there.
  private let files: [String]

  /// What the network takes.
  let kind: InputKind

  private let preparation: any InputPreparation
  private let reporter: WorkflowReporter
  private let failures: FailureLog
  private let noted = Mutex<Set<String>>([])

  /// Finds the files and announces what is assumed about them.
  init(
    _ model: Model, paths: [String], unit: AxisUnit?, reporter: WorkflowReporter,
    failures: FailureLog
  ) throws {
    kind = try InputKind(model)
    self.reporter = reporter
    self.failures = failures
    preparation = try Self.preparation(for: model, unit: unit)
    var missing: [InputFailure] = []
    files = InputFiles(kind: kind).expanded(paths) { missing.append($0) }
    for note in preparation.notes { reporter.note("note: " + note) }
    for warning in preparation.warnings { reporter.warning(warning) }
    for failure in missing { failures.add(failure) }
  }

  /// Turns files into what a network takes.
  static func preparation(
    for model: Model, unit: AxisUnit?
  ) throws -> any InputPreparation {
    switch try InputKind(model) {
    case .picture: try PicturePreparation(model)
    case .spectrum: try SpectrumPreparation(model, unit: unit)
    }
  }

  /// Finds the files of a request.
  convenience init(
    _ model: Model, _ request: ExplanationRequest, reporter: WorkflowReporter,
    failures: FailureLog
  ) throws {
    try self.init(
      model, paths: request.inputs, unit: request.unit, reporter: reporter, failures: failures)
  }

  /// How inputs are prepared, and who said so.
  var record: PreparationRecord { preparation.record }

  /// How many files there are.
  var count: Int { files.count }

  /// The files in groups.
  func chunks(of size: Int) -> [[String]] {
    files.indices.parts(of: max(1, size)).map { Array(files[$0]) }
  }

  /// How many inputs there will be, once that is known, after so many inputs and files.
  func total(_ inputs: Int, done: Int) -> Int? {
    kind == .picture ? inputs + files.count - done : done == files.count ? inputs : nil
  }

  /// How many inputs are in files, where that is known before they are read.
  func expectedCount(_ files: [String]) -> Int? {
    kind == .picture ? files.count : nil
  }

  /// Reads files in parallel and keeps their order.
  func load(_ files: [String]) async -> [PreparedInput] {
    guard files.count > 1 else { return files.flatMap(read) }
    return await withTaskGroup(of: (Int, [PreparedInput]).self) { group in
      for (index, file) in files.enumerated() {
        group.addTask { (index, self.read(file)) }
      }
      var parts = [[PreparedInput]](repeating: [], count: files.count)
      for await (index, inputs) in group { parts[index] = inputs }
      return parts.flatMap(\.self)
    }
  }

  private func read(_ file: String) -> [PreparedInput] {
    do {
      return try preparation.inputs(in: file) { note($0, file) }
    } catch {
      let suffix = file.split(separator: ".").last.map { $0.lowercased() } ?? ""
      let isOtherKind = kind.other.suffixes.contains(suffix)
      let mismatch = WorkflowError(
        .unsuitableInput, "\(file): cannot be read; the network takes \(kind.plural)")
      failures.add(InputFailure(file, isOtherKind ? mismatch : error))
      return []
    }
  }

  /// Passes on what was done to a file, once for all files alike.
  private func note(_ text: String, _ file: String) {
    let isNew = noted.withLock { $0.insert(text).inserted }
    if isNew { reporter.note("note: \(text) (\(file))") }
  }
}
