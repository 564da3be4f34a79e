public import Foundation

/// Named arrays in one file, as `numpy.savez` writes them (without compression).
public struct NPZArchive: Sendable {
  /// The names of the arrays, in the order of the file.
  public let names: [String]

  private let bytes: [UInt8]
  private let members: [String: ZIPDirectory.Member]

  /// Opens an archive; arrays are decoded, and their checksums tested, when they are asked for.
  ///
  /// - Throws: `TensorError` when the file cannot be read, is damaged, or is compressed.
  public init(contentsOf url: URL) throws(TensorError) {
    do {
      try self.init([UInt8](readingFrom: url))
    } catch  where error.code == .unreadable {
      throw error
    } catch {
      throw TensorError(error.code, "\(url.lastPathComponent): \(error)")
    }
  }

  /// Opens an archive from the bytes of a file.
  ///
  /// - Throws: `TensorError` when the bytes are damaged or compressed.
  public init(_ bytes: [UInt8]) throws(TensorError) {
    let directory = try ZIPDirectory(bytes)
    let named = directory.members.map { (Self.arrayName($0.name), $0) }
    guard Set(named.map(\.0)).count == named.count else {
      throw TensorError(.malformedFile, "two arrays of the archive have one name")
    }
    self.bytes = bytes
    names = named.map(\.0)
    members = Dictionary(named) { first, _ in first }
  }

  /// The array with a name; whole numbers become the nearest `Float`.
  ///
  /// - Throws: `TensorError` when there is none or its bytes are damaged.
  public subscript(name: String) -> Tensor {
    get throws(TensorError) {
      let file = try file(name)
      guard file.texts == nil else {
        throw TensorError(.unsupportedFile, "\(name): the array holds texts, not numbers")
      }
      return file.tensor
    }
  }

  /// The array with a name as it is stored: for its shape, or for whole numbers.
  ///
  /// - Throws: `TensorError` when there is none or its bytes are damaged.
  public func file(_ name: String) throws(TensorError) -> NPYFile {
    guard let member = members[name] else {
      throw TensorError(
        .unknownName, "no array is named \(name); there are \(names.joined(separator: ", "))")
    }
    guard CRC32.checksum(bytes, member.range) == member.checksum else {
      throw TensorError(.malformedFile, "\(name): the bytes do not match their checksum")
    }
    return try NPYFile(bytes, member.range, name: name)
  }

  private static func arrayName(_ member: String) -> String {
    member.hasSuffix(".npy") ? String(member.dropLast(4)) : member
  }
}

extension NPZArchive {
  /// Writes named tensors as 32-bit floating-point numbers; an existing file is replaced at the end.
  ///
  /// - Parameters:
  ///   - arrays: Tensors and their names, which must differ.
  ///   - url: Where to write.
  /// - Throws: `TensorError` with code `unwritable` when the file cannot be written, names are not
  ///   distinct, or the archive would pass 4 GB.
  public static func write(_ arrays: [(String, Tensor)], to url: URL) throws(TensorError) {
    try bytes(of: arrays).write(to: url)
  }

  /// The bytes of an archive; the same tensors always give the same bytes.
  ///
  /// - Throws: `TensorError` with code `unwritable` when names are not distinct, or the archive
  ///   would pass 4 GB.
  public static func bytes(of arrays: [(String, Tensor)]) throws(TensorError) -> [UInt8] {
    try bytes(of: arrays.map { ($0.0, .tensor($0.1)) })
  }

  /// The bytes of an archive of numbers and texts; the same contents always give the same bytes.
  ///
  /// - Throws: `TensorError` with code `unwritable` when names are not distinct, or the archive
  ///   would pass 4 GB.
  public static func bytes(of arrays: [(String, NPYContents)]) throws(TensorError) -> [UInt8] {
    let arrays = arrays.map { ($0.0, $0.1.bytes) }
    let size = arrays.reduce(0) { $0 + $1.1.count + 2 * $1.0.utf8.count + 128 }
    guard Set(arrays.map(\.0)).count == arrays.count, arrays.count < 0xFFFF, size < 0xFFFF_FFFF,
      arrays.allSatisfy({ $0.0.utf8.count < 0xFF00 })
    else {
      throw TensorError(
        .unwritable, "an archive needs distinct, short names and at most 4 GB; write several files")
    }
    var (archive, directory) = ([UInt8](), [UInt8]())
    archive.reserveCapacity(size)
    for (name, member) in arrays {
      let header = archive.count
      let path = Array((name + ".npy").utf8)
      let description = description(of: member, nameLength: path.count)
      archive.append(littleEndian: 0x0403_4B50, width: 4)
      archive += description + path + member
      directory.append(littleEndian: 0x0201_4B50, width: 4)
      directory.append(littleEndian: 20, width: 2)
      directory += description
      // No comment, disk 0, no attributes.
      directory += Array(repeating: 0, count: 10)
      directory.append(littleEndian: header, width: 4)
      directory += path
    }
    let start = archive.count
    archive += directory
    archive.append(littleEndian: 0x0605_4B50, width: 4)
    archive.append(littleEndian: 0, width: 4)
    archive.append(littleEndian: arrays.count, width: 2)
    archive.append(littleEndian: arrays.count, width: 2)
    archive.append(littleEndian: directory.count, width: 4)
    archive.append(littleEndian: start, width: 4)
    archive.append(littleEndian: 0, width: 2)
    return archive
  }

  /// What a member's header and its directory entry have in common.
  private static func description(of member: [UInt8], nameLength: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    // Version 2.0, names in UTF-8, stored, midnight of 1 January 1980.
    for number in [20, 0x0800, 0, 0, 0x21] { bytes.append(littleEndian: number, width: 2) }
    bytes.append(littleEndian: Int(CRC32.checksum(member, member.indices)), width: 4)
    bytes.append(littleEndian: member.count, width: 4)
    bytes.append(littleEndian: member.count, width: 4)
    bytes.append(littleEndian: nameLength, width: 2)
    bytes.append(littleEndian: 0, width: 2)
    return bytes
  }
}
