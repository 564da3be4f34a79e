extension Graph {
  /// The graph with an input computed by another graph, whose inputs take its place.
  ///
  /// - Parameters:
  ///   - head: Its first output has the shape of the input.
  ///   - input: The label of the input.
  /// - Returns: A graph with the outputs of this one; values keep their names.
  /// - Throws: `GraphError` when the shapes differ.
  package func preceded(by head: Graph, at input: String) throws(GraphError) -> Graph {
    guard let output = head.outputs.first else {
      throw GraphError(.malformedGraph, "what comes before \(input) has no output")
    }
    let builder = GraphBuilder()
    let before = try builder.insert(head, inputs: [:])
    let after = try builder.insert(self, inputs: [input: before[output.value.index]])
    for (graph, handles) in [(head, before), (self, after)] {
      for (name, value) in graph.names { builder.name(handles[value.index], name) }
    }
    for output in outputs { builder.output(output.name, after[output.value.index]) }
    return try builder.finish()
  }
}
