package import Foundation

/// A file under a hidden name until it is whole, so that no part of a file is ever left behind.
///
/// `Data.WritingOptions.atomic` also waits until the disk has the file, which takes longer than a map:
/// the processors stand still meanwhile. What a power failure takes is made again.
struct PartFile: Sendable {
  /// What the file is called in the end.
  let path: String

  /// What it is called until then.
  let part: String

  /// Fills a file.
  ///
  /// - Parameters:
  ///   - path: What it is called in the end.
  ///   - fill: Writes its bytes.
  /// - Throws: What the file system and `fill` say; nothing is left behind then.
  init(_ path: String, _ fill: (FileHandle) throws -> Void) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    self.path = path
    part = folder.appending(path: Leftovers.name()).path(percentEncoded: false)
    do {
      let handle = try Self.opened(part)
      try fill(handle)
      try handle.close()
    } catch {
      remove()
      throw error
    }
  }

  /// A new file that is open for writing.
  ///
  /// - Throws: `CocoaError` when there is a file of the name, or the folder cannot be written.
  static func opened(_ path: String) throws -> FileHandle {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Gives the file its name; one that has it already is replaced.
  ///
  /// - Throws: `CocoaError` when it cannot be renamed; nothing is left behind then.
  func finish() throws {
    guard unsafe rename(part, path) == 0 else {
      remove()
      throw CocoaError(.fileWriteUnknown)
    }
  }

  /// Removes the file, which is not to be finished.
  func remove() { try? FileManager.default.removeItem(atPath: part) }
}

extension Data {
  /// Writes a file under a hidden name, and renames it when it is whole.
  ///
  /// - Parameter path: The file; one of that name is replaced.
  /// - Throws: What the file system says; nothing is left behind then.
  package func replaceFile(at path: String) throws {
    try PartFile(path) { try $0.write(contentsOf: self) }.finish()
  }
}
