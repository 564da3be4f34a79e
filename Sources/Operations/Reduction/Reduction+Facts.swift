import TensorCore

extension Reduction: CoreOperation, UnweightedOperation {
  /// That of the input.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Only sums are linear.
  package func linearity(inputCount: Int) -> Linearity {
    function == .sum ? Linearity([[0]]) : .none
  }

  /// Reduced axes are summed, or mixed by other functions; the others stay.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [
      (0..<site.result.rank).map { axis in
        guard axes.contains(axis) else { return .same(axis) }
        return function == .sum ? .summed(axis) : .mixed([axis])
      }
    ]
  }
}

extension Reduction: AxisFollowing {
  /// Over the same axes where they stand now.
  package func following(_ order: [Int]) -> Self {
    Self(function, axes: axes.map(order.place))
  }
}
