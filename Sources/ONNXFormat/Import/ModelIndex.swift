import ONNXSchema
import TensorCore

/// Who makes and who uses the values of an ONNX graph, checked before anything is computed.
struct ModelIndex {
  /// The position of every initializer by name.
  let initializers: [String: Int]

  /// Every name that a node or the graph's outputs use.
  let used: Set<String>

  /// Reads the names of a graph.
  ///
  /// - Throws: `ONNXError` when a name is made twice, used before it is made, or never made.
  init(_ graph: Onnx_GraphProto) throws(ONNXError) {
    initializers = try Self.initializers(of: graph)
    var available = Set(initializers.keys).union(try Self.inputs(of: graph))
    var used: Set<String> = []
    let made = Set(graph.node.flatMap(\.output))
    for (index, node) in graph.node.enumerated() {
      for name in node.input where !name.isEmpty {
        guard available.contains(name) else {
          let reason =
            made.contains(name)
            ? "is made only by a later node; the nodes are not in order or form a cycle"
            : "is made by nothing in the file"
          throw ONNXError(
            .malformedFile, "\(NodeLabel.describe(node, index)): its input \"\(name)\" \(reason)")
        }
        used.insert(name)
      }
      for name in node.output where !name.isEmpty {
        guard available.insert(name).inserted else {
          throw ONNXError(
            .malformedFile, "\(NodeLabel.describe(node, index)): \"\(name)\" is made twice")
        }
      }
    }
    for output in graph.output {
      guard available.contains(output.name) else {
        throw ONNXError(.malformedFile, "the output \"\(output.name)\" is made by nothing")
      }
      used.insert(output.name)
    }
    guard !graph.output.isEmpty, Set(graph.output.map(\.name)).count == graph.output.count else {
      throw ONNXError(.malformedFile, "the graph has no outputs, or two with one name")
    }
    self.used = used
  }

  private static func initializers(
    of graph: Onnx_GraphProto
  ) throws(ONNXError) -> [String: Int] {
    var places: [String: Int] = [:]
    for (index, tensor) in graph.initializer.enumerated() {
      guard !tensor.name.isEmpty, places.updateValue(index, forKey: tensor.name) == nil else {
        throw ONNXError(
          .malformedFile, "the name \"\(tensor.name)\" of an initializer is empty or not unique")
      }
    }
    return places
  }

  private static func inputs(of graph: Onnx_GraphProto) throws(ONNXError) -> Set<String> {
    var names: Set<String> = []
    for input in graph.input {
      guard !input.name.isEmpty, names.insert(input.name).inserted else {
        throw ONNXError(
          .malformedFile, "the name \"\(input.name)\" of an input is empty or not unique")
      }
    }
    return names
  }
}

/// How a node is called in messages.
enum NodeLabel {
  /// The operator and the name, or the position when there is no name.
  static func describe(_ node: Onnx_NodeProto, _ index: Int) -> String {
    node.name.isEmpty
      ? "\(node.opType) node \(index)" : "\(node.opType) node \"\(node.name)\""
  }
}
