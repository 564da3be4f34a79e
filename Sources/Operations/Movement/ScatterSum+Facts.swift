import TensorCore

extension ScatterSum: CoreOperation, UnweightedOperation, Movement {
  /// That of the input.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Linear.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0]]) }

  /// Any index may be a sum of several.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [site.axes(axis, are: .mixed([axis]))]
  }
}

extension ScatterSum: AxisFollowing {
  /// Along the same axis where it stands now.
  package func following(_ order: [Int]) -> Self {
    Self(axis: order.place(of: axis), indices: indices, extent: extent)
  }
}
