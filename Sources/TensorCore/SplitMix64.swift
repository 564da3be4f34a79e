/// The generator SplitMix64: the same seed gives the same numbers on every machine and version.
///
/// G. L. Steele, D. Lea, C. H. Flood, Proceedings of OOPSLA 2014, 453–472.
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
  /// What streams are drawn for; those of one number differ between families, except the first, 0.
  ///
  /// The raw value spreads the numbers of streams over all bits. A change of it changes every
  /// result that rests on the family.
  public enum StreamFamily: UInt64, Sendable {
    /// Divisions of samples into training and test, and permutations of what is known of them.
    case divisions = 0xD1B5_4A32_D192_ED03

    /// First values, order and masks of a training: stream −1 draws the first values, others belong
    /// to epochs.
    case trainings = 0xD6E8_FEB8_6659_FD93

    /// The seeds of the trainings of one study, one for each of its divisions.
    case divisionStarts = 0xA076_1D64_78BD_642F

    /// The orders in which what a network learned is put to make another one of it, one for each
    /// tensor.
    case weights = 0x9FB2_1C65_1E98_DF25

    /// The views of pictures that are trained on, one for each picture.
    case views = 0xE703_7ED1_A0B4_28DB
  }

  private var state: UInt64

  /// Starts from a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// Starts one of many sequences that belong to a seed, such as that of one split.
  ///
  /// - Parameters:
  ///   - seed: The seed of all.
  ///   - stream: Which of the sequences.
  ///   - family: What it is drawn for.
  public init(seed: UInt64, stream: Int, of family: StreamFamily) {
    var generator = SplitMix64(seed: seed)
    let key = generator.next()
    let place = UInt64(bitPattern: Int64(stream)) &* family.rawValue
    generator = SplitMix64(seed: key ^ place)
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

  /// A number from 0 up to, but not including, 1, with 24 random bits.
  public mutating func uniform() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// A number of the normal distribution with mean 0 and standard deviation 1.
  ///
  /// The sum of twelve uniform numbers: needs no logarithm, so it is the same on every machine.
  public mutating func normal() -> Float {
    var sum: Float = -6
    for _ in 0..<12 { sum += uniform() }
    return sum
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
