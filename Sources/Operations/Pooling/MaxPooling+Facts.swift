import TensorCore

extension MaxPooling: CoreOperation, UnweightedOperation {
  /// That of the input; what lies under padding only is −∞.
  package func sign(at site: SignSite) -> Sign {
    pooling.alwaysSees ? site.signs[0] : .any
  }

  /// Not linear.
  package func linearity(inputCount: Int) -> Linearity { .none }

  /// The window slides over positions.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [site.positionAxes { .window(of: $0 + 2, pooling.axis($0)) }]
  }
}

extension MaxPoolingGradient: CoreOperation, UnweightedOperation {
  /// That of the values.
  package func sign(at site: SignSite) -> Sign { site.signs[1] }

  /// Linear in the values.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[1]]) }

  /// Positions see the placements that they were seen by, and their rivals for them.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [
      site.positionAxes { .window(of: $0 + 2, pooling.rivalAxis($0)) },
      site.positionAxes { .window(of: $0 + 2, pooling.adjointAxis($0)) },
    ]
  }
}

extension MaxPoolingSelection: CoreOperation, UnweightedOperation {
  /// That of the values.
  package func sign(at site: SignSite) -> Sign { site.signs[1] }

  /// Linear in the values.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[1]]) }

  /// The window slides over the positions of both inputs.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    let origins = site.positionAxes { .window(of: $0 + 2, pooling.axis($0)) }
    return [origins, origins]
  }
}

extension PoolingWindow {
  /// Whether every placement sees something beside padding.
  fileprivate var alwaysSees: Bool {
    !window.isPadded || paddingIsShort && window.dilations.allSatisfy { $0 == 1 }
  }
}
