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

  /// A signed whole number of 32 bits.
  func signedLong(_ offset: Int) -> Int {
    Int(Int32(truncatingIfNeeded: unsigned(offset, width: 4)))
  }

  /// A whole number of 64 bits, or nil when it passes the greatest one of Swift.
  func quad(_ offset: Int) -> Int? { Int(exactly: unsigned(offset, width: 8)) }

  /// Floating-point numbers of 32 bits.
  ///
  /// - Throws: `SpectrumError` when the file ends before them.
  func floats(_ count: Int, at offset: Int, _ what: String) throws(SpectrumError) -> [Float] {
    try require(count.multipliedReportingOverflow(by: 4).partialValue, at: offset, what)
    return (0..<count).map { float(offset + 4 * $0) }
  }

  /// Floating-point numbers of 64 bits.
  ///
  /// - Throws: `SpectrumError` when the file ends before them.
  func doubles(_ count: Int, at offset: Int, _ what: String) throws(SpectrumError) -> [Double] {
    try require(count.multipliedReportingOverflow(by: 8).partialValue, at: offset, what)
    return (0..<count).map { double(offset + 8 * $0) }
  }

  /// Makes sure that a spectrum can have so many points.
  ///
  /// - Throws: `SpectrumError` naming the count.
  func requirePointCount(_ count: Int) throws(SpectrumError) {
    guard (1...SpectralAxis.greatestCount).contains(count) else {
      throw SpectrumError(
        .malformedFile,
        "the file claims \(count) points for a spectrum; 1 to \(SpectralAxis.greatestCount) are "
          + "possible")
    }
  }
}
