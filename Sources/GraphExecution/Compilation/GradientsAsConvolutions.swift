import GraphIR
import Operations
import TensorCore

extension Graph {
  /// The graph with adjoints of convolutions of stride 1 written as convolutions: of dense ones with
  /// constant weights, and of those that do not mix channels.
  ///
  /// The adjoint is the convolution with the taps reversed and the channels exchanged. Forward
  /// kernels have Winograd forms, take sums in and are faster, and constant weights are rearranged once.
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
    guard let adjoint = site.node.operation as? TransposedConvolution else { return nil }
    let weights = site.inputs[1]
    let groups = adjoint.convolution.groups
    let isDepthwise = groups > 1 && groups == weights.shape[0] && weights.shape[1] == 1
    guard isDepthwise || groups == 1 && weights.node.isConstant,
      let window = window(of: adjoint, site)
    else { return nil }
    return site.builder.apply(
      Convolution(window: window, groups: groups),
      [site.inputs[0], isDepthwise ? reversedTaps(weights) : reversedWeights(weights)])
  }

  /// How the reversed kernel slides, or nil when it cannot.
  private func window(
    of adjoint: TransposedConvolution, _ site: Rebuild.Site
  ) -> SlidingWindow? {
    let window = adjoint.convolution.window
    guard window.strides.allSatisfy({ $0 == 1 }) else { return nil }
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

  /// `[C, 1, taps…]` as `[C, 1, reversed taps…]`.
  private mutating func reversedTaps(_ weights: Value) -> Value {
    if let known = reversed[weights.id] { return known }
    let count = weights.shape.positions.reduce(1, *)
    let value = weights.reshaped(to: [weights.shape[0], count])
      .gathered(1, (0..<count).reversed()).reshaped(to: weights.shape)
    reversed[weights.id] = value
    return value
  }

  /// `[O, C, taps…]` as `[C, O, reversed taps…]`.
  private mutating func reversedWeights(_ weights: Value) -> Value {
    if let known = reversed[weights.id] { return known }
    let shape = weights.shape
    let count = shape.positions.reduce(1, *)
    let rows = weights.reshaped(to: [shape[0], shape[1], count])
    let turned = count > 1 ? rows.gathered(2, (0..<count).reversed()) : rows
    let value = turned.transposed([1, 0, 2])
      .reshaped(to: Shape([shape[1], shape[0]] + shape.positions))
    reversed[weights.id] = value
    return value
  }
}
