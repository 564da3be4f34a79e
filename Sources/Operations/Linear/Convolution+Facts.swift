import TensorCore

extension Convolution: CoreOperation {
  /// Nonnegative when all inputs are.
  package func sign(at site: SignSite) -> Sign { site.all(0, 1, 2) }

  /// `W · x + b`.
  package func linearity(inputCount: Int) -> Linearity {
    Linearity(inputCount == 3 ? [[0, 1], [2]] : [[0, 1]])
  }

  /// Weights and bias.
  package var parameterInputs: [Int] { [1, 2] }

  /// Two for every result, channel of its group and tap.
  package func operationCount(at site: OperationSite) -> Int {
    2 * site.result.elementCount * site.inputs[1].extents.dropFirst().reduce(1, *)
  }

  /// Samples stay, channels are mixed unless they are groups of one, and the window slides over
  /// positions.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    let kernel = site.inputs[1].positions
    let input = site.positionAxes { .window(of: $0 + 2, window.axis($0, kernel: kernel)) }
    let weights: [AxisOrigin] =
      [.mixed([1]), .same(0)] + kernel.indices.map { .mixed([$0 + 2]) }
    let bias: [AxisOrigin] = [.repeated, .same(0)] + kernel.map { _ in .repeated }
    return [[.same(0), channelAxis(site)] + input.dropFirst(2), weights, bias]
      .prefix(site.inputs.count).map(\.self)
  }

  /// What the channels of the result see of those of the input.
  private func channelAxis(_ site: OperationSite) -> AxisOrigin {
    guard site.inputs[1][1] == 1, groups > 1 else { return .mixed([1]) }
    let multiplier = site.result[1] / groups
    guard multiplier > 1 else { return .same(1) }
    return .selection(of: 1, (0..<site.result[1]).map { $0 / multiplier })
  }
}
