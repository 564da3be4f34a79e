/// Bits one after the other, the first one lowest, as RFC 1951 (3.1.1) packs them.
struct BitWriter {
  /// Full words, and room for more.
  private var words: [UInt64]

  /// How many words are full.
  private var wordCount = 0

  /// The bits of the next word.
  private var current: UInt64 = 0

  /// How many they are.
  private var count: UInt64 = 0

  /// Starts without bits, with room for so many bytes.
  init(capacity: Int) {
    words = Array(repeating: 0, count: capacity / 8 + 1)
  }

  /// Makes room for so many bits.
  private mutating func makeRoom(for bitCount: Int) {
    let missing = wordCount + bitCount / 64 + 1 - words.count
    if missing > 0 { words += Array(repeating: 0, count: max(missing, words.count / 2)) }
  }

  /// Appends the lowest bits of a number.
  ///
  /// - Parameters:
  ///   - bits: The bits; those above the appended ones are zero.
  ///   - added: How many are appended, 1…32.
  mutating func append(_ bits: UInt64, count added: UInt64) {
    makeRoom(for: 64)
    if let word = Self.add(bits, added, to: &current, &count) {
      words[wordCount] = word
      wordCount += 1
    }
  }

  /// Appends a code for each byte.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - codes: For each of 256 bytes its bits, 15 at most, and above 16 digits how many they are.
  mutating func append(_ bytes: Span<UInt8>, codes: [UInt32]) {
    makeRoom(for: 15 * bytes.count + 64)
    let codes = codes.span
    var (current, count, wordCount) = (self.current, self.count, self.wordCount)
    var words = words.mutableSpan
    var place = 0
    while place < bytes.count {
      var code = codes[Int(bytes[place])]
      var (bits, added) = (UInt64(code & 0xFFFF), UInt64(code &>> 16))
      if place &+ 1 < bytes.count {
        code = codes[Int(bytes[place &+ 1])]
        bits |= UInt64(code & 0xFFFF) &<< added
        added &+= UInt64(code &>> 16)
      }
      if let word = Self.add(bits, added, to: &current, &count) {
        words[wordCount] = word
        wordCount &+= 1
      }
      place &+= 2
    }
    (self.current, self.count, self.wordCount) = (current, count, wordCount)
  }

  /// Adds bits to a word that is not full; when it is, it is returned and the next one begun.
  @inline(__always)
  private static func add(
    _ bits: UInt64, _ added: UInt64, to current: inout UInt64, _ count: inout UInt64
  ) -> UInt64? {
    current |= bits &<< count
    count &+= added
    if count < 64 { return nil }
    let word = current
    count &-= 64
    current = count == 0 ? 0 : bits &>> (added &- count)
    return word
  }

  /// Adds the bits to the end of bytes; the last byte is filled up with zeros.
  func append(to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes += Array(repeating: 0, count: 8 * wordCount)
    var written = bytes.mutableSpan
    for index in 0..<wordCount {
      let (word, place) = (words[index], start &+ 8 &* index)
      // As a part of a known length the eight bytes are written at once.
      var part = written._mutatingExtracting(place..<place &+ 8)
      for byte in 0..<8 { part[byte] = UInt8(truncatingIfNeeded: word &>> UInt64(8 &* byte)) }
    }
    for place in 0..<(count + 7) / 8 {
      bytes.append(UInt8(truncatingIfNeeded: current >> (8 * place)))
    }
  }
}
