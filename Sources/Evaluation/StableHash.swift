/// A number made of bytes that is the same on every machine and in every run (FNV-1a of 64 bits).
struct StableHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Starts, perhaps from a number of one's own.
  init(_ start: UInt64 = 0) {
    value ^= start
  }

  /// Takes a byte in.
  mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
  }
}
