import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport

/// A random network whose values have channels last, but for each convolution and pooling, which stand
/// between transpositions: as exporters of Keras write them.
struct ChannelsLastNetwork {
  let builder = GraphBuilder()
  let input: Value
  /// Values that a gradient may be asked for.
  private(set) var layers: [Value] = []
  /// How many numbers change places among channels.
  private(set) var shuffledCount = 0
  private var generator: SeededGenerator

  /// Starts with an input of one or two axes of positions.
  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    let positions = Bool.random(using: &generator) ? [7] : [5, 4]
    input = builder.input("x", shape: Shape([2] + positions + [3]))
  }

  /// How many numbers the transpositions of a network without superfluous ones move: its input is
  /// brought to convolutions.
  var inputCount: Int { input.shape.elementCount }

  /// A value for the input.
  mutating func sample() -> ReferenceTensor {
    ReferenceTensor(Tensor.random(input.shape, using: &generator))
  }

  /// Builds blocks and a head; the scores are the output `scores`.
  mutating func build(blocks: Int) {
    var x = convolved(input, channels: 4)
    for index in 0..<blocks {
      x = block(x)
      builder.name(x, "block \(index)")
      layers.append(x)
    }
    let means = x.mean(over: .axes(positions(x))).reshaped(to: [2, x.shape[x.shape.rank - 1]])
    builder.output("scores", means.product(constant([means.shape[1], 3]), bias: constant([3])))
  }

  private mutating func block(_ x: Value) -> Value {
    let channels = x.shape[x.shape.rank - 1]
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: return x + convolved(x, channels: channels)
    case 1: return pooled(x)
    case 2: return .concatenated([x, convolved(x, channels: 2)], axis: x.shape.rank - 1)
    case 3: return gated(x)
    case 4: return expanded(x)
    case 5:
      let norm = convolved(x, channels: 4) * constant(ones(x, 4)) + constant([4])
      return norm * norm.logistic
    case 6:
      let window = x.shape.rank - 2
      let padded = x.padded(
        before: around(window, 1), after: around(window, 0), number: 0.5)
      return convolved(padded, channels: 4).applying(.clip(lower: 0, upper: 6))
    case 7:
      let shares = x.builder.apply(Softmax(axis: x.shape.rank - 1), [x])
      return convolved(shares, channels: 4)
    default:
      // Channels change places in groups.
      let split = x.reshaped(to: Shape(x.shape.extents.dropLast() + [2, channels / 2]))
      let rank = split.shape.rank
      shuffledCount += x.shape.elementCount
      return split.transposed(Array(0..<rank - 2) + [rank - 1, rank - 2])
        .reshaped(to: x.shape)
    }
  }

  private mutating func constant(_ shape: Shape) -> Value {
    builder.constant(Tensor.random(shape, using: &generator))
  }

  private func positions(_ x: Value) -> [Int] { Array(1..<x.shape.rank - 1) }

  private func ones(_ x: Value, _ channels: Int) -> Shape {
    Shape(Array(repeating: 1, count: x.shape.rank - 1) + [channels])
  }

  private func around(_ positions: Int, _ count: Int) -> [Int] {
    [0] + Array(repeating: count, count: positions) + [0]
  }

  private func channelsFirst(_ x: Value) -> Value {
    x.transposed([0, x.shape.rank - 1] + positions(x))
  }

  private func channelsLast(_ x: Value) -> Value {
    x.transposed([0] + Array(2..<x.shape.rank) + [1])
  }

  private mutating func convolved(_ x: Value, channels: Int) -> Value {
    let rank = x.shape.rank - 2
    let window = SlidingWindow(
      rank: rank, paddingBefore: Array(repeating: 1, count: rank),
      paddingAfter: Array(repeating: 1, count: rank))
    let first = channelsFirst(x)
    let weights = constant(
      Shape([channels, first.shape[1]] + Array(repeating: 3, count: rank)))
    return
      (channelsLast(first.convolved(with: weights, Convolution(window: window)))
      + constant([channels])).rectified
  }

  private mutating func pooled(_ x: Value) -> Value {
    let rank = x.shape.rank - 2
    let pooling = PoolingWindow(
      kernel: Array(repeating: 2, count: rank), window: SlidingWindow(rank: rank))
    let operation: any GraphIR.Operation =
      Bool.random(using: &generator) ? MaxPooling(pooling) : AveragePooling(pooling)
    guard x.shape.extents.dropFirst().dropLast().allSatisfy({ $0 > 2 }) else {
      return convolved(x, channels: 4)
    }
    return channelsLast(builder.apply(operation, [channelsFirst(x)]))
  }

  /// Squeeze and excitation.
  private mutating func gated(_ x: Value) -> Value {
    let channels = x.shape[x.shape.rank - 1]
    let means = x.mean(over: .axes(positions(x))).reshaped(to: [2, channels])
    let gate = means.product(constant([channels, channels])).logistic
    return convolved(
      x * gate.reshaped(to: Shape([2] + positions(x).map { _ in 1 } + [channels])), channels: 4)
  }

  /// A convolution with one more axis of positions, as Keras makes of one along one axis.
  private mutating func expanded(_ x: Value) -> Value {
    guard x.shape.rank == 3 else { return convolved(x, channels: 4) }
    let (length, channels) = (x.shape[1], x.shape[2])
    let first = x.reshaped(to: [2, 1, length, channels]).transposed([0, 3, 1, 2])
    let operation = Convolution(
      window: SlidingWindow(rank: 2, paddingBefore: [0, 1], paddingAfter: [0, 1]))
    let y = first.convolved(with: constant([4, channels, 1, 3]), operation)
    return (y.transposed([0, 2, 3, 1]).reshaped(to: [2, length, 4]) + constant([4])).rectified
  }
}
