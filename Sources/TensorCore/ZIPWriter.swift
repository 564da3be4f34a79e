/// Puts members into a ZIP archive, one after another.
struct ZIPWriter {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var memberCount = 0

  /// Appends a member.
  ///
  /// - Throws: `TensorError` when there is no memory to compress it.
  mutating func append(
    _ member: [UInt8], name: String, _ compression: NPZArchive.Compression
  ) throws(TensorError) {
    let stored = compression == .none ? member : Zlib.deflated(member)
    guard let stored else {
      throw TensorError(.unwritable, "\(name): there is no memory to compress it")
    }
    let start = bytes.count
    let path = Array(name.utf8)
    var description: [UInt8] = []
    // Version 2.0, names in UTF-8, the method, midnight of 1 January 1980.
    for number in [20, 0x0800, compression == .none ? 0 : 8, 0, 0x21] {
      description.append(littleEndian: number, width: 2)
    }
    description.append(littleEndian: Int(Zlib.checksum(member, member.indices)), width: 4)
    description.append(littleEndian: stored.count, width: 4)
    description.append(littleEndian: member.count, width: 4)
    description.append(littleEndian: path.count, width: 2)
    description.append(littleEndian: 0, width: 2)
    bytes.append(littleEndian: 0x0403_4B50, width: 4)
    bytes += description + path + stored
    directory.append(littleEndian: 0x0201_4B50, width: 4)
    directory.append(littleEndian: 20, width: 2)
    directory += description
    // No comment, disk 0, no attributes.
    directory += Array(repeating: 0, count: 10)
    directory.append(littleEndian: start, width: 4)
    directory += path
    memberCount += 1
  }

  /// The whole archive with its directory at the end.
  func finished() -> [UInt8] {
    var archive = bytes + directory
    archive.append(littleEndian: 0x0605_4B50, width: 4)
    archive.append(littleEndian: 0, width: 4)
    archive.append(littleEndian: memberCount, width: 2)
    archive.append(littleEndian: memberCount, width: 2)
    archive.append(littleEndian: directory.count, width: 4)
    archive.append(littleEndian: bytes.count, width: 4)
    archive.append(littleEndian: 0, width: 2)
    return archive
  }
}
