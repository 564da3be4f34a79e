import GraphIR
import Operations
import TensorCore

extension Value {
  /// Sums of consecutive channels, `[samples, groups, positions…]`; the last group may have fewer.
  ///
  /// - Parameter count: How many groups; 0, or more than there are channels, leaves each alone.
  /// - Returns: One channel per group.
  func grouped(_ count: Int) -> Value {
    let channels = shape[1]
    guard count > 0, count < channels else { return self }
    let size = (channels + count - 1) / count
    let groups = (channels + size - 1) / size
    var after = [Int](repeating: 0, count: shape.rank)
    after[1] = groups * size - channels
    let whole =
      after[1] == 0
      ? self : padded(before: after.map { _ in 0 }, after: after)
    return
      whole.reshaped(to: Shape([shape[0], groups, size] + shape.positions))
      .sum(over: .axes([2]))
      .reshaped(to: Shape([shape[0], groups] + shape.positions))
  }

  /// The sum over positions without their axes, `[samples, channels]`.
  var pooled: Value {
    sum(over: .positions).reshaped(to: [shape[0], shape[1]])
  }
}
