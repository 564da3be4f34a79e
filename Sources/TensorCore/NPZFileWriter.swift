package import Foundation

/// Writes named arrays to a file one after another, so that none has to be in memory as a whole.
///
/// The bytes are those of `NPZArchive.bytes(of:)`, and of ZIP64 where there are more than 4 GB.
package struct NPZFileWriter {
  private let file: FileHandle
  private var records: ZIPRecords
  private var names: Set<String> = []

  /// Begins an archive.
  ///
  /// - Parameter file: Open for writing, at its start; closing it is the caller's.
  package init(_ file: FileHandle) {
    self.init(file, limit: 0xFFFF_FFFF)
  }

  /// Begins an archive; `limit` is from where on numbers are written as ZIP64.
  init(_ file: FileHandle, limit: Int) {
    self.file = file
    records = ZIPRecords(limit: limit)
  }

  /// Appends an array that is in memory.
  ///
  /// - Throws: `TensorError` with code `unwritable`.
  package mutating func append(_ name: String, _ contents: NPYContents) throws {
    let bytes = contents.bytes
    try append(name, bytes, count: bytes.count) { _ in }
  }

  /// Appends 32-bit numbers that come row by row.
  ///
  /// - Parameters:
  ///   - name: The name of the array, which no other one has.
  ///   - shape: Its extents.
  ///   - parts: Gives its numbers in row-major order as little-endian bytes, part after part; called
  ///     twice, as the checksum stands in front.
  /// - Throws: `TensorError` with code `unwritable`, and what `parts` throws.
  package mutating func append(
    _ name: String, shape: Shape, parts: (([UInt8]) throws -> Void) throws -> Void
  ) throws {
    let head = NPYFile.header(descriptor: "<f4", extents: shape.extents)
    try append(name, head, count: head.count + 4 * shape.elementCount, parts)
  }

  /// Appends a member: what it begins with, and the rest.
  private mutating func append(
    _ name: String, _ head: [UInt8], count: Int,
    _ rest: (([UInt8]) throws -> Void) throws -> Void
  ) throws {
    guard names.insert(name).inserted, name.utf8.count < 0xFF00, names.count < 0xFFFF else {
      throw TensorError(.unwritable, "\(name): an archive needs distinct, short names")
    }
    var (checksum, found) = (Zlib.checksum(head, head.indices), head.count)
    try rest { bytes in
      checksum = Zlib.checksum(bytes, bytes.indices, after: checksum)
      found += bytes.count
    }
    guard found == count else {
      throw TensorError(.unwritable, "\(name): \(found) bytes are no array of \(count) bytes")
    }
    let member = ZIPRecords.Member(
      name: name + ".npy", method: 0, checksum: checksum, byteCount: count, storedCount: count)
    try Self.write(records.start(member) + head, to: file)
    try rest { [file] bytes in try Self.write(bytes, to: file) }
  }

  /// Writes the directory.
  ///
  /// - Throws: `TensorError` with code `unwritable`.
  package func finish() throws { try Self.write(records.end(), to: file) }

  private static func write(_ bytes: [UInt8], to file: FileHandle) throws {
    do {
      try file.write(contentsOf: Data(bytes))
    } catch {
      throw TensorError(.unwritable, "the archive cannot be written: \(error)")
    }
  }
}
