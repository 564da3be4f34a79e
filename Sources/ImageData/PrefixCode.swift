/// A Huffman code in the canonical form of RFC 1951, section 3.2.2.
struct PrefixCode {
  /// The number of bits of each symbol's word; zero for symbols that do not occur.
  private(set) var lengths: [UInt8]

  /// Each symbol's word, its first bit lowest.
  private(set) var bits: [UInt32]

  /// Finds the shortest code, all words at most `longest` bits, for symbols that occur `counts`
  /// times; at least two must occur.
  init(counts: [Int], longest: Int) {
    var counts = counts
    lengths = PrefixCode.lengths(for: counts)
    while let length = lengths.max(), length > longest {
      // Flatter counts give a flatter tree; this ends when all are equal.
      counts = counts.map { $0 == 0 ? 0 : $0 / 2 + 1 }
      lengths = PrefixCode.lengths(for: counts)
    }
    bits = PrefixCode.words(of: lengths)
  }

  /// Depths of the leaves of the Huffman tree, found with two queues.
  private static func lengths(for counts: [Int]) -> [UInt8] {
    let symbols = counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$0], $0) < (counts[$1], $1) }
    let leafCount = symbols.count
    var weights = symbols.map { counts[$0] }
    var parents = [Int](repeating: 0, count: 2 * leafCount)
    var (nextLeaf, nextNode) = (0, leafCount)
    func takeLightest() -> Int {
      if nextNode >= weights.count
        || (nextLeaf < leafCount && weights[nextLeaf] <= weights[nextNode])
      {
        nextLeaf += 1
        return nextLeaf - 1
      }
      nextNode += 1
      return nextNode - 1
    }
    for _ in 1..<leafCount {
      let (a, b) = (takeLightest(), takeLightest())
      parents[a] = weights.count
      parents[b] = weights.count
      weights.append(weights[a] + weights[b])
    }
    var depths = [UInt8](repeating: 0, count: weights.count)
    for node in stride(from: weights.count - 2, through: 0, by: -1) {
      depths[node] = depths[parents[node]] + 1
    }
    var lengths = [UInt8](repeating: 0, count: counts.count)
    for (leaf, symbol) in symbols.enumerated() { lengths[symbol] = depths[leaf] }
    return lengths
  }

  private static func words(of lengths: [UInt8]) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: lengths.count)
    var word: UInt32 = 0
    for length in 1...UInt8(15) {
      for symbol in lengths.indices where lengths[symbol] == length {
        var reversed: UInt32 = 0
        for bit in 0..<UInt32(length) where word >> bit & 1 == 1 {
          reversed |= 1 << (UInt32(length) - 1 - bit)
        }
        words[symbol] = reversed
        word += 1
      }
      word <<= 1
    }
    return words
  }
}

/// Appends bits to bytes, lowest bit first.
struct BitWriter {
  var bytes: [UInt8]
  private var pending: UInt64 = 0
  private var pendingCount: UInt64 = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Appends the lowest `count` bits, at most 32.
  @inline(__always)
  mutating func write(_ bits: UInt32, count: UInt8) {
    pending |= UInt64(bits) &<< pendingCount
    pendingCount &+= UInt64(count)
    if pendingCount >= 32 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      bytes.append(UInt8(truncatingIfNeeded: pending &>> 8))
      bytes.append(UInt8(truncatingIfNeeded: pending &>> 16))
      bytes.append(UInt8(truncatingIfNeeded: pending &>> 24))
      pending &>>= 32
      pendingCount &-= 32
    }
  }

  /// Fills the last byte with zeros.
  mutating func finish() {
    while pendingCount > 0 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending &>>= 8
      pendingCount = pendingCount >= 8 ? pendingCount - 8 : 0
    }
  }
}
