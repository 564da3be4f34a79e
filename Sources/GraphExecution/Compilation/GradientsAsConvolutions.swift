import GraphIR
import Operations
import TensorCore

extension Graph {
  /// The graph with adjoints of convolutions of stride 1 written as convolutions, dense or of each channel
  /// by itself, and those to few channels with any stride (`GradientByPhases`).
  ///
  /// The adjoint is the convolution with the taps reversed and the channels exchanged. Forward
  /// kernels have Winograd forms and take sums in, and constant weights are rearranged once.
  ///
  /// - Returns: An equal graph.
  /// - Throws: `ExecutionError` when the graph is malformed.
  func withGradientsAsConvolutions() throws(ExecutionError) -> Graph {
    guard nodes.contains(where: { $0.operation is TransposedConvolution }) else { return self }
    var rewriting = GradientRewriting()
    var rebuild = Rebuild(self, protecting: [])
    do throws(GraphError) {
      return try rebuild.run { rewriting.convolution(for: $0) }
    } catch {
      throw ExecutionError(.invalidArguments, error.description)
    }
  }
}

private struct GradientRewriting {
  var reversed: [ValueID: Value] = [:]

  mutating func convolution(for site: Rebuild.Site) -> Value? {
    guard let adjoint = site.node.operation as? TransposedConvolution,
      site.inputs[1].node.isConstant
    else { return nil }
    if let window = window(of: adjoint, site) {
      return site.builder.apply(
        Convolution(window: window, groups: adjoint.convolution.groups),
        [site.inputs[0], reversedWeights(site.inputs[1], groups: adjoint.convolution.groups)])
    }
    return GradientByPhases(adjoint, weights: site.inputs[1].shape, result: site.node.shape)?
      .value(of: site.inputs[0], site.inputs[1])
  }

  /// How the reversed kernel slides, or nil when it cannot.
  private func window(
    of adjoint: TransposedConvolution, _ site: Rebuild.Site
  ) -> SlidingWindow? {
    let window = adjoint.convolution.window
    let (groups, weights) = (adjoint.convolution.groups, site.inputs[1].shape)
    // One channel to one: there is nothing to exchange.
    let isDepthwise = groups == weights[0] && weights[1] == 1
    guard groups == 1 || isDepthwise, window.strides.allSatisfy({ $0 == 1 }) else { return nil }
    let taps = site.inputs[1].shape.positions
    let positions = site.inputs[0].shape.positions
    var (before, after): ([Int], [Int]) = ([], [])
    for axis in taps.indices {
      let reach = window.dilations[axis] * (taps[axis] - 1)
      before.append(reach - window.paddingBefore[axis])
      after.append(adjoint.outputPositions[axis] - positions[axis] - before[axis] + reach)
    }
    guard (before + after).allSatisfy({ $0 >= 0 }) else { return nil }
    return SlidingWindow(
      rank: taps.count, dilations: window.dilations, paddingBefore: before, paddingAfter: after)
  }

  /// `[O, C, taps…]` as `[C, O, reversed taps…]`; of each channel by itself `[C, 1, reversed taps…]`.
  private mutating func reversedWeights(_ weights: Value, groups: Int) -> Value {
    if let known = reversed[weights.id] { return known }
    let shape = weights.shape
    let count = shape.positions.reduce(1, *)
    let rows = weights.reshaped(to: [shape[0], shape[1], count])
    let turned = count > 1 ? rows.gathered(2, (0..<count).reversed()) : rows
    let value =
      groups > 1
      ? turned.reshaped(to: shape)
      : turned.transposed([1, 0, 2]).reshaped(
        to: Shape([shape[1], shape[0]] + shape.positions))
    reversed[weights.id] = value
    return value
  }
}
