import GraphIR
import Operations
import TensorCore

/// Movements work on known numbers at once and on others in the graph.
extension ImportSite {
  /// A value of the graph after a movement, which leaves a zero point where it is.
  func moved(_ input: ImportedValue, _ movement: (Value) -> Value) -> ImportedValue {
    if case .centered(let value, let zero, let type) = input {
      return .centered(movement(value), zero: zero, type)
    }
    return .computed(movement(pool.value(input)), input.type)
  }

  /// The same numbers under another shape.
  func reshaped(_ input: ImportedValue, to shape: Shape) throws(ONNXError) -> ImportedValue {
    guard input.shape.elementCount == shape.elementCount else {
      throw ONNXError(.malformedFile, "\(input.shape) cannot become \(shape)")
    }
    if let tensor = input.known { return .known(tensor.reshaped(to: shape)) }
    return moved(input) { $0.reshaped(to: shape) }
  }

  /// The axes reordered.
  func transposed(_ input: ImportedValue, _ permutation: [Int]) throws(ONNXError) -> ImportedValue {
    guard permutation.sorted() == Array(0..<input.shape.rank) else {
      throw ONNXError(.malformedFile, "\(permutation) does not order the axes of \(input.shape)")
    }
    if permutation == Array(0..<input.shape.rank) { return input }
    if let tensor = input.foldable { return .known(tensor.transposed(permutation)) }
    return moved(input) { $0.transposed(permutation) }
  }

  /// `[samples, channels, positions…]` of `[samples, positions…, channels]`.
  func channelsFirst(_ input: ImportedValue) throws(ONNXError) -> ImportedValue {
    let rank = input.shape.rank
    return rank < 3 ? input : try transposed(input, [0, rank - 1] + Array(1..<rank - 1))
  }

  /// `[samples, positions…, channels]` of `[samples, channels, positions…]`.
  func channelsLast(_ input: ImportedValue) throws(ONNXError) -> ImportedValue {
    let rank = input.shape.rank
    return rank < 3 ? input : try transposed(input, [0] + Array(2..<rank) + [1])
  }

  /// The elements with given indices along one axis.
  func gathered(
    _ input: ImportedValue, _ axis: Int, _ indices: [Int]
  ) throws(ONNXError) -> ImportedValue {
    guard indices.allSatisfy({ (0..<input.shape[axis]).contains($0) }) else {
      throw ONNXError(
        .malformedFile, "an index lies outside axis \(axis) of \(input.shape)")
    }
    let shape = input.shape.replacing(axis, with: indices.count)
    if let tensor = input.foldable, shape.elementCount <= HostTensor.maximumFoldedCount {
      return .known(tensor.gathered(axis, indices))
    }
    return moved(input) { $0.gathered(axis, indices) }
  }

  /// Every `step`-th element from `start` on along each axis; steps are at least 1.
  func sliced(
    _ input: ImportedValue, starts: [Int], counts: [Int], steps: [Int]? = nil
  ) throws(ONNXError) -> ImportedValue {
    let slice = Slice(starts: starts, counts: counts, steps: steps)
    if counts == input.shape.extents { return input }
    guard let tensor = input.foldable else {
      return moved(input) { $0.sliced(starts: starts, counts: counts, steps: steps) }
    }
    let shape: Shape
    do throws(GraphError) {
      shape = try slice.outputShape(for: [tensor.shape])
    } catch {
      throw ONNXError(.malformedFile, error.description)
    }
    let strides = tensor.shape.strides
    return .known(
      tensor.strided(
        to: shape, offset: zip(starts, strides).reduce(0) { $0 &+ $1.0 &* $1.1 },
        strides: zip(slice.steps, strides).map { $0 &* $1 }))
  }

  /// Values joined along one axis.
  func concatenated(_ inputs: [ImportedValue], axis: Int) throws(ONNXError) -> ImportedValue {
    guard let first = inputs.first else {
      throw ONNXError(.malformedFile, "nothing to concatenate")
    }
    do throws(GraphError) {
      _ = try Concatenate(axis: axis).outputShape(for: inputs.map(\.shape))
    } catch {
      throw ONNXError(.malformedFile, error.description)
    }
    let tensors = inputs.compactMap(\.foldable)
    if tensors.count == inputs.count,
      tensors.reduce(0, { $0 + $1.count }) <= HostTensor.maximumFoldedCount
    {
      return .known(.concatenated(tensors, axis: axis))
    }
    return .computed(.concatenated(inputs.map(pool.value), axis: axis), first.type)
  }

  /// The value repeated to a larger shape.
  func broadcast(_ input: ImportedValue, to shape: Shape) throws(ONNXError) -> ImportedValue {
    guard input.shape.broadcast(with: shape) == shape else {
      throw ONNXError(.malformedFile, "\(input.shape) does not broadcast to \(shape)")
    }
    if let tensor = input.foldable, shape.elementCount <= HostTensor.maximumFoldedCount {
      return .known(tensor.broadcast(to: shape))
    }
    return moved(input) { $0.broadcast(to: shape) }
  }
}
