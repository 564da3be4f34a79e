import GraphIR
import Operations
import TensorCore

extension Convolution: SampleFreeForm {
  /// `Conv`.
  func export(_ site: ExportSite) -> ExportedValue {
    site.convolved(site.inputs, window, groups: groups, shape: site.node.shape)
  }
}

extension TransposedConvolution: SampleFreeForm {
  /// `ConvTranspose`; its weights have the same layout.
  func export(_ site: ExportSite) -> ExportedValue {
    site.spread(
      site.inputs[0], weights: site.inputs[1], convolution, outputPositions: outputPositions)
  }
}

extension ConvolutionWeightGradient: ExportableOperation {
  /// `Conv` of the input with the gradient as its kernels.
  ///
  /// Samples are summed over, so they take the place of channels, and the channels of a group that
  /// of samples; strides and dilations exchange their meaning.
  func export(_ site: ExportSite) -> ExportedValue {
    let (input, gradient) = (site.inputs[0], site.inputs[1])
    let (samples, groups) = (input.shape[0], convolution.groups)
    let channels = input.shape[1] / groups
    let positions = input.shape.positions
    let axes = Array(3..<3 + positions.count)
    let apart = site.reshaped(input, to: Shape([samples, groups, channels] + positions))
    let exchanged = site.reshaped(
      site.transposed(apart, [2, 1, 0] + axes),
      to: Shape([channels, groups * samples] + positions))
    let kernels = site.transposed(gradient, exchanging: 0, 1)
    let window = exchangedWindow(input: positions, placements: gradient.shape.positions)
    let taps = extents(window, input: positions, kernel: gradient.shape.positions)
    let sums = site.convolved(
      [exchanged, kernels], window, groups: groups,
      shape: Shape([channels, gradient.shape[1]] + taps))
    let wanted = site.sliced(
      sums, starts: Array(repeating: 0, count: sums.shape.rank),
      counts: [channels, gradient.shape[1]] + kernel)
    return site.transposed(wanted, exchanging: 0, 1)
  }

  /// The window under which the gradient slides over the input, one placement per tap.
  private func exchangedWindow(input: [Int], placements: [Int]) -> SlidingWindow {
    let window = convolution.window
    // What the last placement of the last tap reaches, not more: positions may be left over.
    let after = input.indices.map { axis in
      let reach =
        (kernel[axis] - 1) * window.dilations[axis] + (placements[axis] - 1) * window.strides[axis]
      return max(0, reach + 1 - input[axis] - window.paddingBefore[axis])
    }
    return SlidingWindow(
      rank: window.rank, strides: window.dilations, dilations: window.strides,
      paddingBefore: window.paddingBefore, paddingAfter: after)
  }

  private func extents(_ window: SlidingWindow, input: [Int], kernel: [Int]) -> [Int] {
    input.indices.map { axis in
      let padded = input[axis] + window.paddingBefore[axis] + window.paddingAfter[axis]
      return (padded - (kernel[axis] - 1) * window.dilations[axis] - 1) / window.strides[axis] + 1
    }
  }
}

extension SlidingWindow {
  /// The settings under which `Conv` and `MaxPool` slide.
  var onnxAttributes: [NodeAttribute] {
    [
      .integers("strides", strides), .integers("dilations", dilations),
      .integers("pads", paddingBefore + paddingAfter),
    ]
  }
}

extension ExportSite {
  /// A convolution of an input with weights and maybe a bias.
  func convolved(
    _ inputs: [ExportedValue], _ window: SlidingWindow, groups: Int, shape: Shape
  ) -> ExportedValue {
    let attributes =
      window.onnxAttributes + [
        .integer("group", groups), .integers("kernel_shape", inputs[1].shape.positions),
      ]
    return draft.emit("Conv", inputs, shapes: [shape], attributes)[0]
  }

  /// The adjoint of a convolution.
  ///
  /// - Parameters:
  ///   - value: One value per placement.
  ///   - weights: The weights of the convolution.
  ///   - convolution: What the result is the adjoint of.
  ///   - outputPositions: The positions of the result.
  /// - Returns: The value spread over those positions.
  func spread(
    _ value: ExportedValue, weights: ExportedValue, _ convolution: Convolution,
    outputPositions: [Int]
  ) -> ExportedValue {
    let window = convolution.window
    // By how much what is reached extends beyond what is wanted. When positive, it is cut off; when
    // negative, fewer positions than one stride are missing, and nothing was ever read there.
    let excess = outputPositions.indices.map { axis in
      let reach =
        (value.shape.positions[axis] - 1) * window.strides[axis]
        + (weights.shape.positions[axis] - 1) * window.dilations[axis] + 1
      return reach - window.paddingBefore[axis] - outputPositions[axis]
    }
    let attributes: [NodeAttribute] = [
      .integers("strides", window.strides), .integers("dilations", window.dilations),
      .integers("pads", window.paddingBefore + excess.map { max(0, $0) }),
      .integers("output_padding", excess.map { max(0, -$0) }),
      .integer("group", convolution.groups),
      .integers("kernel_shape", weights.shape.positions),
    ]
    let channels = weights.shape[1] * convolution.groups
    let shape = Shape([value.shape[0], channels] + outputPositions)
    return draft.emit("ConvTranspose", [value, weights], shapes: [shape], attributes)[0]
  }
}
