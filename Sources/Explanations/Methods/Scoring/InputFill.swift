import Foundation
import GraphIR
import Operations
import TensorCore

/// What stands in an input where a mask hides it.
public enum InputFill: Hashable, Sendable {
  /// Zero, in the numbers that the network takes.
  case zero
  /// The input blurred by a Gaussian of this standard deviation.
  case blur(InputLength)
  /// A straight line from the first to the last position, along every axis of them.
  case line

  /// The fill of an input.
  ///
  /// - Parameters:
  ///   - input: `[samples, channels, positions…]`.
  ///   - spacing: The units of the axis between two positions.
  /// - Returns: A value of the shape of the input, or one that broadcasts to it.
  func value(of input: Value, spacing: Double) -> Value {
    switch self {
    case .zero: return input.builder.constant(0)
    case .line:
      return input.shape.positions.indices.reduce(input) { $0.straightened(along: $1) }
    case .blur(let width):
      return input.shape.positions.indices.reduce(input) { value, axis in
        let extent = input.shape.positions[axis]
        let deviation = width.positions(extent: extent, spacing: spacing)
        return value.blurred(along: axis, deviation: deviation)
      }
    }
  }
}

extension Value {
  /// The straight line between the ends of an axis of positions.
  fileprivate func straightened(along axis: Int) -> Value {
    let extent = shape.positions[axis]
    let first = sliced(axis + 2, start: 0, count: 1)
    let last = sliced(axis + 2, start: extent - 1, count: 1)
    let steps = (0..<extent).map { Float($0) / Float(max(extent - 1, 1)) }
    let ramp = builder.constant(Tensor(shape: shape.alone(axis: axis + 2), elements: steps))
    return first + (last - first) * ramp
  }

  /// A Gaussian along one axis of positions, as four running means with the same variance.
  ///
  /// Beyond the ends there is nothing: means are of what is there, so that edges do not darken.
  fileprivate func blurred(along axis: Int, deviation: Double) -> Value {
    let lengths = RunningMeans(deviation: deviation, extent: shape.positions[axis]).lengths
    return lengths.reduce(self) { value, length in
      var kernel = [Int](repeating: 1, count: shape.positions.count)
      kernel[axis] = length
      let margins = kernel.map { $0 / 2 }
      let pooling = AveragePooling(
        PoolingWindow(
          kernel: kernel,
          window: SlidingWindow(
            rank: kernel.count, paddingBefore: margins, paddingAfter: margins)))
      let ones = builder.constant(Tensor(shape: shape.alone(axis: axis + 2), repeating: 1))
      let share = builder.apply(pooling, [ones])
      return builder.apply(pooling, [value]) / share
    }
  }
}

extension Shape {
  /// A shape of the same rank with extent 1 on every other axis.
  fileprivate func alone(axis: Int) -> Shape {
    Shape(extents.indices.map { $0 == axis ? self[$0] : 1 })
  }
}

/// Odd lengths of running means that together have the variance of a Gaussian, as nearly as odd
/// numbers allow.
struct RunningMeans {
  /// The lengths that are not 1.
  let lengths: [Int]

  /// Chooses the lengths; none is longer than the axis.
  init(deviation: Double, extent: Int) {
    let count = 4
    let ideal = (12 * deviation * deviation / Double(count) + 1).squareRoot()
    let shorter = max(1, Int((ideal - 1) / 2) * 2 + 1)
    let variance = { (length: Int) in Double(length * length - 1) / 12 }
    let missing = deviation * deviation - Double(count) * variance(shorter)
    let step = variance(shorter + 2) - variance(shorter)
    let longer = min(count, max(0, Int((missing / step).rounded())))
    let longest = extent.isMultiple(of: 2) ? max(1, extent - 1) : extent
    lengths = (0..<count).map { min($0 < longer ? shorter + 2 : shorter, longest) }
      .filter { $0 > 1 }
  }
}
