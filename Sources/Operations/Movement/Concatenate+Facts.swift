import TensorCore

extension Concatenate: CoreOperation, UnweightedOperation, Movement {
  /// That of all inputs.
  package func sign(at site: SignSite) -> Sign {
    Sign(isNonNegative: site.signs.allSatisfy { $0 == .nonNegative })
  }

  /// Linear in all inputs together.
  package func linearity(inputCount: Int) -> Linearity { Linearity((0..<inputCount).map { [$0] }) }

  /// Along the axis, each input begins where the ones before it end.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    var start = 0
    return site.inputs.map { shape in
      defer { start += shape[axis] }
      return site.axes(
        axis, are: .window(of: axis, AxisWindow(step: 1, offset: -Double(start))))
    }
  }
}

extension Concatenate: AxisFollowing {
  /// Along the same axis where it stands now.
  package func following(_ order: [Int]) -> Self {
    Self(axis: order.place(of: axis))
  }
}
