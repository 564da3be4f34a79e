import ONNXSchema
import TensorCore

/// Who makes and who uses the values of an ONNX graph, checked before anything is computed.
struct ModelIndex {
  /// The position of every initializer by name.
  let initializers: [String: Int]

  private let graph: Onnx_GraphProto

  /// The position of the node that makes a value.
  private var makers: [String: Int] = [:]

  private let others: Set<String>

  /// Reads the names of a graph.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - outer: The names that are known around it.
  /// - Throws: `ONNXError` when a name is made twice, used before it is made, or never made.
  init(_ graph: Onnx_GraphProto, around outer: Set<String> = []) throws(ONNXError) {
    self.graph = graph
    initializers = try Self.initializers(of: graph)
    others = outer.union(initializers.keys).union(try Self.inputs(of: graph))
    var available = others
    let made = Set(graph.node.flatMap(\.output))
    for (index, node) in graph.node.enumerated() {
      for name in node.dependencies {
        guard available.contains(name) else {
          let reason =
            made.contains(name)
            ? "is made only by a later node; the nodes are not in order or form a cycle"
            : "is made by nothing in the file"
          throw ONNXError(
            .malformedFile, "\(NodeLabel.describe(node, index)): its input \"\(name)\" \(reason)")
        }
      }
      for name in node.output where !name.isEmpty {
        guard available.insert(name).inserted else {
          throw ONNXError(
            .malformedFile, "\(NodeLabel.describe(node, index)): \"\(name)\" is made twice")
        }
        makers[name] = index
      }
    }
    for output in graph.output {
      guard available.contains(output.name) else {
        throw ONNXError(.malformedFile, "the output \"\(output.name)\" is made by nothing")
      }
    }
    guard !graph.output.isEmpty, Set(graph.output.map(\.name)).count == graph.output.count else {
      throw ONNXError(.malformedFile, "the graph has no outputs, or two with one name")
    }
  }

  /// The positions of the nodes that some values depend on, ascending.
  ///
  /// - Throws: `ONNXError` when nothing makes one of the values.
  func nodes(for names: [String]) throws(ONNXError) -> [Int] {
    for name in names where makers[name] == nil && !others.contains(name) {
      throw ONNXError(.malformedFile, "the file has no value \"\(name)\"")
    }
    var needed: Set<Int> = []
    var pending = names.compactMap { makers[$0] }
    while let position = pending.popLast() {
      guard needed.insert(position).inserted else { continue }
      pending += graph.node[position].dependencies.compactMap { makers[$0] }
    }
    return needed.sorted()
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

extension Onnx_NodeProto {
  /// The names of all values that the node needs: its inputs, and what its bodies take from around.
  var dependencies: [String] {
    input.filter { !$0.isEmpty } + bodies.flatMap(\.captured)
  }

  /// The graphs among its attributes.
  private var bodies: [Onnx_GraphProto] {
    attribute.flatMap { ($0.hasG ? [$0.g] : []) + $0.graphs }
  }
}

extension Onnx_GraphProto {
  /// The names that the graph uses and does not make.
  fileprivate var captured: [String] {
    let own = Set(initializer.map(\.name) + input.map(\.name) + node.flatMap(\.output))
    let used = node.flatMap(\.dependencies) + output.map(\.name)
    return Set(used).subtracting(own).sorted()
  }
}
