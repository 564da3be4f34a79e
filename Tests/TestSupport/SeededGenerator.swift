package import TensorCore

/// Where chance in tests comes from.
package typealias SeededGenerator = SplitMix64

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
