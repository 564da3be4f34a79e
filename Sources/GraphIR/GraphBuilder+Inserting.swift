extension GraphBuilder {
  /// Appends the nodes of another graph, with values of this one in place of its inputs.
  ///
  /// Names are not taken over, nor are the outputs of the other graph asked for.
  ///
  /// - Parameters:
  ///   - other: A finished graph.
  ///   - inputs: By label; an input without a value here becomes an input of this graph.
  /// - Returns: A handle for every value of the other graph, in the order of its nodes.
  /// - Throws: `GraphError` when a value does not have the shape of the input it stands for.
  public func insert(
    _ other: Graph, inputs: [String: Value]
  ) throws(GraphError) -> [Value] {
    var handles: [Value] = []
    for node in other.nodes {
      if let input = node.operation as? Input, let value = inputs[input.label] {
        guard value.shape == node.shape else {
          throw GraphError(
            .malformedGraph,
            "input \(input.label) has shape \(node.shape), not \(value.shape)")
        }
        handles.append(value)
      } else {
        handles.append(try append(node.operation, node.inputs.map { handles[$0.index] }))
      }
    }
    return handles
  }
}
