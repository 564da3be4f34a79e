import TensorCore

extension Resize: CoreOperation, UnweightedOperation, Movement {
  /// That of the input.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Linear.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0]]) }

  /// Positions read where the mapping says, beyond the ends at the ends.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [
      site.positionAxes { axis in
        let mapping = mappings[axis]
        return .window(
          of: axis + 2,
          AxisWindow(
            step: mapping.scale, offset: mapping.offset,
            tapCount: interpolation == .linear ? 2 : 1, isEven: interpolation != .linear))
      }
    ]
  }
}

extension ResizeGradient: CoreOperation, UnweightedOperation {
  /// That of the input.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Linear.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0]]) }

  /// The ends may have been read by many.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [site.positionAxes { .mixed([$0 + 2]) }]
  }
}
