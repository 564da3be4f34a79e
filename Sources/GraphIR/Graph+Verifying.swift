import TensorCore

extension Graph {
  /// Checks every rule of a graph: order, shapes, names and outputs.
  ///
  /// - Throws: `GraphError` with code `malformedGraph` naming the first node that breaks a rule.
  public func verify() throws(GraphError) {
    for (index, node) in nodes.enumerated() {
      guard node.inputs.allSatisfy({ $0.index < index }) else {
        throw GraphError(.malformedGraph, "node \(index) uses a value that comes after it")
      }
      let shape = try node.operation.outputShape(for: node.inputs.map { nodes[$0.index].shape })
      guard shape == node.shape else {
        throw GraphError(.malformedGraph, "node \(index) has shape \(node.shape), not \(shape)")
      }
      if let name = node.name, value(named: name) != ValueID(index) {
        throw GraphError(.malformedGraph, "the name \(name) does not lead to node \(index)")
      }
    }
    guard outputs.allSatisfy({ nodes.indices.contains($0.value.index) }) else {
      throw GraphError(.malformedGraph, "an output is not a value of the graph")
    }
    guard Set(outputs.map(\.name)).count == outputs.count else {
      throw GraphError(.malformedGraph, "two outputs have one name")
    }
  }

  /// Verifies in debug builds only; rewrites call it on what they return.
  public func verifiedInDebug() throws(GraphError) -> Graph {
    #if DEBUG
    try verify()
    #endif
    return self
  }
}
