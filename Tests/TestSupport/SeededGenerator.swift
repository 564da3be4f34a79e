package import TensorCore

/// SplitMix64: the same seed gives the same numbers on every machine.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// Starts from a seed.
  package init(seed: UInt64) {
    state = seed
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

extension Tensor {
  /// Uniform random numbers from `range`.
  package static func random(
    _ shape: Shape, using generator: inout some RandomNumberGenerator,
    _ range: ClosedRange<Float> = -1...1
  ) -> Tensor {
    Tensor(
      shape: shape,
      elements: (0..<shape.elementCount).map { _ in Float.random(in: range, using: &generator) })
  }
}
