import GraphIR
import Operations
import TensorCore

extension Graph {
  /// Finds `x · s + t` with constants `s` and `t`, as batch norms leave it where nothing absorbs
  /// them.
  ///
  /// - Parameters:
  ///   - value: The result.
  ///   - barriers: Values that must not be passed over.
  /// - Returns: `x` and `t`, and `s` unless it is 1; nil when the value is no such sum.
  func affineParts(
    of value: ValueID, barriers: Set<ValueID>
  ) -> (input: ValueID, factor: ValueID?, offset: ValueID)? {
    guard let (sum, offset) = constantOperand(of: value, .add) else { return nil }
    guard !barriers.contains(sum),
      let (input, factor) = constantOperand(of: sum, .multiply)
    else { return (sum, nil, offset) }
    return (input, factor, offset)
  }

  private func constantOperand(
    of value: ValueID, _ function: BinaryFunction
  ) -> (computed: ValueID, constant: ValueID)? {
    let node = self[value]
    guard (node.operation as? Binary)?.function == function,
      let computed = node.inputs.first(where: { !self[$0].isConstant }),
      let constant = node.inputs.first(where: { self[$0].isConstant }),
      self[computed].shape == node.shape
    else { return nil }
    return (computed, constant)
  }
}

extension LinearMap {
  /// `x · s + t`, number by number.
  static func affine(factor: Value, offset: Value) -> LinearMap {
    LinearMap(
      .affine, weights: factor, bias: offset,
      forward: { x, weights, bias in bias.map { x * weights + $0 } ?? x * weights },
      adjoint: { $0 * $1 })
  }
}
