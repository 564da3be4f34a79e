import TensorCore

extension Binary: CoreOperation, UnweightedOperation, ElementwiseOperation {
  /// A square is not negative; else what the function makes of two signs.
  package func sign(at site: SignSite) -> Sign {
    switch function {
    case .less, .lessOrEqual, .equal: .nonNegative
    case .multiply where site.values[0] == site.values[1]: .nonNegative
    case .maximum: Sign(isNonNegative: site.signs.contains(.nonNegative))
    case .add, .divide, .minimum, .multiply: site.all(0, 1)
    case .power: site.all(0)
    case .subtract: .any
    }
  }

  /// Sums are linear in both sides together, products in each, quotients in what is divided.
  package func linearity(inputCount: Int) -> Linearity {
    switch function {
    case .add, .subtract: Linearity([[0], [1]])
    case .multiply: Linearity([[0, 1]])
    case .divide: Linearity([[0]])
    case .maximum, .minimum, .power, .less, .lessOrEqual, .equal: .none
    }
  }

  /// Those of each side, as it is broadcast.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] { site.broadcastAxes }
}

extension Binary: AxisFollowing {}
