import Foundation
import Workflows

/// Keeps a folder for one study at a time; let go by the system however the process ends.
final class FolderLock {
  private let file: FileHandle
  private let path: String

  /// Takes the folder.
  ///
  /// - Parameter folder: An existing folder.
  /// - Throws: `WorkflowError` when another study is at work there.
  init(_ folder: String) throws(WorkflowError) {
    path = folder + (folder.hasSuffix("/") ? "" : "/") + ".study-in-progress"
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    guard let file = FileHandle(forUpdatingAtPath: path) else {
      throw WorkflowError(.unwritable, "\(folder): cannot be written; name another folder with -o")
    }
    self.file = file
    isHeld = flock(file.fileDescriptor, LOCK_EX | LOCK_NB) == 0
    guard isHeld else {
      throw WorkflowError(
        .unwritable,
        "\(folder): another study is at work there; wait for it, or name another folder with -o")
    }
  }

  /// Whether this is the one that has the folder.
  private let isHeld: Bool

  deinit {
    if isHeld { try? FileManager.default.removeItem(atPath: path) }
    try? file.close()
  }
}
