public import Foundation

/// Named arrays in one file, as `numpy.savez` and `numpy.savez_compressed` write them.
public struct NPZArchive: Sendable {
  /// The names of the arrays, in the order of the file.
  public let names: [String]

  private let bytes: [UInt8]
  private let members: [String: ZIPDirectory.Member]

  /// Opens an archive; arrays are decoded, and their checksums tested, when they are asked for.
  ///
  /// - Throws: `TensorError` when the file cannot be read, is damaged, or is no archive of the
  ///   kind.
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
  /// - Throws: `TensorError` when the bytes are damaged or no archive of the kind.
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

  /// The bytes of a member that need be no array.
  ///
  /// - Parameter name: As in `names`.
  /// - Returns: All of them, unpacked.
  /// - Throws: `TensorError` when there is none or its bytes are damaged.
  package func contents(_ name: String) throws(TensorError) -> [UInt8] {
    let (bytes, range) = try checked(name)
    return range == bytes.indices ? bytes : Array(bytes[range])
  }

  /// The array with a name as it is stored: for its shape, or for whole numbers.
  ///
  /// - Throws: `TensorError` when there is none or its bytes are damaged.
  public func file(_ name: String) throws(TensorError) -> NPYFile {
    let (bytes, range) = try checked(name)
    return try NPYFile(bytes, range, name: name)
  }

  /// The bytes that hold the member with a name, and where in them it lies.
  private func checked(_ name: String) throws(TensorError) -> ([UInt8], Range<Int>) {
    guard let member = members[name] else {
      throw TensorError(
        .unknownName, "no array is named \(name); there are \(names.joined(separator: ", "))")
    }
    let (bytes, range) = try stored(member, name)
    guard Zlib.checksum(bytes, range) == member.checksum else {
      throw TensorError(.malformedFile, "\(name): the bytes do not match their checksum")
    }
    return (bytes, range)
  }

  /// The bytes that hold a member, and where in them it lies.
  private func stored(
    _ member: ZIPDirectory.Member, _ name: String
  ) throws(TensorError) -> ([UInt8], Range<Int>) {
    guard member.isDeflated else { return (bytes, member.range) }
    guard let expanded = Zlib.expanded(bytes, member.range, count: member.byteCount) else {
      throw TensorError(
        .malformedFile,
        "\(name): the compressed bytes are damaged or do not give \(member.byteCount) bytes")
    }
    return (expanded, expanded.indices)
  }

  private static func arrayName(_ member: String) -> String {
    member.hasSuffix(".npy") ? String(member.dropLast(4)) : member
  }
}
