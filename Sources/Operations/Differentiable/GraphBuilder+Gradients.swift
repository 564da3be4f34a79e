package import GraphIR

extension GraphBuilder {
  /// Adds the gradients of `Σ weights ⊙ value` with respect to values of the graph.
  ///
  /// - Parameters:
  ///   - seeds: What is differentiated, and the weights.
  ///   - targets: With respect to what.
  ///   - exception: The gradients of an operation's inputs where they are not its own; nil elsewhere.
  /// - Returns: A gradient for every target that influences a seed.
  /// - Throws: `GraphError` when an operation between them has no gradient.
  package func arrivingGradients(
    of seeds: [(value: ValueID, amount: Value)], at targets: [ValueID],
    except exception: (GradientSite) -> [Value?]? = { _ in nil }
  ) throws(GraphError) -> [ValueID: Value] {
    let walk = ReverseWalk<Value>(in: graph, to: targets, sum: +)
    return try walk.arrivals(from: seeds) { (value, gradient) throws(GraphError) in
      let isNeeded = graph[value].inputs.map { walk.isInfluenced[$0.index] }
      let site = GradientSite(
        inputs: graph[value].inputs.map(self.value), output: self.value(value),
        outputGradient: gradient, isNeeded: isNeeded)
      var gradients = exception(site)
      if gradients == nil { gradients = try inputGradients(at: site) }
      return zip(graph[value].inputs, gradients ?? []).compactMap { input, gradient in
        gradient.map { (input, $0) }
      }
    }
  }

  /// The gradients of the inputs of an operation, where they are needed and not zero.
  private func inputGradients(at site: GradientSite) throws(GraphError) -> [Value?] {
    let operation = site.output.node.operation
    guard let differentiable = operation as? any DifferentiableOperation else {
      throw GraphError(.notDifferentiable, "\(type(of: operation).name) has no gradient")
    }
    return differentiable.inputGradients(at: site)
  }
}
