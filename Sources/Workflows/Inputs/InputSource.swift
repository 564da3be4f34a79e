import Explanations
import SpectralData
import Synchronization

/// The inputs that paths stand for, prepared for a network; bad ones are reported and left out.
final class InputSource: Sendable {
  /// The files that are there.
  private let files: [String]

  /// What the network takes.
  let kind: InputKind

  private let preparation: any InputPreparation
  private let reporter: WorkflowReporter
  private let failed = Mutex<[InputFailure]>([])
  private let noted = Mutex<Set<String>>([])

  /// Finds the files and announces what is assumed about them.
  init(
    _ model: Model, paths: [String], unit: AxisUnit?, reporter: WorkflowReporter
  ) throws {
    kind = try InputKind(model)
    self.reporter = reporter
    switch kind {
    case .picture: preparation = try PicturePreparation(model)
    case .spectrum: preparation = try SpectrumPreparation(model, unit: unit)
    }
    var missing: [InputFailure] = []
    files = InputFiles(kind: kind).expanded(paths) { missing.append($0) }
    for note in preparation.notes { reporter.note("note: " + note) }
    for failure in missing { report(failure) }
  }

  /// The inputs that could not be used so far.
  var failures: [InputFailure] { failed.withLock { $0 } }

  /// How many files there are.
  var count: Int { files.count }

  /// The files in groups.
  func chunks(of size: Int) -> [[String]] {
    let size = max(1, size)
    return stride(from: 0, to: files.count, by: size).map {
      Array(files[$0..<min($0 + size, files.count)])
    }
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
      report(InputFailure(file, isOtherKind ? mismatch : error))
      return []
    }
  }

  /// Passes on what was done to a file, once for all files alike.
  private func note(_ text: String, _ file: String) {
    let isNew = noted.withLock { $0.insert(text).inserted }
    if isNew { reporter.note("note: \(text) (\(file))") }
  }

  /// Remembers and reports an input that cannot be used.
  func report(_ failure: InputFailure) {
    failed.withLock { $0.append(failure) }
    reporter.failure(failure)
  }
}
