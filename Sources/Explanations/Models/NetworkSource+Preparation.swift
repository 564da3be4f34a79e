import GraphIR
import ONNXFormat
import TensorCore

extension NetworkSource {
  /// The same network from the value on that holds prepared inputs; what stands before it, and prepares
  /// them, is left out.
  ///
  /// - Parameter value: The name of the value, which becomes the only input.
  /// - Returns: A source of graphs that begin there.
  func beginning(at value: String) -> NetworkSource {
    let whole = { @Sendable samples in
      try imported(samples, self.whole(InputShapes(), samples))
    }
    var source = NetworkSource(self) { samples, _ in
      try whole(samples).beginning(at: value)
    }
    source.preparation = { samples in try whole(samples).ending(at: value) }
    return source
  }
}

extension ImportedModel {
  /// What is computed from a value on, which becomes an input.
  fileprivate func beginning(at name: String) throws -> ImportedModel {
    let start = try preparedValue(name)
    let isBehind = graph.dependents(of: [start])
    let builder = GraphBuilder()
    var copies: [ValueID: Value] = [:]
    for (index, node) in graph.nodes.enumerated() {
      let value = ValueID(index)
      if value == start {
        copies[value] = builder.input(name, shape: node.shape)
      } else if isBehind[index] || node.isConstant {
        let inputs = node.inputs.compactMap { copies[$0] }
        guard inputs.count == node.inputs.count else {
          throw Self.error(name, "the network also takes what stands before it")
        }
        copies[value] = try builder.append(node.operation, inputs)
      }
    }
    for (name, value) in graph.names {
      if let copy = copies[value] { builder.name(copy, name) }
    }
    for output in graph.outputs where isBehind[output.value.index] {
      if let copy = copies[output.value] { builder.output(output.name, copy) }
    }
    let (layers, values) = (layers, values)
    return ImportedModel(
      graph: try builder.finish(),
      layers: layers.compactMap { layer in
        guard layer.value != start, let copy = copies[layer.value] else { return nil }
        return ImportedLayer(
          nodeName: layer.nodeName, operatorType: layer.operatorType,
          valueName: layer.valueName, value: copy.id)
      }, values: values.compactMapValues { copies[$0]?.id }, refusedOutputs: refusedOutputs)
  }

  /// What is computed up to a value, which becomes the only output.
  fileprivate func ending(at name: String) throws -> Graph {
    let end = try preparedValue(name)
    let isBefore = graph.ancestors(of: [end])
    let builder = GraphBuilder()
    var copies: [ValueID: Value] = [:]
    for (index, node) in graph.nodes.enumerated() where isBefore[index] {
      copies[ValueID(index)] = try builder.append(
        node.operation, node.inputs.compactMap { copies[$0] }, name: node.name)
    }
    if let copy = copies[end] { builder.output(name, copy) }
    return try builder.finish()
  }

  private func preparedValue(_ name: String) throws -> ValueID {
    guard let value = values[name], !graph[value].isConstant,
      !(graph[value].operation is Input)
    else { throw Self.error(name, "the graph computes no such value") }
    return value
  }

  private static func error(_ name: String, _ reason: String) -> ExplanationError {
    ExplanationError(
      .malformedSideFile,
      "\"prepared\": inputs are said to be prepared at value \"\(name)\" of the network, but \(reason)"
    )
  }
}
