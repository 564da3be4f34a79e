import CDNNL

/// Numbers of 16 bits that are the upper halves of `Float` (bfloat16).
@unsafe
enum BrainFloat {
  /// Whether the processor has vectors of 16 numbers.
  static let hasWideVectors = cdnnl_has_wide_vectors()

  /// One, as such a number.
  static let one: UInt16 = 0x3F80

  /// Writes numbers as `Float`, which is exact.
  @inline(__always)
  static func widen(
    _ source: UnsafePointer<UInt16>, _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    for index in 0..<count {
      unsafe target[index] = Float(bitPattern: UInt32(source[index]) << 16)
    }
  }

  /// Rounds numbers to the nearest, ties to even; what is no number stays none.
  static func narrow(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<UInt16>, _ count: Int
  ) {
    for index in 0..<count {
      let bits = unsafe source[index].bitPattern
      let rounded = bits &+ 0x7FFF &+ (bits >> 16 & 1)
      let isNumber = bits & 0x7FFF_FFFF <= Float.infinity.bitPattern
      // An arithmetic shift, which the processor packs into half the width.
      let kept = Int32(bitPattern: isNumber ? rounded : bits | 0x40_0000) >> 16
      unsafe target[index] = UInt16(truncatingIfNeeded: kept)
    }
  }
}
