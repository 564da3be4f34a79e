/// Compresses bytes by runs of equal ones and a Huffman code for each block (RFC 1951).
///
/// Longer repetitions are not looked for: in the differences that PNG's filters leave of a photograph
/// there are few, and looking for them is what takes zlib most of its time.
struct RunLengthDeflate {
  /// How many bytes have a code of their own.
  private static let blockLength = 1 << 17

  /// The bits so far.
  private var writer: BitWriter

  /// Compresses bytes.
  ///
  /// - Parameters:
  ///   - bytes: At least one.
  ///   - result: What a stream of RFC 1951 is added to.
  static func append(_ bytes: [UInt8], to result: inout [UInt8]) {
    var deflate = RunLengthDeflate(writer: BitWriter(capacity: bytes.count / 2))
    // What is in a block: bytes, and 256 and more for repetitions of the byte before.
    var tokens = [UInt16](repeating: 0, count: blockLength)
    for start in stride(from: 0, to: bytes.count, by: blockLength) {
      let end = min(bytes.count, start + blockLength)
      var counts = [UInt32](repeating: 0, count: 256 + RunLength.all.count)
      let tokenCount = findRuns(in: bytes.span.extracting(start..<end), &tokens, &counts)
      deflate.write(tokens, tokenCount, counts, isLast: end == bytes.count)
    }
    deflate.writer.append(to: &result)
  }

  /// Divides a block into tokens and counts them; returns their number.
  private static func findRuns(
    in block: Span<UInt8>, _ tokens: inout [UInt16], _ counts: inout [UInt32]
  ) -> Int {
    var tokens = tokens.mutableSpan
    var counts = counts.mutableSpan
    var (index, tokenCount) = (0, 0)
    // The byte before `index` and the three from there: nothing is before the first one.
    var window = UInt32(~(block.isEmpty ? 0 : block[0])) << 24
    for place in 0..<min(3, block.count) {
      window |= UInt32(block[place]) << UInt32(16 - 8 * place)
    }
    // The last few bytes have no window behind a run any more.
    while index &+ 6 <= block.count {
      let byte = UInt8(truncatingIfNeeded: window >> 16)
      var token = UInt16(byte)
      if window == UInt32(byte) &* 0x0101_0101 {
        let end = min(block.count - 3, index + RunLength.longest)
        var next = index + 3
        while next < end, block[next] == byte { next += 1 }
        token = UInt16(256 + next - index - RunLength.shortest)
        index = next
        window = UInt32(byte) << 24
        for place in 0..<3 { window |= UInt32(block[index + place]) << UInt32(16 - 8 * place) }
      } else {
        window = window << 8 | UInt32(block[index &+ 3])
        index &+= 1
      }
      tokens[tokenCount] = token
      counts[Int(token)] &+= 1
      tokenCount &+= 1
    }
    for place in index..<block.count {
      tokens[tokenCount] = UInt16(block[place])
      counts[Int(block[place])] &+= 1
      tokenCount += 1
    }
    return tokenCount
  }

  /// Writes the tokens of a block with the code that suits them.
  private mutating func write(
    _ tokens: [UInt16], _ tokenCount: Int, _ counts: [UInt32], isLast: Bool
  ) {
    var frequencies = counts[..<256].map(Int.init) + [Int](repeating: 0, count: 30)
    frequencies[Self.endOfBlock] = 1
    for (place, run) in RunLength.all.enumerated() {
      frequencies[run.symbol] += Int(counts[256 + place])
    }
    let code = HuffmanCode(frequencies: frequencies, limit: 15)
    writeHead(code, isLast: isLast)
    let words = Self.words(code)
    for place in 0..<tokenCount {
      let word = words[Int(tokens[place])]
      writer.append(word.bits, count: word.count)
    }
    writer.append(UInt64(code.bits[Self.endOfBlock]), count: UInt64(code.lengths[Self.endOfBlock]))
  }

  private static let endOfBlock = 256

  /// The kind of the block and how long each symbol is (RFC 1951, 3.2.7).
  ///
  /// Every length is written with four bits: it takes less than to say which lengths are frequent.
  private mutating func writeHead(_ code: HuffmanCode, isLast: Bool) {
    writer.append(isLast ? 1 : 0, count: 1)
    writer.append(2, count: 2)
    writer.append(UInt64(code.lengths.count - 257), count: 5)
    // One distance, of one.
    writer.append(0, count: 5)
    // Lengths of the code of lengths, in the order of the standard: of 16, 17 and 18 none is used.
    writer.append(15, count: 4)
    for place in 0..<19 { writer.append(place < 3 ? 0 : 4, count: 3) }
    for length in code.lengths + [1] {
      let reversed = (0..<4).reduce(UInt8(0)) { $0 << 1 | length >> UInt8($1) & 1 }
      writer.append(UInt64(reversed), count: 4)
    }
  }

  /// Everything that is written for each token.
  private static func words(_ code: HuffmanCode) -> [(bits: UInt64, count: UInt64)] {
    let bytes = (0..<256).map { (bits: UInt64(code.bits[$0]), count: UInt64(code.lengths[$0])) }
    return bytes
      + RunLength.all.map { run in
        let count = UInt64(code.lengths[run.symbol])
        let bits = UInt64(code.bits[run.symbol]) | run.extra << count
        // The distance of one is a single bit, which is zero.
        return (bits, count + run.extraCount + 1)
      }
  }
}

/// How a number of repetitions is written (RFC 1951, 3.2.5).
private struct RunLength {
  static let shortest = 3
  static let longest = 258

  let symbol: Int

  /// The bits after the symbol, and how many they are.
  let extra: UInt64
  let extraCount: UInt64

  /// Of 3, 4, … 258 repetitions.
  static let all: [RunLength] = {
    var lengths: [RunLength] = []
    for symbol in 257..<285 {
      let extraCount = symbol < 265 ? 0 : UInt64(symbol - 261) / 4
      for extra in 0..<UInt64(1) << extraCount where lengths.count < longest - shortest {
        lengths.append(RunLength(symbol: symbol, extra: extra, extraCount: extraCount))
      }
    }
    return lengths + [RunLength(symbol: 285, extra: 0, extraCount: 0)]
  }()
}
