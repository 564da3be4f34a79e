/// Where the members of a ZIP archive lie.
struct ZIPDirectory {
  /// A member, stored as it is or deflated.
  struct Member {
    /// Its name in the archive.
    let name: String

    /// Where its bytes lie in the archive.
    let range: Range<Int>

    /// Whether those bytes are a stream of RFC 1951.
    let isDeflated: Bool

    /// The number of its bytes when they are not compressed.
    let byteCount: Int

    /// The checksum its bytes should have.
    let checksum: UInt32
  }

  /// The members in the order of the directory.
  let members: [Member]

  /// Reads the directory at the end of an archive.
  ///
  /// - Throws: `TensorError` when the bytes are no archive, or members are encrypted, compressed by
  ///   another method than deflation, or together pass 4 GB.
  init(_ bytes: [UInt8]) throws(TensorError) {
    let end = try Self.endRecord(bytes)
    let count = Int(bytes.word16(at: end + 10))
    var offset = Int(bytes.word32(at: end + 16))
    guard count != 0xFFFF, offset != 0xFFFF_FFFF else { throw Self.tooLarge }
    var members: [Member] = []
    for _ in 0..<count {
      members.append(try Self.member(bytes, at: &offset, end: end))
    }
    guard members.reduce(0, { $0 + $1.byteCount }) < 0xFFFF_FFFF else { throw Self.tooLarge }
    self.members = members
  }

  private static let tooLarge = TensorError(
    .unsupportedFile, "archives of more than 4 GB are not read; split the file")

  private static let damaged = TensorError(
    .malformedFile, "the archive is damaged or cut off; fetch or save it again")

  /// The offset of the record that ends an archive, behind which only a comment may follow.
  private static func endRecord(_ bytes: [UInt8]) throws(TensorError) -> Int {
    let last = bytes.count - 22
    for offset in stride(from: last, through: max(0, last - 0xFFFF), by: -1)
    where bytes.word32(at: offset) == 0x0605_4B50
      && offset + 22 + Int(bytes.word16(at: offset + 20)) == bytes.count
    {
      return offset
    }
    throw damaged
  }

  /// Reads the directory entry at `offset` and steps over it.
  private static func member(
    _ bytes: [UInt8], at offset: inout Int, end: Int
  ) throws(TensorError) -> Member {
    guard offset + 46 <= end, bytes.word32(at: offset) == 0x0201_4B50 else { throw damaged }
    let nameEnd = offset + 46 + Int(bytes.word16(at: offset + 28))
    guard nameEnd <= end else { throw damaged }
    let name = String(decoding: bytes[(offset + 46)..<nameEnd], as: UTF8.self)
    let method = bytes.word16(at: offset + 10)
    guard [0, 8].contains(method), bytes.word16(at: offset + 8) & 1 == 0 else {
      throw TensorError(
        .unsupportedFile,
        "\(name) is encrypted or compressed by method \(method); save with numpy.savez or "
          + "numpy.savez_compressed")
    }
    let (size, byteCount) = (
      Int(bytes.word32(at: offset + 20)), Int(bytes.word32(at: offset + 24))
    )
    try checkSizes(size, byteCount, isDeflated: method == 8, name)
    let header = Int(bytes.word32(at: offset + 42))
    guard header + 30 <= end, bytes.word32(at: header) == 0x0403_4B50 else { throw damaged }
    let start =
      header + 30 + Int(bytes.word16(at: header + 26)) + Int(bytes.word16(at: header + 28))
    guard start + size <= end else { throw damaged }
    let checksum = bytes.word32(at: offset + 16)
    offset = nameEnd + Int(bytes.word16(at: offset + 30)) + Int(bytes.word16(at: offset + 32))
    return Member(
      name: name, range: start..<(start + size), isDeflated: method == 8, byteCount: byteCount,
      checksum: checksum)
  }

  /// Refuses a member whose bytes cannot be as many as the directory says.
  private static func checkSizes(
    _ size: Int, _ byteCount: Int, isDeflated: Bool, _ name: String
  ) throws(TensorError) {
    guard size != 0xFFFF_FFFF, byteCount != 0xFFFF_FFFF else { throw tooLarge }
    guard isDeflated || size == byteCount else { throw damaged }
    guard !isDeflated || byteCount / Zlib.largestExpansion <= size else {
      throw TensorError(
        .malformedFile,
        "\(name): \(size) compressed bytes cannot stand for \(byteCount); the archive is damaged")
    }
  }
}
