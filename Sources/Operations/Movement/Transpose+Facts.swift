import TensorCore

extension Transpose: CoreOperation, UnweightedOperation, Movement {
  /// That of the input.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Linear.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0]]) }

  /// Those of the input in another order.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] { [permutation.map(AxisOrigin.same)] }
}
