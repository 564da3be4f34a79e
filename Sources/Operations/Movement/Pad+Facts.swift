import TensorCore

extension Pad: CoreOperation, UnweightedOperation, Movement {
  /// That of the input and of what is added.
  package func sign(at site: SignSite) -> Sign { number >= 0 ? site.signs[0] : .any }

  /// Linear, beside what is added.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0]], hasRest: number != 0) }

  /// Indices apart and after those that are added before.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [
      before.indices.map {
        let step = 1 / Double(between[$0] + 1)
        return .window(of: $0, AxisWindow(step: step, offset: -Double(before[$0]) * step))
      }
    ]
  }
}

extension Pad: AxisFollowing {
  /// The same amounts along the same axes.
  package func following(_ order: [Int]) -> Self {
    Self(
      before: before.inOrder(order), after: after.inOrder(order), between: between.inOrder(order),
      number: number)
  }
}
