/// A prefix code for symbols of known frequencies, canonical as RFC 1951 (3.2.2) wants it.
struct HuffmanCode {
  /// How many bits each symbol has, 0 for those that do not occur.
  let lengths: [UInt8]

  /// The bits of each symbol, the first to be written lowest.
  let bits: [UInt32]

  /// Makes the code with the fewest bits, or nearly so where a symbol would have more than the limit.
  ///
  /// - Parameters:
  ///   - frequencies: How often each symbol occurs; at least two of them do.
  ///   - limit: The most bits of a symbol; its power of two exceeds the number of symbols.
  init(frequencies: [Int], limit: UInt8) {
    var frequencies = frequencies
    var lengths = Self.lengths(frequencies)
    // Rare symbols are made less rare until the tree is flat enough.
    while lengths.contains(where: { $0 > limit }) {
      frequencies = frequencies.map { $0 == 0 ? 0 : $0 / 2 + 1 }
      lengths = Self.lengths(frequencies)
    }
    self.lengths = lengths
    bits = Self.bits(lengths)
  }

  /// Depths in Huffman's tree: the two rarest parts are joined until one is left.
  private static func lengths(_ frequencies: [Int]) -> [UInt8] {
    let leaves = frequencies.indices.filter { frequencies[$0] > 0 }
      .sorted { (frequencies[$0], $0) < (frequencies[$1], $1) }
    precondition(leaves.count >= 2, "a code needs two symbols")
    var weights = leaves.map { frequencies[$0] }
    var parents = [Int](repeating: 0, count: 2 * leaves.count - 1)
    // Joined parts come in the order of their weights: two queues are all that is needed.
    var (leaf, joined) = (0, leaves.count)
    func lightest() -> Int {
      let takesLeaf =
        leaf < leaves.count && (joined == weights.count || weights[leaf] <= weights[joined])
      defer { if takesLeaf { leaf += 1 } else { joined += 1 } }
      return takesLeaf ? leaf : joined
    }
    for _ in 1..<leaves.count {
      let (one, other) = (lightest(), lightest())
      (parents[one], parents[other]) = (weights.count, weights.count)
      weights.append(weights[one] + weights[other])
    }
    var depths = [UInt8](repeating: 0, count: parents.count)
    for part in (0..<parents.count - 1).reversed() { depths[part] = depths[parents[part]] + 1 }
    var lengths = [UInt8](repeating: 0, count: frequencies.count)
    for (place, symbol) in leaves.enumerated() { lengths[symbol] = depths[place] }
    return lengths
  }

  /// Codes of one length are consecutive numbers, shorter ones first; written from their highest bit.
  private static func bits(_ lengths: [UInt8]) -> [UInt32] {
    var bits = [UInt32](repeating: 0, count: lengths.count)
    var next: UInt32 = 0
    for length in 1...(lengths.max() ?? 1) {
      next <<= 1
      for symbol in lengths.indices where lengths[symbol] == length {
        var (code, reversed) = (next, UInt32(0))
        for _ in 0..<length {
          reversed = reversed << 1 | code & 1
          code >>= 1
        }
        bits[symbol] = reversed
        next += 1
      }
    }
    return bits
  }
}
