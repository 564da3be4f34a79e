package import GraphIR

extension GraphBuilder {
  /// Computes a value once more with another value in place of one that it depends on.
  ///
  /// - Parameters:
  ///   - value: What is computed again.
  ///   - input: What is replaced.
  ///   - other: What stands in its place, of its shape.
  /// - Returns: For every value between `input` and `value` the one that takes its place; values that do
  ///   not depend on `input` stay as they are and are not listed.
  /// - Throws: `GraphError` when the shapes differ.
  package func replay(
    _ value: Value, replacing input: Value, with other: Value
  ) throws(GraphError) -> [ValueID: Value] {
    guard other.shape == input.shape else {
      throw GraphError(
        .malformedGraph, "shape \(other.shape) cannot stand in place of \(input.shape)")
    }
    let graph = graph
    let isNeeded = graph.ancestors(of: [value.id])
    let depends = graph.dependents(of: [input.id])
    var replaced = [input.id: other]
    for index in graph.nodes.indices where isNeeded[index] && depends[index] {
      let id = ValueID(index)
      guard id != input.id else { continue }
      let node = graph.nodes[index]
      let inputs = node.inputs.map { replaced[$0] ?? self.value($0) }
      replaced[id] = try append(node.operation, inputs)
    }
    return replaced
  }
}
