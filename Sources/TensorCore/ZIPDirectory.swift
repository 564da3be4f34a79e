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
    guard count != 0xFFFF else { throw Self.tooLarge }
    if offset == 0xFFFF_FFFF { offset = try Self.longOffset(bytes, end) }
    var members: [Member] = []
    for _ in 0..<count {
      members.append(try Self.member(bytes, at: &offset, end: end))
    }
    let total = members.reduce(0) { $0 + ($1.isDeflated ? $1.byteCount : 0) }
    guard total < 0xFFFF_FFFF else { throw Self.tooLarge }
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

  /// Where the directory of an archive of ZIP64 begins.
  private static func longOffset(_ bytes: [UInt8], _ end: Int) throws(TensorError) -> Int {
    guard end >= 76, bytes.word32(at: end - 20) == 0x0706_4B50,
      let record = Int(exactly: bytes.word64(at: end - 12)), record <= end - 76,
      bytes.word32(at: record) == 0x0606_4B50,
      let offset = Int(exactly: bytes.word64(at: record + 48)), offset < end
    else { throw damaged }
    return offset
  }

  /// The numbers that do not fit the short fields of an entry, in their order.
  private static func longNumbers(
    _ bytes: [UInt8], _ extra: Range<Int>
  ) -> [Int] {
    var offset = extra.lowerBound
    while offset + 4 <= extra.upperBound {
      let count = Int(bytes.word16(at: offset + 2))
      guard offset + 4 + count <= extra.upperBound else { return [] }
      if bytes.word16(at: offset) == 1 {
        return stride(from: offset + 4, to: offset + 4 + count - 7, by: 8).compactMap {
          Int(exactly: bytes.word64(at: $0))
        }
      }
      offset += 4 + count
    }
    return []
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
    let extraEnd = nameEnd + Int(bytes.word16(at: offset + 30))
    guard extraEnd <= end else { throw damaged }
    var long = longNumbers(bytes, nameEnd..<extraEnd)[...]
    let (byteCount, size, header) = (
      number(bytes, offset + 24, &long), number(bytes, offset + 20, &long),
      number(bytes, offset + 42, &long)
    )
    try checkSizes(size, byteCount, isDeflated: method == 8, name)
    guard header <= end - 30, bytes.word32(at: header) == 0x0403_4B50 else { throw damaged }
    let start =
      header + 30 + Int(bytes.word16(at: header + 26)) + Int(bytes.word16(at: header + 28))
    guard size <= end - start else { throw damaged }
    let checksum = bytes.word32(at: offset + 16)
    offset = nameEnd + Int(bytes.word16(at: offset + 30)) + Int(bytes.word16(at: offset + 32))
    return Member(
      name: name, range: start..<(start + size), isDeflated: method == 8, byteCount: byteCount,
      checksum: checksum)
  }

  /// A number of 32 bits, or the next long one.
  private static func number(
    _ bytes: [UInt8], _ offset: Int, _ long: inout ArraySlice<Int>
  ) -> Int {
    let number = Int(bytes.word32(at: offset))
    return number == 0xFFFF_FFFF ? long.popFirst() ?? number : number
  }

  /// Refuses a member whose bytes cannot be as many as the directory says.
  private static func checkSizes(
    _ size: Int, _ byteCount: Int, isDeflated: Bool, _ name: String
  ) throws(TensorError) {
    guard size >= 0, byteCount >= 0, size != 0xFFFF_FFFF, byteCount != 0xFFFF_FFFF else {
      throw damaged
    }
    guard isDeflated || size == byteCount else { throw damaged }
    guard !isDeflated || byteCount / Zlib.largestExpansion <= size else {
      throw TensorError(
        .malformedFile,
        "\(name): \(size) compressed bytes cannot stand for \(byteCount); the archive is damaged")
    }
  }
}
