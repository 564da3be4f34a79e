import GraphIR
import Operations
import TensorCore

extension AveragePooling: SampleFreeForm {
  /// `AveragePool` that counts padding; a convolution where that operator is not defined.
  func export(_ site: ExportSite) -> ExportedValue {
    let window = pooling.window
    guard hasOwnForm else {
      let input = site.inputs[0]
      let sums = site.convolved(
        [site.channelsAsSamples(input), pooling.evenWeights(site)], window, groups: 1,
        shape: Shape([input.shape[0] * input.shape[1], 1] + site.node.shape.positions))
      return site.regrouped(sums, to: site.node.shape)
    }
    return site.result(
      "AveragePool", site.inputs, .integers("kernel_shape", pooling.kernel),
      .integers("strides", window.strides),
      .integers("pads", window.paddingBefore + window.paddingAfter),
      .integer("count_include_pad", 1))
  }

  /// Whether the operator of this name is defined for the window.
  private var hasOwnForm: Bool {
    pooling.window.dilations.allSatisfy { $0 == 1 } && pooling.paddingIsShort
  }
}

extension AveragePoolingGradient: SampleFreeForm {
  /// `ConvTranspose` with even weights, channel by channel.
  func export(_ site: ExportSite) -> ExportedValue {
    let spread = site.spread(
      site.channelsAsSamples(site.inputs[0]), weights: pooling.evenWeights(site),
      Convolution(window: pooling.window), outputPositions: outputPositions)
    return site.regrouped(spread, to: site.node.shape)
  }
}

extension PoolingWindow {
  /// One kernel for one channel that takes the average.
  fileprivate func evenWeights(_ site: ExportSite) -> ExportedValue {
    let count = kernel.reduce(1, *)
    return site.constant(Tensor(shape: Shape([1, 1] + kernel), repeating: 1 / Float(count)))
  }
}

extension ExportSite {
  /// The value as samples of one channel each.
  fileprivate func channelsAsSamples(_ value: ExportedValue) -> ExportedValue {
    regrouped(value, to: Shape([value.shape[0] * value.shape[1], 1] + value.shape.positions))
  }
}
