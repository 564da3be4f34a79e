import TensorCore

extension TransposedConvolution: CoreOperation {
  /// Nonnegative when both inputs are.
  package func sign(at site: SignSite) -> Sign { site.all(0, 1) }

  /// `Wᵀ · x`.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0, 1]]) }

  /// The weights.
  package var parameterInputs: [Int] { [1] }

  /// Two for every number that is spread, channel of its group and tap.
  package func operationCount(at site: OperationSite) -> Int {
    2 * site.inputs[0].elementCount * site.inputs[1].extents.dropFirst().reduce(1, *)
  }

  /// Samples stay, channels are mixed, and positions see the placements that they were seen by.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    let (kernel, window) = (site.inputs[1].positions, convolution.window)
    let input = site.positionAxes { .window(of: $0 + 2, window.adjointAxis($0, kernel: kernel)) }
    let channels: AxisOrigin = convolution.groups == 1 ? .same(1) : .mixed([0, 1])
    let weights: [AxisOrigin] =
      [.mixed([0]), channels] + kernel.indices.map { .mixed([$0 + 2]) }
    return [[.same(0), .mixed([1])] + input.dropFirst(2), weights]
  }
}
