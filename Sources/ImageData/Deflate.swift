/// Compression for pictures (RFC 1950 and 1951): entropy coding and runs of one byte, nothing else.
///
/// Longer matches are rare in differences between neighbors and cost most of the time elsewhere.
enum Deflate {
  /// Symbols per block; each block has its own code.
  private static let blockLength = 1 << 17

  private static let endOfBlock = 256
  private static let longestRun = 258

  /// `bytes` as a zlib stream.
  static func zlibStream(of bytes: [UInt8]) -> [UInt8] {
    var writer = BitWriter(bytes: [0x78, 0x01])
    writer.bytes.reserveCapacity(bytes.count / 2)
    var position = 0
    repeat {
      let tokens = tokens(of: bytes, from: &position)
      write(tokens, isLast: position == bytes.count, to: &writer)
    } while position < bytes.count
    writer.finish()
    let check = adler(bytes)
    writer.bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: check >> UInt32($0)) }
    return writer.bytes
  }

  /// The next block: literals as they are, and 256 + n for n repetitions of the byte before.
  private static func tokens(of bytes: [UInt8], from position: inout Int) -> [UInt16] {
    var tokens: [UInt16] = []
    tokens.reserveCapacity(blockLength)
    var index = position
    while index < bytes.count, tokens.count < blockLength {
      let byte = bytes[index]
      tokens.append(UInt16(byte))
      index += 1
      guard index < bytes.count, bytes[index] == byte else { continue }
      var end = index + 1
      while end < bytes.count, bytes[end] == byte { end += 1 }
      while end - index >= 4 {
        let length = min(end - index, longestRun)
        tokens.append(UInt16(256 + length))
        index += length
      }
    }
    position = index
    return tokens
  }

  private static func write(_ tokens: [UInt16], isLast: Bool, to writer: inout BitWriter) {
    var tokenCounts = [Int](repeating: 0, count: 256 + longestRun + 1)
    for token in tokens { tokenCounts[Int(token)] += 1 }
    let runs = (3...longestRun).map { RunLength($0) }
    var counts = Array(tokenCounts[..<256]) + [Int](repeating: 0, count: 30)
    counts[endOfBlock] = 1
    for run in runs { counts[run.symbol] += tokenCounts[256 + run.length] }
    let code = PrefixCode(counts: counts, longest: 15)
    writer.write(isLast ? 0b101 : 0b100, count: 3)
    writeLengths(of: code, to: &writer)

    let words = words(of: code, runs: runs)
    for token in tokens {
      let word = words[Int(token)]
      writer.write(word & 0xFF_FFFF, count: UInt8(truncatingIfNeeded: word &>> 24))
    }
    writer.write(code.bits[endOfBlock], count: code.lengths[endOfBlock])
  }

  /// What is written for each token: bits in the low 24, their count above.
  private static func words(of code: PrefixCode, runs: [RunLength]) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: 256 + longestRun + 1)
    for literal in 0..<256 {
      words[literal] = code.bits[literal] | UInt32(code.lengths[literal]) << 24
    }
    for run in runs {
      let symbolLength = UInt32(code.lengths[run.symbol])
      // The last bit is the only distance, one byte back.
      let count = symbolLength + UInt32(run.extraBitCount) + 1
      words[256 + run.length] =
        code.bits[run.symbol] | run.extraBits << symbolLength | count << 24
    }
    return words
  }

  /// The lengths of the code words of 286 symbols and one distance, themselves coded.
  private static func writeLengths(of code: PrefixCode, to writer: inout BitWriter) {
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    let lengths = code.lengths + [1]
    var symbols: [(symbol: Int, extra: UInt32, extraCount: UInt8)] = []
    var index = 0
    while index < lengths.count {
      var zeros = 0
      while index + zeros < lengths.count, lengths[index + zeros] == 0, zeros < 138 { zeros += 1 }
      if zeros >= 11 {
        symbols.append((18, UInt32(zeros - 11), 7))
      } else if zeros >= 3 {
        symbols.append((17, UInt32(zeros - 3), 3))
      } else {
        symbols.append((Int(lengths[index]), 0, 0))
        zeros = 1
      }
      index += zeros
    }
    var counts = [Int](repeating: 0, count: 19)
    for symbol in symbols { counts[symbol.symbol] += 1 }
    let lengthCode = PrefixCode(counts: counts, longest: 7)
    writer.write(29, count: 5)
    writer.write(0, count: 5)
    writer.write(15, count: 4)
    for symbol in order { writer.write(UInt32(lengthCode.lengths[symbol]), count: 3) }
    for (symbol, extra, extraCount) in symbols {
      writer.write(lengthCode.bits[symbol], count: lengthCode.lengths[symbol])
      writer.write(extra, count: extraCount)
    }
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (low, high) = (UInt32(1), UInt32(0))
    var start = 0
    while start < bytes.count {
      // So many sums fit 32 bits.
      let end = min(bytes.count, start + 5552)
      for index in start..<end {
        low &+= UInt32(bytes[index])
        high &+= low
      }
      low %= 65_521
      high %= 65_521
      start = end
    }
    return high << 16 | low
  }
}

/// How a repetition is written: a symbol, then some bits of the length.
private struct RunLength {
  let length: Int
  let symbol: Int
  let extraBits: UInt32
  let extraBitCount: UInt8

  /// The symbol of a length of 3…258 (RFC 1951, section 3.2.5).
  init(_ length: Int) {
    self.length = length
    let offset = length - 3
    if length == 258 {
      (symbol, extraBits, extraBitCount) = (285, 0, 0)
    } else if offset < 8 {
      (symbol, extraBits, extraBitCount) = (257 + offset, 0, 0)
    } else {
      // Four symbols for each power of two from 8 on.
      let power = Int.bitWidth - 1 - offset.leadingZeroBitCount
      let extra = power - 2
      symbol = 257 + 4 * (power - 1) + (offset >> extra & 3)
      extraBits = UInt32(offset & (1 << extra - 1))
      extraBitCount = UInt8(extra)
    }
  }
}
