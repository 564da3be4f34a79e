package import Explanations
import Foundation
import SpectralData
import Synchronization
import TensorCore

/// The samples that a user names, prepared for a network; bad ones are logged and left out.
package final class InputSource: Sendable {
  private let entries: [SampleEntry]
  private let readers: [InputReader]
  /// The reader of the files; nil where every input is given by name.
  private let free: InputReader?
  /// The same for every file.
  private let held: [String: PreparedInput]
  private let reporter: WorkflowReporter
  private let failures: FailureLog
  private let noted = Mutex<Set<String>>([])
  /// How many samples of each file cannot be prepared.
  private let brokenCounts = Mutex<[String: Int]>([:])

  /// How many samples of a file that cannot be prepared are named; the others are counted.
  private static let greatestBrokenCount = 10

  /// How many bytes of spectra are read at once, unless one file has more.
  private static let bytesAtOnce = 1 << 24

  /// Finds the samples and announces what is assumed about them.
  ///
  /// - Throws: What is wrong with the network, with an input that is the same for all, or with what
  ///   inputs there are.
  package init(
    _ model: Model, _ choice: InputChoice, reporter: WorkflowReporter, failures: FailureLog
  ) throws {
    self.reporter = reporter
    self.failures = failures
    var missing: [InputFailure] = []
    let samples = try SampleEntries(model, choice.arguments, table: choice.table) {
      missing.append($0)
    }
    let readers = try model.inputs.map { try InputReader(model, $0, choice.settings) }
    var held: [String: PreparedInput] = [:]
    for reader in readers where samples.fresh.contains(reader.input) {
      held[reader.input.name] = try reader.inputs("zeros") { _ in }.first
      reporter.note(
        "note: input \(reader.input) is a state and taken as zeros; give \(reader.input.name)=FILE "
          + "for another")
    }
    for reader in readers {
      guard let text = samples.held[reader.input.name] else { continue }
      let inputs = try reader.inputs(text) { reporter.note("note: \($0) (\(text))") }
      guard inputs.count == 1 else {
        throw WorkflowError(
          .unsuitableInput,
          "\(reader.input.name)=\(text): holds \(inputs.count) samples; name one, or use --table")
      }
      held[reader.input.name] = inputs[0]
    }
    entries = samples.entries
    self.readers = readers
    self.held = held
    free = samples.free.flatMap { input in readers.first { $0.input == input } }
    announce()
    for failure in missing { failures.add(failure) }
  }

  /// Says what is assumed about files, and what is doubtful.
  private func announce() {
    for reader in readers {
      let paths = paths(for: reader)
      for note in reader.notes(for: paths) where isNew(note) { reporter.note("note: " + note) }
      for warning in reader.warnings(for: paths) where isNew(warning) {
        reporter.warning(warning)
      }
    }
  }

  /// How inputs are prepared, and who said so.
  package var record: PreparationRecord {
    let records = readers.compactMap { $0.record(for: paths(for: $0)) }
    return PreparationRecord(
      records.flatMap(\.entries), isAssumed: records.contains(where: \.isAssumed))
  }

  /// What an input is given.
  private func paths(for reader: InputReader) -> [String] {
    let name = reader.input.name
    if let held = held[name] { return [held.path] }
    return entries.compactMap { entry in
      switch entry {
      case .file(let path): name == free?.input.name ? path : nil
      case .row(_, let texts, _), .given(let texts): texts[name]
      }
    }
  }

  /// What the samples are called after: the kind of the input that is not the same for all.
  package var kind: InputKind { (free ?? readers[0]).kind }

  /// Whether samples are spectra and nothing else, of which there are summaries.
  package var areSpectra: Bool { readers.count == 1 && kind == .spectrum }

  /// How many files or rows there are.
  package var count: Int { entries.count }

  /// The files or texts that samples are named by.
  package var paths: [String] { entries.map(\.path) }

  /// The files where each is a picture and all that the network takes; nil for other samples.
  var pictures: [String]? {
    guard readers.count == 1, kind == .picture else { return nil }
    let areFiles = entries.allSatisfy { entry in if case .file = entry { true } else { false } }
    return areFiles ? paths : nil
  }

  /// The entries in groups, without the files that are done; large files of spectra stand alone.
  func chunks(of size: Int, without done: Set<String> = []) -> [[SampleEntry]] {
    let entries = entries.filter { !done.contains($0.path) }
    guard kind == .spectrum else {
      return entries.indices.parts(of: max(1, size)).map { Array(entries[$0]) }
    }
    var chunks: [[SampleEntry]] = []
    var room = 0
    for entry in entries {
      let bytes = Self.byteCount(of: entry)
      if bytes > room || chunks[chunks.count - 1].count >= size {
        chunks.append([])
        room = Self.bytesAtOnce
      }
      chunks[chunks.count - 1].append(entry)
      room -= bytes
    }
    return chunks
  }

  /// How large a file is, at least one byte.
  private static func byteCount(of entry: SampleEntry) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: entry.path)
    return max(1, (attributes?[.size] as? NSNumber)?.intValue ?? 1)
  }

  /// How many samples there will be, once that is known, after so many samples and entries.
  package func total(_ samples: Int, done: Int) -> Int? {
    kind == .picture ? samples + entries.count - done : done == entries.count ? samples : nil
  }

  /// How many samples are in entries, where that is known before they are read.
  func expectedCount(_ entries: [SampleEntry]) -> Int? {
    kind == .picture ? entries.count : nil
  }

  /// Reads entries in parallel and keeps their order.
  func load(_ entries: [SampleEntry]) async -> [SampleSet] {
    guard entries.count > 1 else { return entries.compactMap(read) }
    return await withTaskGroup(of: (Int, SampleSet?).self) { group in
      for (index, entry) in entries.enumerated() {
        group.addTask { (index, self.read(entry)) }
      }
      var sets = [SampleSet?](repeating: nil, count: entries.count)
      for await (index, set) in group { sets[index] = set }
      return sets.compactMap(\.self)
    }
  }

  /// Some samples of a set; those that cannot be prepared are logged and left out.
  func samples(of set: SampleSet, _ range: Range<Int>) -> [PreparedSample] {
    if let samples = try? set.samples.elements(range) { return samples }
    let samples = range.flatMap { index -> [PreparedSample] in
      do {
        return try set.samples.elements(index..<index + 1)
      } catch {
        noteBroken(set.path, error)
        return []
      }
    }
    let count = brokenCounts.withLock { $0[set.path] ?? 0 } - Self.greatestBrokenCount
    if range.upperBound == set.samples.count, count > 0 {
      let text = "\(set.path): \(count) more samples cannot be prepared"
      failures.add(InputFailure(set.path, WorkflowError(.unsuitableInput, text)))
    }
    return samples
  }

  /// Logs a sample that cannot be prepared, if it is one of the first of its file.
  private func noteBroken(_ path: String, _ error: any Error) {
    let count = brokenCounts.withLock { counts in
      counts[path, default: 0] += 1
      return counts[path] ?? 0
    }
    if count <= Self.greatestBrokenCount { failures.add(InputFailure(path, error)) }
  }

  private func read(_ entry: SampleEntry) -> SampleSet? {
    do {
      let samples =
        switch entry {
        case .file(let path): try samples(in: path)
        case .given(let texts): Deferred(try samples(texts, row: nil, label: nil))
        case .row(let row, let texts, let label):
          Deferred(try samples(texts, row: row, label: label))
        }
      return SampleSet(path: entry.path, samples: samples)
    } catch {
      let isOther = if case .file(let path) = entry { free?.isOther(path) == true } else { false }
      let failure: any Error = isOther ? free?.mismatch(entry.path) ?? error : error
      failures.add(InputFailure(entry.path, failure))
      return nil
    }
  }

  /// One sample for each input in a file, or one that the file holds all inputs of.
  private func samples(in path: String) throws -> Deferred<PreparedSample> {
    guard let free else { return Deferred([]) }
    if readers.count - held.count > 1 {
      return Deferred(
        try samples(
          Dictionary(readers.map { ($0.input.name, path) }) { first, _ in first }, row: nil,
          label: nil))
    }
    let (held, name) = (held, free.input.name)
    return try free.deferred(in: path) { self.note($0, path) }.compactMapped { input in
      PreparedSample(held.merging([name: input]) { $1 }, main: name)
    }
  }

  /// The samples that texts stand for; inputs of which there is one are the same for all.
  private func samples(
    _ texts: [String: String], row: Int?, label: String?
  ) throws -> [PreparedSample] {
    var lists: [String: [PreparedInput]] = held.mapValues { [$0] }
    for reader in readers {
      guard let text = texts[reader.input.name] else { continue }
      lists[reader.input.name] = try reader.inputs(text) { self.note($0, text) }
    }
    let count = lists.values.map(\.count).max() ?? 0
    for (name, list) in lists where list.count != 1 && list.count != count {
      throw WorkflowError(
        .unsuitableInput,
        "\(name): \(list.count) samples do not fit \(count) of another input")
    }
    let main = readers.first { PathKind(texts[$0.input.name] ?? "") != nil } ?? readers[0]
    return (0..<count).compactMap { index in
      var inputs = lists.mapValues { $0[$0.count == 1 ? 0 : index] }
      if let label { inputs[main.input.name]?.label = label }
      var sample = PreparedSample(inputs, main: main.input.name)
      sample?.tableRow = row
      return sample
    }
  }

  /// Passes on what was done to a file, once for all files alike.
  private func note(_ text: String, _ file: String) {
    if isNew(text) { reporter.note("note: \(text) (\(file))") }
  }

  /// Whether something has not been said before.
  private func isNew(_ text: String) -> Bool {
    noted.withLock { $0.insert(text).inserted }
  }
}

/// What a user says about samples.
package struct InputChoice: Sendable {
  /// Files and folders, `name=file` and `name=numbers`.
  var arguments: [String]

  /// A table of samples.
  var table: String?

  /// What the user says about inputs.
  var settings = InputSettings()

  init(arguments: [String], table: String? = nil, settings: InputSettings = InputSettings()) {
    self.arguments = arguments
    self.table = table
    self.settings = settings
  }

  /// One file with usual settings.
  package init(file: String) {
    self.init(arguments: [file])
  }
}
