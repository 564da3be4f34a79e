/// The generator SplitMix64: the same seed gives the same numbers on every machine and version.
///
/// G. L. Steele, D. Lea, C. H. Flood, Proceedings of OOPSLA 2014, 453–472.
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  /// Starts from a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// Starts one of many sequences that belong to a seed, such as that of one split.
  ///
  /// - Parameters:
  ///   - seed: The seed of all.
  ///   - stream: Which of the sequences, not negative.
  public init(seed: UInt64, stream: Int) {
    var generator = SplitMix64(seed: seed)
    let key = generator.next()
    generator = SplitMix64(seed: key ^ UInt64(stream) &* 0xD1B5_4A32_D192_ED03)
    state = generator.next()
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A number from 0 up to, not including, `bound`, all equally likely.
  ///
  /// - Parameter bound: At least one.
  /// - Returns: The number.
  public mutating func next(below bound: Int) -> Int {
    precondition(bound > 0, "there is no number below \(bound)")
    let bound = UInt64(bound)
    let rejected = (0 &- bound) % bound
    while true {
      let bits = next()
      if bits >= rejected { return Int(bits % bound) }
    }
  }

  /// The elements in random order, all orders equally likely.
  ///
  /// - Parameter elements: Any.
  /// - Returns: The same elements.
  public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, next(below: last + 1))
    }
    return elements
  }
}
