import TensorCore

extension Slice: CoreOperation, UnweightedOperation, Movement {
  /// That of the input.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Linear.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0]]) }

  /// Every `step`-th index from the start.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [
      starts.indices.map {
        .window(of: $0, AxisWindow(step: Double(steps[$0]), offset: Double(starts[$0])))
      }
    ]
  }
}

extension Slice: AxisFollowing {
  /// The same elements along the same axes.
  package func following(_ order: [Int]) -> Self {
    Self(
      starts: starts.inOrder(order), counts: counts.inOrder(order), steps: steps.inOrder(order))
  }
}
