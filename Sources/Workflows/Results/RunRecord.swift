import Foundation
import Synchronization

/// What a run over many files has finished, kept beside its results: a line of settings, and a line
/// for each file that is done, written when its results are.
///
/// A run that ends early is resumed by it, and the index page is made of it.
final class RunRecord: Sendable {
  /// What it is called.
  static let fileName = "run.jsonl"

  /// A file that is done.
  struct Entry: Codable, Sendable {
    /// What the file was like.
    let file: FileState

    /// What was found and written; the names of files are those in the folder.
    var explained: ExplainedInput

    /// A small picture for each explanation, as the bytes of a JPEG file; empty where there is none.
    let thumbnails: [Data]
  }

  private struct State {
    var entries: [String: Entry]
    let file: FileHandle
  }

  private let state: Mutex<State>

  /// How the settings of what is there differ from those of this run; empty if they do not.
  let differences: [String]

  /// The files that earlier runs with the settings of this one wrote.
  private let ownFiles: Set<String>

  /// Starts a record.
  ///
  /// - Parameters:
  ///   - folder: Where the results are.
  ///   - settings: What they depend on besides the files.
  ///   - isResumed: Whether what is done with equal settings is kept.
  /// - Throws: `WorkflowError` when it cannot be written.
  init(
    in folder: OutputFolder, _ settings: RunSettings, isResumed: Bool
  ) throws(WorkflowError) {
    let earlier = Self.lines(in: folder)
    let known = earlier.first.flatMap { try? JSONDecoder().decode(RunSettings.self, from: $0) }
    differences = known.map { settings.differences(from: $0) } ?? []
    var entries: [String: Entry] = [:]
    var ownFiles: Set<String> = []
    for line in earlier.dropFirst() where known != nil && differences.isEmpty {
      // The last line may have been cut off when the run ended.
      guard let entry = try? JSONDecoder().decode(Entry.self, from: line) else { continue }
      ownFiles.formUnion(entry.explained.explanations.flatMap(\.files))
      let isKept = isResumed && entry.isCurrent(in: folder)
      entries[entry.explained.input] = isKept ? entry : nil
    }
    self.ownFiles = ownFiles
    let lines = [try Self.line(settings)] + (try entries.values.map(Self.line))
    let path = try folder.write(Data(lines.joined()), to: Self.fileName)
    guard let file = FileHandle(forUpdatingAtPath: path), (try? file.seekToEnd()) != nil else {
      throw WorkflowError(.unwritable, "\(path): cannot be written; name another folder with -o")
    }
    state = Mutex(State(entries: entries, file: file))
  }

  /// Whether an earlier run with the same settings wrote a file of the folder.
  func isOwn(_ file: String) -> Bool { ownFiles.contains(file) }

  /// What is known of a file that need not be explained again.
  func entry(for path: String) -> Entry? { state.withLock { $0.entries[path] } }

  /// The names of the files of all results, without suffixes.
  var names: [String] {
    state.withLock { state in
      state.entries.values.flatMap(\.explained.explanations).flatMap(\.files).map { name in
        String(name.lastIndex(of: ".").map { name[..<$0] } ?? name[...])
      }
    }
  }

  /// The files that are done.
  var done: Set<String> { state.withLock { Set($0.entries.keys) } }

  /// Adds a file whose results are written.
  ///
  /// - Throws: `WorkflowError` when the record cannot be written.
  func add(_ entry: Entry) throws(WorkflowError) {
    let line = try Self.line(entry)
    let isWritten = state.withLock { state in
      state.entries[entry.explained.input] = entry
      return (try? state.file.write(contentsOf: line)) != nil
    }
    guard isWritten else {
      throw WorkflowError(.unwritable, "\(Self.fileName): cannot be written; is the disk full?")
    }
  }

  private static func lines(in folder: OutputFolder) -> [Data] {
    guard let data = FileManager.default.contents(atPath: folder.file(fileName)) else { return [] }
    return data.split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }

  private static func line(_ value: some Encodable) throws(WorkflowError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(value) + Data("\n".utf8)
    } catch {
      throw WorkflowError(.unwritable, "\(fileName): \(error)")
    }
  }
}

/// What tells whether a file is still the same.
struct FileState: Codable, Hashable, Sendable {
  /// The number of bytes.
  let size: Int

  /// When it was changed, in seconds since 2001.
  let modified: Double

  /// Looks at a file; nil when it is not there.
  init?(_ path: String) {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path),
      let size = attributes[.size] as? Int, let date = attributes[.modificationDate] as? Date
    else { return nil }
    self.size = size
    modified = date.timeIntervalSinceReferenceDate
  }
}

extension RunRecord.Entry {
  /// Whether the file is what it was and all its results are there.
  fileprivate func isCurrent(in folder: OutputFolder) -> Bool {
    FileState(explained.input) == file
      && explained.explanations.allSatisfy { explanation in
        explanation.files.allSatisfy { FileManager.default.fileExists(atPath: folder.file($0)) }
      }
  }
}
