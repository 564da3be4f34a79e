public import GraphIR

/// An ONNX model as a graph, with the names under which users know its parts.
public struct ImportedModel: Sendable {
  /// The graph, specialized to concrete shapes.
  ///
  /// Inputs are labeled and outputs named as in the file, and every value bears the first ONNX
  /// name it holds.
  public let graph: Graph

  /// The nodes of the file, in its order; constants are left out.
  public let layers: [ImportedLayer]

  /// For every ONNX value name that the graph computes, the value; several names may share one.
  public let values: [String: ValueID]

  /// The outputs of the file that cannot be computed, with the reasons; those of `graph` do not
  /// depend on what is wrong with them.
  package let refusedOutputs: [RefusedOutput]

  /// Describes a graph.
  package init(
    graph: Graph, layers: [ImportedLayer], values: [String: ValueID],
    refusedOutputs: [RefusedOutput] = []
  ) {
    self.refusedOutputs = refusedOutputs
    self.graph = graph
    self.layers = layers
    self.values = values
  }

  /// The value of an ONNX value or node name, or nil.
  public func value(named name: String) -> ValueID? {
    values[name] ?? layers.first { $0.nodeName == name }?.value
  }
}

/// A node of an ONNX file and where its first output went.
public struct ImportedLayer: Sendable, Hashable {
  /// The name of the node; empty when the file gives none.
  public let nodeName: String

  /// The ONNX operator.
  public let operatorType: String

  /// The ONNX name of its first output.
  public let valueName: String

  /// The value of the graph that holds the first output.
  public let value: ValueID

  /// Describes a node.
  package init(nodeName: String, operatorType: String, valueName: String, value: ValueID) {
    self.nodeName = nodeName
    self.operatorType = operatorType
    self.valueName = valueName
    self.value = value
  }
}

/// An output of an ONNX file that cannot be computed.
package struct RefusedOutput: Sendable {
  /// The name of the output.
  package let name: String

  /// Which nodes stand in the way, and why.
  package let error: ONNXError
}
