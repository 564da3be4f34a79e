/// Bits one after the other, the first one lowest, as RFC 1951 (3.1.1) packs them.
struct BitWriter {
  private var words: [UInt64] = []
  private var current: UInt64 = 0
  private var count: UInt64 = 0

  /// Starts without bits, with room for so many bytes.
  init(capacity: Int) {
    words.reserveCapacity(capacity / 8 + 1)
  }

  /// Appends the lowest bits of a number.
  ///
  /// - Parameters:
  ///   - bits: The bits; those above the appended ones are zero.
  ///   - added: How many are appended, 1…32.
  @inline(__always)
  mutating func append(_ bits: UInt64, count added: UInt64) {
    current |= bits &<< count
    count &+= added
    guard count >= 64 else { return }
    words.append(current)
    count &-= 64
    current = count == 0 ? 0 : bits &>> (added &- count)
  }

  /// Adds the bits to the end of bytes; the last byte is filled up with zeros.
  func append(to bytes: inout [UInt8]) {
    bytes.reserveCapacity(bytes.count + 8 * words.count + 8)
    for word in words {
      for place in 0..<UInt64(8) { bytes.append(UInt8(truncatingIfNeeded: word &>> (8 &* place))) }
    }
    for place in 0..<(count + 7) / 8 {
      bytes.append(UInt8(truncatingIfNeeded: current >> (8 * place)))
    }
  }
}
