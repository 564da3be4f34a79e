/// The first directory of a TIFF structure in either byte order, of which a few fields are read.
struct TIFFDirectory {
  private let bytes: [UInt8]
  private let isLittleEndian: Bool

  /// Takes a structure; nil when it does not begin as one does, as BigTIFF files do not.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: Array("II*\0".utf8)) {
      isLittleEndian = true
    } else if bytes.starts(with: Array("MM\0*".utf8)) {
      isLittleEndian = false
    } else {
      return nil
    }
  }

  /// The value of a tag that holds one unsigned short; nil when it is not there.
  func short(_ tag: Int) -> Int? {
    guard let directory = integer(at: 4, byteCount: 4),
      let count = integer(at: directory, byteCount: 2)
    else { return nil }
    for index in 0..<count {
      let entry = directory + 2 + 12 * index
      guard let found = integer(at: entry, byteCount: 2) else { return nil }
      if found == tag, integer(at: entry + 2, byteCount: 2) == 3 {
        return integer(at: entry + 8, byteCount: 2)
      }
    }
    return nil
  }

  private func integer(at offset: Int, byteCount: Int) -> Int? {
    guard offset >= 0, offset + byteCount <= bytes.count else { return nil }
    let part = bytes[offset..<offset + byteCount]
    return (isLittleEndian ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
  }
}
