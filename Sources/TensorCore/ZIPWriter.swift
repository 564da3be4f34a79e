/// Puts members into a ZIP archive, one after another.
struct ZIPWriter {
  private var bytes: [UInt8] = []
  private var records = ZIPRecords()

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
    bytes += records.start(
      ZIPRecords.Member(
        name: name, method: compression == .none ? 0 : 8,
        checksum: Zlib.checksum(member, member.indices), byteCount: member.count,
        storedCount: stored.count))
    bytes += stored
  }

  /// The whole archive with its directory at the end.
  func finished() -> [UInt8] { bytes + records.end() }
}
