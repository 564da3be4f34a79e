/// Compresses bytes by runs of equal ones and a Huffman code for each block (RFC 1951).
///
/// Longer repetitions are not looked for: in the differences that PNG's filters leave of a photograph
/// there are few, and looking for them is what takes zlib most of its time. Nor are runs that are
/// shorter than eight bytes: single bytes take about as many bits.
struct RunLengthDeflate {
  /// Repetitions of the byte before them.
  private struct Run {
    /// The first of them in its block.
    let start: Int

    let count: Int
  }

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
    for start in stride(from: 0, to: bytes.count, by: blockLength) {
      let end = min(bytes.count, start + blockLength)
      deflate.write(bytes.span.extracting(start..<end), isLast: end == bytes.count)
    }
    deflate.writer.append(to: &result)
  }

  /// Finds the runs of a block and says how frequent the other bytes are; none is left out.
  private static func runs(in block: Span<UInt8>, _ frequencies: inout [Int]) -> [Run] {
    var runs: [Run] = []
    // Counts in turn: adding to the one that was just changed would have to wait for it.
    var tables = [UInt32](repeating: 0, count: 4 * 256)
    var counting = tables.mutableSpan
    var index = 1
    while index &+ 8 <= block.count {
      let word = block.word(at: index)
      let byte = block[index &- 1]
      if word == UInt64(byte) &* 0x0101_0101_0101_0101 {
        var end = index + 8
        while end < block.count, block[end] == byte { end += 1 }
        runs.append(Run(start: index, count: end - index))
        index = end
      } else {
        // Half of the bytes tell how frequent each one is.
        if index & 8 == 0 {
          for place in 0..<8 {
            let part = Int(UInt8(truncatingIfNeeded: word &>> UInt64(8 &* place)))
            counting[256 &* (place & 3) &+ part] &+= 1
          }
        }
        index &+= 8
      }
    }
    for byte in 0..<256 {
      frequencies[byte] = 1
      for table in 0..<4 { frequencies[byte] += Int(counting[256 * table + byte]) }
    }
    return runs
  }

  /// Writes a block with the code that suits it.
  private mutating func write(_ block: Span<UInt8>, isLast: Bool) {
    var frequencies = [Int](repeating: 0, count: 256 + 30)
    let runs = Self.runs(in: block, &frequencies)
    frequencies[Self.endOfBlock] = 1
    for run in runs {
      RunLength.forEach(in: run.count) { frequencies[$0.symbol] += 1 }
    }
    let code = HuffmanCode(frequencies: frequencies, limit: 15)
    writeHead(code, isLast: isLast)
    let codes = (0..<256).map { UInt32(code.lengths[$0]) << 16 | code.bits[$0] }
    var place = 0
    for run in runs {
      writer.append(block.extracting(place..<run.start), codes: codes)
      RunLength.forEach(in: run.count) { write($0, code) }
      place = run.start + run.count
    }
    writer.append(block.extracting(place..<block.count), codes: codes)
    writer.append(UInt64(code.bits[Self.endOfBlock]), count: UInt64(code.lengths[Self.endOfBlock]))
  }

  /// Writes repetitions of the byte before.
  private mutating func write(_ run: RunLength, _ code: HuffmanCode) {
    let count = UInt64(code.lengths[run.symbol])
    // The distance of one is a single bit, which is zero.
    writer.append(
      UInt64(code.bits[run.symbol]) | run.extra << count, count: count + run.extraCount + 1)
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

  /// What together is so many repetitions, at least three.
  @inline(__always)
  static func forEach(in count: Int, _ body: (RunLength) -> Void) {
    var rest = count
    while rest > longest {
      // What is left must not be too short.
      let part = rest - longest < shortest ? longest - shortest : longest
      body(all[part - shortest])
      rest -= part
    }
    body(all[rest - shortest])
  }
}

extension Span<UInt8> {
  /// Eight bytes as a number, the first one lowest.
  @inline(__always)
  fileprivate func word(at start: Int) -> UInt64 {
    let part = extracting(start..<start + 8)
    var word: UInt64 = 0
    for place in 0..<8 { word |= UInt64(part[place]) &<< UInt64(8 &* place) }
    return word
  }
}
