import GraphIR
import Operations
import TensorCore

extension RandomDraft {
  /// Learned maps, poolings and norms, and their gradients.
  static let linear: [Maker] = [
    { $0.convolution() }, { $0.affineConvolution() }, { $0.transposedConvolution() },
    { $0.product() }, { $0.affineProduct() }, { $0.pooling() }, { $0.pooling() }, { $0.norm() },
    { $0.norm() },
  ]

  /// Everything that a graph may grow by.
  static let makers = elementwise + movement + linear

  /// Something to be convolved: a map, or zeros in place of one.
  private mutating func convolved() -> Value? {
    guard let x = map() else { return nil }
    return isOne(in: 6) ? builder.constant(0).broadcast(to: x.shape) : x
  }

  private mutating func window(_ positions: [Int], kernel: [Int]) -> SlidingWindow {
    let rank = positions.count
    let padding = isOne(in: 2) ? kernel.map { $0 - 1 } : kernel.map { _ in 0 }
    return SlidingWindow(
      rank: rank, strides: numbers(rank, 1...2), paddingBefore: padding.map { number(0...$0) },
      paddingAfter: padding.map { number(0...$0) })
  }

  private mutating func weights(_ shape: Shape) -> Value {
    isOne(in: 6) ? constant(shape).applying(.tanh) : constant(shape)
  }

  private mutating func convolution() -> Value? { convolved().map { convolution(of: $0) } }

  private mutating func convolution(of x: Value) -> Value {
    let channels = x.shape[1]
    let kernel = x.shape.positions.map { number(1...min($0, 2)) }
    let groups = isOne(in: 3) ? channels : 1
    let count = groups * number(1...2)
    let operation = Convolution(window: window(x.shape.positions, kernel: kernel), groups: groups)
    let bias = isOne(in: 2) ? constant([count]) : nil
    return x.convolved(
      with: weights(Shape([count, channels / groups] + kernel)), bias: bias, operation)
  }

  /// A factor and an offset per channel, in some order and place.
  private mutating func affine(_ x: Value) -> Value {
    let shape = Shape([1, x.shape[1]] + x.shape.extents.dropFirst(2).map { _ in 1 })
    func perChannel() -> Value { constant(shape) }
    switch number(1...5) {
    case 1: return x * perChannel() + perChannel()
    case 2: return perChannel() * x
    case 3: return x / (perChannel().absolute + 0.5)
    case 4: return x - perChannel()
    default: return perChannel() + x
    }
  }

  private mutating func affineConvolution() -> Value? {
    guard let x = convolved() else { return nil }
    return isOne(in: 2) ? convolution(of: affine(x)) : affine(convolution(of: x))
  }

  private mutating func transposedConvolution() -> Value? {
    guard let x = map() else { return nil }
    let kernel = x.shape.positions.map { number(1...min($0, 2)) }
    let operation = Convolution(window: window(x.shape.positions, kernel: kernel))
    let weights = weights(Shape([number(1...2), x.shape[1]] + kernel))
    let y = x.convolved(with: weights, operation)
    if isOne(in: 3) { return x.convolutionWeightGradient(y, operation, kernel: kernel) }
    let spread = one(of: [y, constant(y.shape), builder.constant(0).broadcast(to: y.shape)])
    return spread.transposedConvolved(
      with: weights, operation, outputPositions: x.shape.positions)
  }

  private mutating func product() -> Value? {
    guard let x = value(where: { $0.rank >= 2 }) else { return nil }
    let rows = x.shape.rank == 2 || isOne(in: 2)
    let left =
      rows ? x.reshaped(to: [x.shape[0], x.shape.elementCount / max(x.shape[0], 1)]) : x
    let isLeftTransposed = isOne(in: 3)
    let isRightTransposed = isOne(in: 2)
    let inner = left.shape[left.shape.rank - (isLeftTransposed ? 2 : 1)]
    let columns = number(1...3)
    let right = weights(
      Shape(
        left.shape.extents.dropLast(2)
          + (isRightTransposed ? [columns, inner] : [inner, columns])))
    let bias = isOne(in: 2) ? constant([columns]) : nil
    return (isOne(in: 6) ? builder.constant(0).broadcast(to: left.shape) : left).product(
      right, bias: bias, transposesLeft: isLeftTransposed, transposesRight: isRightTransposed)
  }

  private mutating func affineProduct() -> Value? {
    product().flatMap { $0.shape.rank == 2 ? affine($0) : $0 }
  }

  private mutating func pooling() -> Value? {
    guard let x = convolved() else { return nil }
    let kernel = x.shape.positions.map { number(1...min($0, 2)) }
    let pooling = PoolingWindow(
      kernel: kernel,
      window: SlidingWindow(
        rank: kernel.count, strides: numbers(kernel.count, 1...2),
        paddingBefore: kernel.map { number(0...$0 - 1) }))
    let largest = builder.apply(MaxPooling(pooling), [x])
    switch number(1...5) {
    case 1: return largest
    case 2: return builder.apply(AveragePooling(pooling), [x])
    case 3: return builder.apply(MaxPoolingGradient(pooling), [x, constant(largest.shape)])
    case 4: return builder.apply(MaxPoolingSelection(pooling), [x, constant(x.shape)])
    default:
      return builder.apply(
        AveragePoolingGradient(pooling, outputPositions: x.shape.positions),
        [isOne(in: 3) ? builder.constant(0).broadcast(to: largest.shape) : largest])
    }
  }

  private mutating func norm() -> Value? {
    guard let x = map() else { return nil }
    let (scale, shift) = (constant([x.shape[1]]), constant([x.shape[1]]))
    // Not tiny, so that a constant channel does not become a large number.
    let operation = BatchNormalization(epsilon: 0.125)
    let isRectified = isOne(in: 2)
    switch number(1...4) {
    case 1:
      let normalized = x.batchNormalized(scale: scale, shift: shift, operation)
      return isRectified ? normalized.rectified : normalized
    case 2: return x.batchMoments
    case 3:
      return builder.apply(
        BatchNormalizationSums(operation), [x, scale, shift, constant(x.shape)])
    default:
      return builder.apply(
        BatchNormalizationGradient(operation), [x, scale, shift, constant(x.shape)])
    }
  }
}
