/// Where the members of a ZIP archive lie.
struct ZIPDirectory {
  /// A member that is stored without compression.
  struct Member {
    /// Its name in the archive.
    let name: String

    /// Where its bytes lie in the archive.
    let range: Range<Int>

    /// The checksum its bytes should have.
    let checksum: UInt32
  }

  /// The members in the order of the directory.
  let members: [Member]

  /// Reads the directory at the end of an archive.
  ///
  /// - Throws: `TensorError` when the bytes are no archive, or members are compressed.
  init(_ bytes: [UInt8]) throws(TensorError) {
    let end = try Self.endRecord(bytes)
    let count = Int(bytes.word16(at: end + 10))
    var offset = Int(bytes.word32(at: end + 16))
    guard count != 0xFFFF, offset != 0xFFFF_FFFF else {
      throw TensorError(.unsupportedFile, "archives of more than 4 GB are not read; split the file")
    }
    var members: [Member] = []
    for _ in 0..<count {
      members.append(try Self.member(bytes, at: &offset, end: end))
    }
    self.members = members
  }

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
    let size = Int(bytes.word32(at: offset + 20))
    let nameEnd = offset + 46 + Int(bytes.word16(at: offset + 28))
    guard nameEnd <= end else { throw damaged }
    let name = String(decoding: bytes[(offset + 46)..<nameEnd], as: UTF8.self)
    guard bytes.word16(at: offset + 10) == 0, bytes.word16(at: offset + 8) & 1 == 0 else {
      throw TensorError(
        .unsupportedFile,
        "\(name) is compressed or encrypted; save with numpy.savez, not numpy.savez_compressed")
    }
    guard size != 0xFFFF_FFFF, size == Int(bytes.word32(at: offset + 24)) else { throw damaged }
    let header = Int(bytes.word32(at: offset + 42))
    guard header + 30 <= end, bytes.word32(at: header) == 0x0403_4B50 else { throw damaged }
    let start =
      header + 30 + Int(bytes.word16(at: header + 26)) + Int(bytes.word16(at: header + 28))
    guard start + size <= end else { throw damaged }
    let checksum = bytes.word32(at: offset + 16)
    offset = nameEnd + Int(bytes.word16(at: offset + 30)) + Int(bytes.word16(at: offset + 32))
    return Member(name: name, range: start..<(start + size), checksum: checksum)
  }
}
