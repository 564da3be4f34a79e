import TensorCore

extension Reshape: CoreOperation, UnweightedOperation, Movement {
  /// That of the input.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Linear.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0]]) }

  /// Axes that are inserted, dropped, split and joined.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [AxisRegrouping(from: site.inputs[0], to: site.result).origins]
  }
}
