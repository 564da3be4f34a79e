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

extension [UInt8] {
  /// Numbers of 32 bits one after another, the lowest byte of each first.
  package init(littleEndian numbers: [Float]) {
    self.init(repeating: 0, count: 4 * numbers.count)
    store(numbers, at: 0)
  }

  /// Puts numbers in the place of the bytes from `start` on, the lowest byte of each first.
  mutating func store(_ numbers: [Float], at start: Int) {
    let elements = numbers.span
    var written = mutableSpan
    // As parts of a known length the four bytes are written at once.
    for index in elements.indices {
      let (bits, place) = (elements[index].bitPattern, start &+ 4 &* index)
      var part = written._mutatingExtracting(place..<place &+ 4)
      for byte in 0..<4 { part[byte] = UInt8(truncatingIfNeeded: bits &>> UInt32(8 &* byte)) }
    }
  }
}

extension [Float] {
  /// Numbers that stand as four bytes each, the lowest first.
  package init(littleEndian bytes: [UInt8]) {
    self = (0..<bytes.count / 4).map { Float(bitPattern: bytes.word32(at: 4 * $0)) }
  }
}

extension ArraySlice<UInt8> {
  /// The bytes with each unit of `width` bytes turned round; their number is a multiple of it.
  func reversed(inUnitsOf width: Int) -> [UInt8] {
    stride(from: startIndex, to: endIndex, by: width).flatMap { self[$0..<$0 + width].reversed() }
  }
}
