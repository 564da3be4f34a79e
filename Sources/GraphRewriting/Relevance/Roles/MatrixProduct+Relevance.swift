import GraphIR
import Operations
import TensorCore

extension MatrixProduct: RelevantOperation {
  /// Linear in the computed operand, or in each of two.
  func role(at site: RelevanceSite) -> RelevanceRole? {
    let bias = site.inputs.dropFirst(2).first
    switch site.computed {
    case [0]: return .linear(leftMap(weights: site.inputs[1], bias: bias), input: 0)
    case [1]: return .linear(rightMap(weights: site.inputs[0], bias: bias), input: 1)
    case [0, 1]:
      return .product(
        left: leftMap(weights: site.inputs[1], bias: bias),
        right: rightMap(weights: site.inputs[0], bias: bias))
    default: return nil
    }
  }

  private func leftMap(weights: Value, bias: Value?) -> LinearMap {
    LinearMap(
      .dense, weights: weights, bias: bias,
      forward: { x, weights, bias in
        x.product(
          weights, bias: bias, transposesLeft: transposesLeft, transposesRight: transposesRight)
      },
      adjoint: { s, weights in
        transposesLeft
          ? weights.product(s, transposesLeft: transposesRight, transposesRight: true)
          : s.product(weights, transposesRight: !transposesRight)
      })
  }

  private func rightMap(weights: Value, bias: Value?) -> LinearMap {
    LinearMap(
      .dense, weights: weights, bias: bias,
      forward: { x, weights, bias in
        weights.product(
          x, bias: bias, transposesLeft: transposesLeft, transposesRight: transposesRight)
      },
      adjoint: { s, weights in
        transposesRight
          ? s.product(weights, transposesLeft: true, transposesRight: transposesLeft)
          : weights.product(s, transposesLeft: !transposesLeft)
      })
  }
}
