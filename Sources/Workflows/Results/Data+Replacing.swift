import Foundation

extension Data {
  /// Writes a file under a hidden name, and renames it when it is whole.
  ///
  /// `Data.WritingOptions.atomic` also waits until the disk has the file, which takes longer than a map:
  /// the processors stand still meanwhile. What a power failure takes is made again.
  ///
  /// - Parameter path: The file; one of that name is replaced.
  /// - Throws: What the file system says; nothing is left behind then.
  func replaceFile(at path: String) throws {
    let whole = URL(fileURLWithPath: path)
    let part = whole.deletingLastPathComponent().appending(path: Leftovers.name())
    do {
      let descriptor = unsafe open(part.path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
      guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      try handle.write(contentsOf: self)
      try handle.close()
      guard unsafe rename(part.path, whole.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      try? FileManager.default.removeItem(at: part)
      throw error
    }
  }
}
