package import Foundation

/// The folder that results are written to.
package struct OutputFolder: Sendable {
  package let path: String

  /// Whether files that other settings made may be replaced.
  package let replaces: Bool

  package init(path: String, replaces: Bool = true) {
    self.path = path
    self.replaces = replaces
  }

  /// Makes the folder, makes sure that it can be written before anything is computed, and removes
  /// what killed runs left behind in it.
  ///
  /// - Parameter folders: Folders in it that are wanted too, with `/` at their ends.
  /// - Throws: `WorkflowError` when it cannot.
  package func prepare(with folders: Set<String> = []) throws(WorkflowError) {
    for path in [path] + folders.sorted().map(file) {
      do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      } catch {
        throw WorkflowError(.unwritable, "\(path): cannot be made; name another folder with -o")
      }
      guard FileManager.default.isWritableFile(atPath: path) else {
        throw WorkflowError(.unwritable, "\(path): cannot be written; name another folder with -o")
      }
      Leftovers.remove(from: path)
    }
  }

  /// The path of a file in it.
  package func file(_ name: String) -> String { path + (path.hasSuffix("/") ? "" : "/") + name }

  /// Refuses to replace a file that other settings made.
  ///
  /// - Parameters:
  ///   - name: The file.
  ///   - difference: Says in words how its bytes differ from what is to be written; nil for not at all.
  /// - Throws: `WorkflowError` naming the file and the difference.
  func protect(_ name: String, _ difference: (Data) -> String?) throws(WorkflowError) {
    guard !replaces, let bytes = FileManager.default.contents(atPath: file(name)),
      let words = difference(bytes)
    else { return }
    throw WorkflowError(
      .unwritable,
      "\(file(name)) is there already, with \(words); --force replaces it, -o names another folder")
  }

  /// Refuses to replace files whose settings nothing tells, unless their bytes stay the same.
  ///
  /// - Parameters:
  ///   - name: The file.
  ///   - bytes: What is to be written.
  /// - Throws: `WorkflowError` naming the file.
  func protect(_ name: String, untold bytes: Data) throws(WorkflowError) {
    guard !replaces, let former = FileManager.default.contents(atPath: file(name)),
      former != bytes
    else { return }
    throw Self.untold(file(name))
  }

  /// Fills a file that is given its name later.
  ///
  /// - Parameters:
  ///   - name: The file.
  ///   - fill: Writes its bytes.
  /// - Returns: The file, which has no name yet.
  /// - Throws: `WorkflowError` when it cannot be written; what `fill` throws.
  func part(_ name: String, _ fill: (FileHandle) throws -> Void) throws -> PartFile {
    do {
      return try PartFile(file(name), fill)
    } catch is CocoaError {
      throw Self.unwritable(file(name))
    }
  }

  /// Refuses to replace a file whose settings nothing tells, unless its bytes stay the same.
  ///
  /// - Parameter part: What is to have its name.
  /// - Throws: `WorkflowError` naming the file.
  func protect(untold part: PartFile) throws(WorkflowError) {
    let manager = FileManager.default
    guard !replaces, manager.fileExists(atPath: part.path),
      !manager.contentsEqual(atPath: part.path, andPath: part.part)
    else { return }
    throw Self.untold(part.path)
  }

  /// Gives a file its name.
  ///
  /// - Throws: `WorkflowError` when it cannot be renamed.
  func finish(_ part: PartFile) throws(WorkflowError) {
    do {
      try part.finish()
    } catch {
      throw Self.unwritable(part.path)
    }
  }

  private static func untold(_ path: String) -> WorkflowError {
    WorkflowError(
      .unwritable,
      "\(path) is there already, and nothing tells which settings made it; --force replaces "
        + "it, -o names another folder")
  }

  static func unwritable(_ path: String) -> WorkflowError {
    WorkflowError(
      .unwritable, "\(path): cannot be written; is the disk full, or the folder gone?")
  }

  /// Whether a file is there.
  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

  /// Writes a file through a temporary one, so that no part of a file is left behind; returns its
  /// path.
  ///
  /// - Throws: `WorkflowError` when it cannot be written.
  package func write(_ bytes: Data, to name: String) throws(WorkflowError) -> String {
    let file = file(name)
    do {
      try bytes.replaceFile(at: file)
    } catch {
      throw Self.unwritable(file)
    }
    return file
  }
}
