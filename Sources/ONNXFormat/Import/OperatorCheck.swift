import ONNXSchema

/// Finds nodes that cannot be imported by their operator alone.
struct OperatorCheck {
  let opset: Int
  let graph: Onnx_GraphProto

  /// The domain of operators whose weights lie as one kind of processor wants them.
  private static let processorDomain = "com.microsoft.nchwc"

  /// What is wrong with a node, with the shapes of its inputs; nil when its operator is known.
  func problem(of node: Onnx_NodeProto, _ position: Int) -> UnknownNode? {
    guard let problem = problem(of: node) else { return nil }
    let inputs = node.input.map { declaredShape(of: $0) ?? "?" }.joined(separator: ", ")
    return UnknownNode(
      operatorType: node.opType, problem: problem, label: NodeLabel.describe(node, position),
      inputShapes: inputs)
  }

  private func problem(of node: Onnx_NodeProto) -> String? {
    guard let entry = ImportCatalog.entry(node.opType, domain: node.domain) else {
      if node.domain == Self.processorDomain {
        return "of domain \(node.domain), optimized for one kind of processor (save the network "
          + "again with ONNX Runtime's optimization level \"extended\" at most)"
      }
      if !["", "ai.onnx"].contains(node.domain) { return "of domain \(node.domain)" }
      let hasSubgraph = node.attribute.contains { $0.hasG || !$0.graphs.isEmpty }
      return hasSubgraph ? "with a subgraph (opset \(opset))" : "(opset \(opset))"
    }
    return entry.opsets.contains(opset)
      ? nil
      : "of opset \(opset) (known for \(entry.opsets.lowerBound) to \(entry.opsets.upperBound))"
  }

  private func declaredShape(of name: String) -> String? {
    if let tensor = graph.initializer.first(where: { $0.name == name }) {
      return "[" + tensor.dims.map { String($0) }.joined(separator: "×") + "]"
    }
    let infos = graph.valueInfo + graph.input + graph.output
    guard case .tensorType(let type)? = infos.first(where: { $0.name == name })?.type.value,
      type.hasShape
    else { return nil }
    let extents = type.shape.dim.map { dimension in
      switch dimension.value {
      case .dimValue(let extent)?: String(extent)
      case .dimParam(let name)?: name
      case nil: "?"
      }
    }
    return "[" + extents.joined(separator: "×") + "]"
  }
}

/// A node whose operator is not known.
struct UnknownNode {
  /// The operator.
  let operatorType: String

  /// Why it is not known: its domain or operator set.
  let problem: String

  /// How the node is called in messages.
  let label: String

  /// The shapes of its inputs, as far as the file states them.
  let inputShapes: String

  /// One error for all of them, with one node as an example of each operator.
  static func error(of nodes: [UnknownNode]) -> ONNXError {
    let groups = Dictionary(grouping: nodes) { "\($0.operatorType) \($0.problem)" }
    var listed: Set<String> = []
    let lines = nodes.compactMap { node -> String? in
      let kind = "\(node.operatorType) \(node.problem)"
      guard listed.insert(kind).inserted, let count = groups[kind]?.count else { return nil }
      let shapes = "input shapes (\(node.inputShapes))"
      return count == 1
        ? "\(node.label) \(node.problem), \(shapes)"
        : "\(count) × \(kind), such as \(node.label), \(shapes)"
    }
    return ONNXError(
      .unsupportedOperator,
      "\(nodes.count) node\(nodes.count == 1 ? "" : "s") cannot be imported; "
        + "export the network with other operators: " + lines.joined(separator: "; "))
  }
}
