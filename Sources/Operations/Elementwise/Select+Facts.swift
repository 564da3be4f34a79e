import TensorCore

extension Select: CoreOperation, UnweightedOperation, ElementwiseOperation {
  /// That of the two sides.
  package func sign(at site: SignSite) -> Sign { site.all(1, 2) }

  /// Linear in both sides together.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[1], [2]]) }

  /// Those of each input, as it is broadcast.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] { site.broadcastAxes }
}

extension Select: AxisFollowing {}
