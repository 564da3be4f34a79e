/// The checksum of ZIP archives (polynomial 0xEDB88320, reflected).
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { bits, _ in bits & 1 == 1 ? 0xEDB8_8320 ^ (bits >> 1) : bits >> 1
    }
  }

  /// Tables for the bytes 0 to 7 places before the last, 256 entries each.
  private static let tables: [UInt32] = {
    var tables = table
    for index in 256..<(8 * 256) {
      let previous = tables[index - 256]
      tables.append((previous >> 8) ^ table[Int(previous & 0xFF)])
    }
    return tables
  }()

  /// The checksum of a part of `bytes`, eight bytes at a time.
  static func checksum(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    let tables = tables
    var state = UInt32.max
    var offset = range.lowerBound
    while range.upperBound - offset >= 8 {
      let low = bytes.word32(at: offset) ^ state
      let high = bytes.word32(at: offset + 4)
      state =
        tables[1792 + Int(low & 0xFF)] ^ tables[1536 + Int(low >> 8 & 0xFF)]
        ^ tables[1280 + Int(low >> 16 & 0xFF)] ^ tables[1024 + Int(low >> 24)]
        ^ tables[768 + Int(high & 0xFF)] ^ tables[512 + Int(high >> 8 & 0xFF)]
        ^ tables[256 + Int(high >> 16 & 0xFF)] ^ tables[Int(high >> 24)]
      offset += 8
    }
    for index in offset..<range.upperBound {
      state = (state >> 8) ^ tables[Int((state ^ UInt32(bytes[index])) & 0xFF)]
    }
    return ~state
  }
}
