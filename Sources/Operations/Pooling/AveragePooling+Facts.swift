import TensorCore

extension AveragePooling: CoreOperation, UnweightedOperation {
  /// That of the input.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Linear.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0]]) }

  /// The window slides over positions and weighs all of them alike.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [site.positionAxes { .window(of: $0 + 2, pooling.axis($0, isEven: true)) }]
  }
}

extension AveragePoolingGradient: CoreOperation, UnweightedOperation {
  /// That of the input.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Linear.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0]]) }

  /// Positions see the placements that they were seen by, all alike.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [site.positionAxes { .window(of: $0 + 2, pooling.adjointAxis($0, isEven: true)) }]
  }
}

extension PoolingWindow {
  /// What a placement sees along an axis of positions.
  func axis(_ axis: Int, isEven: Bool = false) -> AxisWindow {
    window.axis(axis, kernel: kernel, isEven: isEven)
  }

  /// By which placements a position is seen along an axis.
  func adjointAxis(_ axis: Int, isEven: Bool = false) -> AxisWindow {
    window.adjointAxis(axis, kernel: kernel, isEven: isEven)
  }

  /// What decides about a position along an axis: all that shares a placement with it.
  func rivalAxis(_ axis: Int) -> AxisWindow {
    let reach = 2 * window.reach(axis, kernel: kernel)
    return AxisWindow(
      step: 1, offset: 0, reach: reach, tapCount: 2 * kernel[axis] - 1, isEven: kernel[axis] == 1)
  }
}
