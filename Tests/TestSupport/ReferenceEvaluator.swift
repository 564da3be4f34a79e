package import GraphIR
import Operations
package import TensorCore

/// An operation that can be computed slowly and literally in double precision.
package protocol ReferenceEvaluable: GraphIR.Operation {
  /// The result, computed by the definition of the operation.
  ///
  /// - Parameters:
  ///   - inputs: The inputs, of shapes that the operation accepts.
  ///   - shape: The shape of the result.
  /// - Returns: A tensor of `shape`.
  func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor
}

/// Why a graph could not be evaluated.
package struct ReferenceError: Error, Hashable, CustomStringConvertible {
  /// What is missing.
  package let description: String
}

/// Every output of a graph by name, computed literally in double precision and rounded at the end.
///
/// - Throws: `ReferenceError` when an input is missing or of the wrong shape.
package func referenceOutputs(
  of graph: Graph, inputs: [String: Tensor]
) throws -> [String: Tensor] {
  try preciseReferenceOutputs(of: graph, inputs: inputs.mapValues { ReferenceTensor($0) })
    .mapValues(\.tensor)
}

/// Every output of a graph by name, computed literally in double precision.
///
/// - Throws: `ReferenceError` when an input is missing or of the wrong shape.
package func preciseReferenceOutputs(
  of graph: Graph, inputs: [String: ReferenceTensor]
) throws -> [String: ReferenceTensor] {
  let values = try preciseReferenceValues(of: graph, graph.outputs.map(\.value), inputs: inputs)
  return Dictionary(zip(graph.outputs.map(\.name), values)) { first, _ in first }
}

/// Some values of a graph, outputs or not, computed literally in double precision.
///
/// - Throws: `ReferenceError` when an input is missing or of the wrong shape.
package func preciseReferenceValues(
  of graph: Graph, _ wanted: [ValueID], inputs: [String: ReferenceTensor]
) throws -> [ReferenceTensor] {
  let isNeeded = graph.ancestors(of: wanted)
  var values = [ReferenceTensor](
    repeating: ReferenceTensor(shape: [0]), count: graph.nodes.count)
  for (index, node) in graph.nodes.enumerated() where isNeeded[index] {
    values[index] = try evaluate(node, node.inputs.map { values[$0.index] }, inputs)
  }
  return wanted.map { values[$0.index] }
}

/// One value of a graph, computed literally.
///
/// - Throws: `ReferenceError` when an input is missing or of the wrong shape.
func evaluate(
  _ node: Node, _ arguments: [ReferenceTensor], _ inputs: [String: ReferenceTensor]
) throws -> ReferenceTensor {
  if let input = node.operation as? Input {
    guard let value = inputs[input.label], value.shape == node.shape else {
      throw ReferenceError(description: "input \(input.label) of shape \(node.shape) not given")
    }
    return value
  }
  guard let operation = node.operation as? any ReferenceEvaluable else {
    throw ReferenceError(description: "no reference for \(type(of: node.operation).name)")
  }
  let result = operation.evaluate(arguments, shape: node.shape)
  guard result.shape == node.shape else {
    throw ReferenceError(description: "\(node.operation) gave \(result.shape) not \(node.shape)")
  }
  return result
}

extension Constant: ReferenceEvaluable {
  /// The tensor.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(tensor)
  }
}
