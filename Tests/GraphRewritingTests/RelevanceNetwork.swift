import GraphIR
import Operations
import TensorCore
import TestSupport

/// A random network with a residual join, a concatenation, both poolings and a dense head.
struct RelevanceNetwork: Sendable {
  let spatialRank: Int
  var isBiased = true
  /// Whether there is a further spatial axis of extent 1 in front.
  var hasUnitAxis = false

  private var unit: [Int] { hasUnitAxis ? [1] : [] }
  private var positions: [Int] { unit + [Int](repeating: 6, count: spatialRank) }

  var input: ReferenceTensor {
    var generator = SeededGenerator(seed: 11)
    return ReferenceTensor(
      Tensor.random(Shape([1, 2] + positions), using: &generator, 0.2...1))
  }

  func build(_ builder: GraphBuilder) -> (input: Value, scores: Value) {
    var generator = SeededGenerator(seed: 3)
    let x = builder.input("x", shape: Shape([1, 2] + positions))
    let first = convolved(x, 6, &generator).rectified
    let sum = (first + convolved(first, 6, &generator)).rectified
    let kernel = unit + [Int](repeating: 2, count: spatialRank)
    let window = PoolingWindow(
      kernel: kernel, window: SlidingWindow(rank: kernel.count, strides: kernel))
    let largest = builder.apply(MaxPooling(window), [sum])
    let average = builder.apply(AveragePooling(window), [sum])
    let joined = convolved(.concatenated([largest, average], axis: 1), 5, &generator).rectified
    let features = joined.mean(over: .positions).reshaped(to: [1, 5])
    let weights = builder.constant(Tensor.random([2, 5], using: &generator))
    return (x, features.product(weights, bias: bias(2, builder, &generator), transposesRight: true))
  }

  private func convolved(
    _ x: Value, _ count: Int, _ generator: inout SeededGenerator
  ) -> Value {
    let rank = positions.count
    let kernel = unit + [Int](repeating: 3, count: spatialRank)
    let padding = kernel.map { $0 / 2 }
    let weights = x.builder.constant(
      Tensor.random(Shape([count, x.shape[1]] + kernel), using: &generator, -0.6...1))
    return x.convolved(
      with: weights, bias: bias(count, x.builder, &generator),
      Convolution(window: SlidingWindow(rank: rank, paddingBefore: padding, paddingAfter: padding)))
  }

  private func bias(
    _ count: Int, _ builder: GraphBuilder, _ generator: inout SeededGenerator
  ) -> Value? {
    let numbers = Tensor.random([count], using: &generator)
    return isBiased ? builder.constant(numbers) : nil
  }
}
