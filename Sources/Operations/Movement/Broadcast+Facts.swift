import TensorCore

extension Broadcast: CoreOperation, UnweightedOperation, ElementwiseOperation, Movement {
  /// That of the input.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Linear.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0]]) }

  /// Those of the input, and those along which it is repeated.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] { site.broadcastAxes }
}

extension Broadcast: AxisFollowing {
  /// To the transposed shape.
  package func following(_ order: [Int]) -> Self {
    Self(to: Shape(shape.extents.inOrder(order)))
  }
}
