package import GraphIR

extension GraphBuilder {
  /// Adds the gradients of `Σ weights ⊙ value` with respect to values of the graph.
  ///
  /// - Parameters:
  ///   - seeds: What is differentiated, and the weights.
  ///   - targets: With respect to what.
  /// - Returns: A gradient for every target that influences a seed.
  /// - Throws: `GraphError` when an operation between them has no gradient.
  package func arrivingGradients(
    of seeds: [(value: ValueID, amount: Value)], at targets: [ValueID]
  ) throws(GraphError) -> [ValueID: Value] {
    let walk = ReverseWalk<Value>(in: graph, to: targets, sum: +)
    return try walk.arrivals(from: seeds) { (value, gradient) throws(GraphError) in
      let isNeeded = graph[value].inputs.map { walk.isInfluenced[$0.index] }
      return try inputGradients(gradient, at: self.value(value), isNeeded)
    }
  }

  /// The gradients of what `output` is computed from, where they are needed and not zero.
  private func inputGradients(
    _ gradient: Value, at output: Value, _ isNeeded: [Bool]
  ) throws(GraphError) -> [(input: ValueID, amount: Value)] {
    let node = output.node
    guard let operation = node.operation as? any DifferentiableOperation else {
      throw GraphError(
        .notDifferentiable, "\(type(of: node.operation).name) has no gradient")
    }
    let site = GradientSite(
      inputs: node.inputs.map(value), output: output, outputGradient: gradient,
      isNeeded: isNeeded)
    return zip(node.inputs, operation.inputGradients(at: site)).compactMap { input, gradient in
      gradient.map { (input, $0) }
    }
  }
}
