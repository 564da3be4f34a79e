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

  /// Appends what results of another graph need, with values of this one in place of some of its own.
  ///
  /// So what follows an inner value becomes a part of this graph without what computes the value.
  ///
  /// - Parameters:
  ///   - results: Values of the other graph.
  ///   - other: A finished graph.
  ///   - values: What stands for values of the other graph, inner ones or inputs; what only these need
  ///     is left out. An input that is needed and not replaced becomes an input of this graph.
  ///   - keepsNames: Whether what is appended has the names that it has in the other graph.
  /// - Returns: A handle for each result.
  /// - Throws: `GraphError` when a value does not have the shape of what it stands for.
  public func insert(
    _ results: [ValueID], of other: Graph, replacing values: [ValueID: Value],
    keepsNames: Bool = false
  ) throws(GraphError) -> [Value] {
    for (id, value) in values where value.shape != other[id].shape {
      let name = other[id].name ?? "value \(id.index)"
      throw GraphError(
        .malformedGraph, "\(name) has shape \(other[id].shape), not \(value.shape)")
    }
    var handles = values
    var isNeeded = [Bool](repeating: false, count: other.nodes.count)
    for result in results { isNeeded[result.index] = true }
    for index in other.nodes.indices.reversed()
    where isNeeded[index] && handles[ValueID(index)] == nil {
      for input in other.nodes[index].inputs { isNeeded[input.index] = true }
    }
    for (index, node) in other.nodes.enumerated()
    where isNeeded[index] && handles[ValueID(index)] == nil {
      handles[ValueID(index)] = try append(
        node.operation, node.inputs.compactMap { handles[$0] },
        name: keepsNames ? node.name : nil)
    }
    return results.compactMap { handles[$0] }
  }
}
