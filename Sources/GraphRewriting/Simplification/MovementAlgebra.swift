import GraphIR
import Operations
import TensorCore

/// Movements that move nothing disappear, and two in a row become one.
enum MovementAlgebra {
  static func apply(_ site: Rebuild.Site) -> Value? {
    let input = site.inputs.first
    switch site.node.operation {
    case let reshape as Reshape: return input.flatMap { apply(reshape, $0) }
    case let transpose as Transpose: return input.flatMap { apply(transpose, $0) }
    case let broadcast as Broadcast: return input.flatMap { apply(broadcast, $0) }
    case is Slice, is Pad:
      return input?.shape == site.node.shape ? input : nil
    case is Concatenate: return site.inputs.count == 1 ? input : nil
    case let reduction as Reduction: return input.flatMap { apply(reduction, $0) }
    default: return nil
    }
  }

  private static func apply(_ reshape: Reshape, _ input: Value) -> Value? {
    if input.shape == reshape.shape { return input }
    guard input.node.operation is Reshape else { return nil }
    return input.builder.value(input.node.inputs[0]).reshaped(to: reshape.shape)
  }

  private static func apply(_ transpose: Transpose, _ input: Value) -> Value? {
    if transpose.permutation == Array(0..<input.shape.rank) { return input }
    guard let inner = input.node.operation as? Transpose else { return nil }
    return input.builder.value(input.node.inputs[0])
      .transposed(transpose.permutation.map { inner.permutation[$0] })
  }

  private static func apply(_ broadcast: Broadcast, _ input: Value) -> Value? {
    if input.shape == broadcast.shape { return input }
    guard input.node.operation is Broadcast else { return nil }
    return input.builder.value(input.node.inputs[0]).broadcast(to: broadcast.shape)
  }

  /// The sum of equal numbers is one of them times their count.
  private static func apply(_ reduction: Reduction, _ input: Value) -> Value? {
    if reduction.axes.allSatisfy({ input.shape[$0] == 1 }) { return input }
    guard reduction.function == .sum, input.node.operation is Broadcast else { return nil }
    let repeated = input.builder.value(input.node.inputs[0])
    guard repeated.shape.rank == input.shape.rank,
      reduction.axes.allSatisfy({ repeated.shape[$0] == 1 })
    else { return nil }
    let count = reduction.axes.reduce(1) { $0 * input.shape[$1] }
    let rest = Shape(
      input.shape.extents.enumerated().map { reduction.axes.contains($0) ? 1 : $1 })
    return (repeated * Float(count)).broadcast(to: rest)
  }
}
