import TensorCore

extension Softmax: CoreOperation, UnweightedOperation {
  /// Shares are not negative.
  package func sign(at site: SignSite) -> Sign { .nonNegative }

  /// Not linear.
  package func linearity(inputCount: Int) -> Linearity { .none }

  /// The axis of the shares is coupled; the others stay.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [site.axes(axis, are: .coupled(axis))]
  }
}

extension LogSoftmax: CoreOperation, UnweightedOperation {
  /// Logarithms of shares are not positive.
  package func sign(at site: SignSite) -> Sign { .any }

  /// Not linear.
  package func linearity(inputCount: Int) -> Linearity { .none }

  /// The axis of the shares is coupled; the others stay.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [site.axes(axis, are: .coupled(axis))]
  }
}

extension Softmax: AxisFollowing {
  /// Along the same axis where it stands now.
  package func following(_ order: [Int]) -> Self { Self(axis: order.place(of: axis)) }
}

extension LogSoftmax: AxisFollowing {
  /// Along the same axis where it stands now.
  package func following(_ order: [Int]) -> Self { Self(axis: order.place(of: axis)) }
}
