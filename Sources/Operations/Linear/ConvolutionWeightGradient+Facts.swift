import TensorCore

extension ConvolutionWeightGradient: CoreOperation, UnweightedOperation {
  /// Nonnegative when both inputs are.
  package func sign(at site: SignSite) -> Sign { site.all(0, 1) }

  /// Bilinear.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[0, 1]]) }

  /// A tap sees the positions that lie under it; samples and placements are summed up.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    let placements = site.inputs[1].positions
    let taps = kernel.indices.map { AxisOrigin.window(of: $0 + 2, tapAxis($0, placements)) }
    let isWhole = convolution.groups == 1
    let input: [AxisOrigin] =
      isWhole ? [.mixed([0]), .same(1)] : [.mixed([0, 1]), .mixed([1])]
    let gradient: [AxisOrigin] = [.same(1), .mixed([0])] + kernel.indices.map { .mixed([$0 + 2]) }
    return [input + taps, gradient]
  }

  /// Tap `t` lies over `t · dilation − padding + placement · stride`.
  private func tapAxis(_ axis: Int, _ placements: [Int]) -> AxisWindow {
    let window = convolution.window
    let reach = Double((placements[axis] - 1) * window.strides[axis])
    return AxisWindow(
      step: Double(window.dilations[axis]), offset: reach / 2 - Double(window.paddingBefore[axis]),
      reach: reach, tapCount: placements[axis], isEven: placements[axis] == 1)
  }
}
