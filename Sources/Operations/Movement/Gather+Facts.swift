import TensorCore

extension Gather: CoreOperation, UnweightedOperation, Movement {
  /// That of the input.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Linear.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0]]) }

  /// The indices along the axis, as steps where they are evenly apart.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    let window = AxisWindow(progression: indices)
    let origin = window.map { AxisOrigin.window(of: axis, $0) } ?? .selection(of: axis, indices)
    return [site.axes(axis, are: origin)]
  }
}

extension AxisWindow {
  /// The steps that lead from each number to the next, where they are equal and not 0.
  fileprivate init?(progression numbers: [Int]) {
    guard let first = numbers.first else { return nil }
    let step = numbers.count > 1 ? numbers[1] - first : 1
    guard step != 0, numbers.enumerated().allSatisfy({ $1 == first + $0 * step }) else {
      return nil
    }
    self.init(step: Double(step), offset: Double(first))
  }
}

extension Gather: AxisFollowing {
  /// Along the same axis where it stands now.
  package func following(_ order: [Int]) -> Self {
    Self(axis: order.place(of: axis), indices: indices)
  }
}
