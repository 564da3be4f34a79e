/// What stands in a ZIP archive around the bytes of its members.
///
/// Sizes and offsets that need more than 32 bits are written as ZIP64 (APPNOTE 6.3.9, 4.3.14 to 4.5.3).
struct ZIPRecords {
  /// What is said of a member.
  struct Member {
    let name: String

    /// The method of its compression: 0 for none, 8 for deflation.
    let method: Int

    /// The checksum and the number of its bytes, uncompressed.
    let checksum: UInt32
    let byteCount: Int

    /// How many bytes stand in the archive.
    let storedCount: Int
  }

  private var directory: [UInt8] = []
  private var memberCount = 0
  private var offset = 0

  /// From where on numbers do not fit the short fields.
  private let limit: Int

  /// Begins an archive; `limit` is from where on numbers are written as ZIP64.
  init(limit: Int = 0xFFFF_FFFF) {
    self.limit = limit
  }

  /// What stands in front of the next member.
  mutating func start(_ member: Member) -> [UInt8] {
    let path = Array(member.name.utf8)
    let isLarge = member.byteCount >= limit || member.storedCount >= limit
    let extra = isLarge ? Self.extra([member.byteCount, member.storedCount]) : []
    var header = Self.bytes([(0x0403_4B50, 4)])
    header += description(member, path, isLarge: isLarge, needsLong: isLarge, extra: extra)
    header += path + extra
    let isFar = offset >= limit
    let numbers = (isLarge ? [member.byteCount, member.storedCount] : []) + (isFar ? [offset] : [])
    let far = numbers.isEmpty ? [] : Self.extra(numbers)
    let version = numbers.isEmpty ? 20 : 45
    directory += Self.bytes([(0x0201_4B50, 4), (version, 2)])
    directory += description(
      member, path, isLarge: isLarge, needsLong: !numbers.isEmpty, extra: far)
    // No comment, disk 0, no attributes.
    directory += [UInt8](repeating: 0, count: 10)
    directory += Self.bytes([(isFar ? 0xFFFF_FFFF : offset, 4)]) + path + far
    memberCount += 1
    offset += header.count + member.storedCount
    return header
  }

  /// What both records of a member say of it.
  private func description(
    _ member: Member, _ path: [UInt8], isLarge: Bool, needsLong: Bool, extra: [UInt8]
  ) -> [UInt8] {
    // Version 2.0 or 4.5, names in UTF-8, the method, midnight of 1 January 1980.
    Self.bytes([
      (needsLong ? 45 : 20, 2), (0x0800, 2), (member.method, 2), (0, 2), (0x21, 2),
      (Int(member.checksum), 4), (isLarge ? 0xFFFF_FFFF : member.storedCount, 4),
      (isLarge ? 0xFFFF_FFFF : member.byteCount, 4), (path.count, 2), (extra.count, 2),
    ])
  }

  /// What stands behind the last member.
  func end() -> [UInt8] {
    var end = directory
    let isLarge = offset >= limit || directory.count >= limit
    if isLarge {
      end += Self.bytes([
        (0x0606_4B50, 4), (44, 8), (45, 2), (45, 2), (0, 4), (0, 4), (memberCount, 8),
        (memberCount, 8), (directory.count, 8), (offset, 8), (0x0706_4B50, 4), (0, 4),
        (offset + directory.count, 8), (1, 4),
      ])
    }
    let (size, place) = isLarge ? (0xFFFF_FFFF, 0xFFFF_FFFF) : (directory.count, offset)
    return end
      + Self.bytes([
        (0x0605_4B50, 4), (0, 2), (0, 2), (memberCount, 2), (memberCount, 2), (size, 4), (place, 4),
        (0, 2),
      ])
  }

  /// An extra field of long numbers.
  private static func extra(_ numbers: [Int]) -> [UInt8] {
    bytes([(1, 2), (8 * numbers.count, 2)] + numbers.map { ($0, 8) })
  }

  private static func bytes(_ numbers: [(value: Int, width: Int)]) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in numbers { bytes.append(littleEndian: number.value, width: number.width) }
    return bytes
  }
}
