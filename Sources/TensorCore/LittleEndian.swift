extension [UInt8] {
  /// The unsigned 16-bit number that starts at `offset`.
  func word16(at offset: Int) -> UInt16 {
    UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
  }

  /// The unsigned 32-bit number that starts at `offset`.
  func word32(at offset: Int) -> UInt32 {
    UInt32(self[offset]) | UInt32(self[offset + 1]) << 8 | UInt32(self[offset + 2]) << 16
      | UInt32(self[offset + 3]) << 24
  }

  /// The unsigned 64-bit number that starts at `offset`.
  func word64(at offset: Int) -> UInt64 {
    UInt64(word32(at: offset)) | UInt64(word32(at: offset + 4)) << 32
  }

  /// Appends the low `width` bytes of a number, lowest first.
  mutating func append(littleEndian number: Int, width: Int) {
    for byte in 0..<width { append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
  }
}

extension ArraySlice<UInt8> {
  /// The bytes with each unit of `width` bytes turned round; their number is a multiple of it.
  func reversed(inUnitsOf width: Int) -> [UInt8] {
    stride(from: startIndex, to: endIndex, by: width).flatMap { self[$0..<$0 + width].reversed() }
  }
}
