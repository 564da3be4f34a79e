import TensorCore

extension Unary: CoreOperation, UnweightedOperation, ElementwiseOperation {
  /// That of the function's results.
  package func sign(at site: SignSite) -> Sign {
    switch function {
    case .absolute, .exponential, .squareRoot, .rectify, .logistic: .nonNegative
    case .clip(let lower, let upper): lower >= 0 && upper >= 0 ? .nonNegative : .any
    case .sign, .reciprocal, .tanh, .errorFunction, .arctangent, .floor, .ceiling,
      .round, .roundStraightThrough, .held:
      site.signs[0]
    case .negate, .logarithm, .sine, .cosine: .any
    }
  }

  /// Only the change of sign is linear.
  package func linearity(inputCount: Int) -> Linearity {
    function == .negate ? Linearity([[0]]) : .none
  }

  /// Those of the input.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] { [site.sameAxes] }
}

extension Unary: AxisFollowing {}
