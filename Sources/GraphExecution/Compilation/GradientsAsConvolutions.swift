import GraphIR
import Operations
import TensorCore

extension Graph {
  /// The graph with adjoints of dense convolutions of stride 1 written as convolutions.
  ///
  /// The adjoint is the convolution with the taps reversed and the channels exchanged. Forward
  /// kernels have Winograd forms and take sums in, and constant weights are rearranged once.
  ///
  /// - Returns: An equal graph.
  /// - Throws: `ExecutionError` when the graph is malformed.
  func withGradientsAsConvolutions() throws(ExecutionError) -> Graph {
    guard nodes.contains(where: { $0.operation is TransposedConvolution }) else { return self }
    var rewriting = GradientRewriting(source: self)
    do throws(GraphError) {
      return try rewriting.run()
    } catch {
      throw ExecutionError(.invalidArguments, error.description)
    }
  }
}

private struct GradientRewriting {
  let source: Graph
  var result = Graph()
  var copies: [ValueID] = []
  var isConstant: [Bool] = []
  var reversed: [ValueID: ValueID] = [:]

  init(source: Graph) { self.source = source }

  mutating func run() throws(GraphError) -> Graph {
    for node in source.nodes {
      isConstant.append(
        node.operation is Constant
          || !node.inputs.isEmpty && node.inputs.allSatisfy { isConstant[$0.index] })
      if let copy = try rewritten(node) {
        copies.append(copy)
      } else {
        copies.append(try copy(node))
      }
    }
    result.outputs = source.outputs.map {
      GraphOutput(name: $0.name, value: copies[$0.value.index])
    }
    return result
  }

  private mutating func copy(_ node: Node) throws(GraphError) -> ValueID {
    try result.append(node.operation, node.inputs.map { copies[$0.index] }, name: node.name)
  }

  private mutating func rewritten(_ node: Node) throws(GraphError) -> ValueID? {
    guard let adjoint = node.operation as? TransposedConvolution, isConstant[node.inputs[1].index],
      let window = window(of: adjoint, node)
    else { return nil }
    let weights = try reversedWeights(node.inputs[1])
    return try result.append(
      Convolution(window: window), [copies[node.inputs[0].index], weights], name: node.name)
  }

  /// How the reversed kernel slides, or nil when it cannot.
  private func window(of adjoint: TransposedConvolution, _ node: Node) -> SlidingWindow? {
    let window = adjoint.convolution.window
    guard adjoint.convolution.groups == 1, window.strides.allSatisfy({ $0 == 1 }) else {
      return nil
    }
    let taps = source[node.inputs[1]].shape.positions
    let positions = source[node.inputs[0]].shape.positions
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

  /// `[O, C, taps…]` as `[C, O, reversed taps…]`.
  private mutating func reversedWeights(_ weights: ValueID) throws(GraphError) -> ValueID {
    if let known = reversed[weights] { return known }
    let shape = source[weights].shape
    let count = shape.positions.reduce(1, *)
    var value = try result.append(
      Reshape(to: [shape[0], shape[1], count]), [copies[weights.index]])
    if count > 1 {
      value = try result.append(Gather(axis: 2, indices: (0..<count).reversed()), [value])
    }
    value = try result.append(Transpose([1, 0, 2]), [value])
    value = try result.append(
      Reshape(to: Shape([shape[1], shape[0]] + shape.positions)), [value])
    reversed[weights] = value
    return value
  }
}
