/// Numbers in bytes of either order; reading beyond the end is an error, never a crash.
struct BinaryReader {
  /// All bytes of the file.
  let bytes: [UInt8]

  /// Whether the highest byte of a number comes first.
  let isBigEndian: Bool

  /// Makes sure that so many bytes are there.
  ///
  /// - Throws: `SpectrumError` naming both ends and `what` was to be read.
  func require(_ count: Int, at offset: Int, _ what: String) throws(SpectrumError) {
    let (end, overflow) = offset.addingReportingOverflow(count)
    guard offset >= 0, count >= 0, !overflow, end <= bytes.count else {
      throw SpectrumError(
        .malformedFile,
        "\(what) needs \(count) bytes from byte \(offset) on, but the file has \(bytes.count); "
          + "it is cut off, or its counts are damaged")
    }
  }

  /// A number of `width` bytes; the caller has made sure that they are there.
  func unsigned(_ offset: Int, width: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<width {
      value = value << 8 | UInt64(bytes[offset + (isBigEndian ? index : width - 1 - index)])
    }
    return value
  }

  /// A whole number of 16 bits, from zero up.
  func word(_ offset: Int) -> Int { Int(unsigned(offset, width: 2)) }

  /// A whole number of 32 bits, from zero up.
  func long(_ offset: Int) -> Int { Int(unsigned(offset, width: 4)) }

  /// A signed number of 8 bits.
  func signedByte(_ offset: Int) -> Int { Int(Int8(bitPattern: bytes[offset])) }

  /// A floating-point number of 32 bits.
  func float(_ offset: Int) -> Float {
    Float(bitPattern: UInt32(truncatingIfNeeded: unsigned(offset, width: 4)))
  }

  /// A floating-point number of 64 bits.
  func double(_ offset: Int) -> Double { Double(bitPattern: unsigned(offset, width: 8)) }

  /// Text up to the first zero byte, without blanks at its ends.
  func text(_ range: Range<Int>) -> String {
    let text = bytes[range].prefix { $0 != 0 }
    // Such texts are ASCII or Latin-1.
    let scalars = text.map { Character(UnicodeScalar($0)) }
    let trimmed = scalars.drop(while: \.isWhitespace)
    let end = trimmed.lastIndex { !$0.isWhitespace }
    return String(end.map { trimmed[...$0] } ?? [])
  }
}
