import Foundation
import Synchronization
import TensorCore

/// Rows of numbers of one length that wait in a hidden file, so that memory holds only a few of them.
///
/// The file goes with the spool, or with the next run in the folder when this one is killed.
final class RowSpool: Sendable {
  /// How many numbers a row has.
  let columnCount: Int

  private let path: String
  private let state: Mutex<(file: FileHandle, rowCount: Int)>

  /// How many numbers are read at once.
  private static let numbersAtOnce = 1 << 18

  /// Makes an empty file.
  ///
  /// - Throws: `WorkflowError` when the folder cannot be written.
  init(in folder: OutputFolder, columnCount: Int) throws(WorkflowError) {
    self.columnCount = columnCount
    path = folder.file(Leftovers.name())
    do {
      state = Mutex((try PartFile.opened(path), 0))
    } catch {
      throw OutputFolder.unwritable(path)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// How many rows there are.
  var rowCount: Int { state.withLock { $0.rowCount } }

  /// Appends rows.
  ///
  /// - Throws: `WorkflowError` when the disk is full.
  func append(_ rows: [[Float]]) throws(WorkflowError) {
    let bytes = Data([UInt8](littleEndian: rows.flatMap(\.self)))
    do {
      try state.withLock { state in
        try state.file.write(contentsOf: bytes)
        state.rowCount += rows.count
      }
    } catch {
      throw OutputFolder.unwritable(path)
    }
  }

  /// Gives the rows as little-endian bytes, some whole rows at a time, in order.
  ///
  /// - Throws: `WorkflowError` when the file is damaged; what `take` throws.
  func readParts(_ take: ([UInt8]) throws -> Void) throws {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    let rowsAtOnce = max(1, Self.numbersAtOnce / max(1, columnCount))
    for rows in (0..<rowCount).parts(of: rowsAtOnce) {
      let count = 4 * rows.count * columnCount
      guard let bytes = try file.read(upToCount: count), bytes.count == count else {
        throw WorkflowError(.unreadable, "\(path): rows are missing; did something remove them?")
      }
      try take([UInt8](bytes))
    }
  }

  /// Gives the rows, one after another, with their indices.
  ///
  /// - Throws: `WorkflowError` when the file is damaged; what `take` throws.
  func readRows(_ take: (Int, ArraySlice<Float>) throws -> Void) throws {
    var index = 0
    try readParts { bytes in
      let numbers = [Float](littleEndian: bytes)
      for start in stride(from: 0, to: numbers.count, by: columnCount) {
        try take(index, numbers[start..<start + columnCount])
        index += 1
      }
    }
  }
}
