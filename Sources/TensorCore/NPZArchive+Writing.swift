public import Foundation

extension NPZArchive {
  /// How the arrays of an archive are written.
  public enum Compression: Hashable, Sendable {
    /// As they are: the same arrays give the same bytes everywhere.
    case none

    /// Deflated, as by `numpy.savez_compressed`; the bytes depend on the version of zlib.
    case deflate
  }

  /// Writes named tensors as 32-bit floating-point numbers; an existing file is replaced at the end.
  ///
  /// - Parameters:
  ///   - arrays: Tensors and their names, which must differ.
  ///   - url: Where to write.
  ///   - compression: How they are written.
  /// - Throws: `TensorError` with code `unwritable` when the file cannot be written, names are not
  ///   distinct, or the archive would pass 4 GB.
  public static func write(
    _ arrays: [(String, Tensor)], to url: URL, compression: Compression = .none
  ) throws(TensorError) {
    try bytes(of: arrays, compression: compression).write(to: url)
  }

  /// The bytes of an archive of tensors.
  ///
  /// - Parameters:
  ///   - arrays: Tensors and their names, which must differ.
  ///   - compression: How they are written.
  /// - Returns: The bytes of a file.
  /// - Throws: `TensorError` with code `unwritable` when names are not distinct, or the archive
  ///   would pass 4 GB.
  public static func bytes(
    of arrays: [(String, Tensor)], compression: Compression = .none
  ) throws(TensorError) -> [UInt8] {
    try bytes(of: arrays.map { ($0.0, .tensor($0.1)) }, compression: compression)
  }

  /// The bytes of an archive of numbers and texts.
  ///
  /// - Parameters:
  ///   - arrays: Contents and their names, which must differ.
  ///   - compression: How they are written.
  /// - Returns: The bytes of a file.
  /// - Throws: `TensorError` with code `unwritable` when names are not distinct, or the archive
  ///   would pass 4 GB.
  public static func bytes(
    of arrays: [(String, NPYContents)], compression: Compression = .none
  ) throws(TensorError) -> [UInt8] {
    let arrays = arrays.map { ($0.0, $0.1.bytes) }
    // Deflating makes bytes that have no pattern longer by less than one in a thousand.
    let size = arrays.reduce(0) {
      $0 + $1.1.count + $1.1.count / 1000 + 2 * $1.0.utf8.count + 128
    }
    guard Set(arrays.map(\.0)).count == arrays.count, arrays.count < 0xFFFF, size < 0xFFFF_FFFF,
      arrays.allSatisfy({ $0.0.utf8.count < 0xFF00 })
    else {
      throw TensorError(
        .unwritable, "an archive needs distinct, short names and at most 4 GB; write several files")
    }
    var archive = ZIPWriter()
    for (name, array) in arrays { try archive.append(array, name: name + ".npy", compression) }
    return archive.finished()
  }
}
