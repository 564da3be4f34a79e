import SpectralData

/// Random numbers that are the same on every machine for the same seed (SplitMix64).
public struct LearningGenerator: RandomNumberGenerator, Sendable {
  private var bits: SplitMix64

  /// Starts from a seed.
  public init(seed: UInt64) {
    bits = SplitMix64(seed: seed)
  }

  /// Starts from a seed and the number of a stream; streams of one seed are unrelated.
  public init(seed: UInt64, stream: Int) {
    var mixer = SplitMix64(seed: seed)
    let first = mixer.next()
    mixer = SplitMix64(seed: first ^ (UInt64(bitPattern: Int64(stream)) &* 0xD6E8_FEB8_6659_FD93))
    bits = SplitMix64(seed: mixer.next())
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 { bits.next() }

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

  /// The indices below a count in random order.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    order.shuffle(using: &self)
    return order
  }
}
