import ONNXSchema

/// Finds nodes that cannot be imported by their operator alone.
struct OperatorCheck {
  let opset: Int
  let graph: Onnx_GraphProto

  /// What is wrong with a node, with the shapes of its inputs; nil when its operator is known.
  func problem(of node: Onnx_NodeProto, _ position: Int) -> ONNXError? {
    guard let problem = problem(of: node) else { return nil }
    let inputs = node.input.map { declaredShape(of: $0) ?? "?" }.joined(separator: ", ")
    return ONNXError(
      .unsupportedOperator,
      "\(NodeLabel.describe(node, position)) \(problem), input shapes (\(inputs))")
  }

  /// One error for all nodes with unknown operators.
  static func summary(of problems: [ONNXError]) -> ONNXError {
    ONNXError(
      .unsupportedOperator,
      "\(problems.count) node\(problems.count == 1 ? "" : "s") cannot be imported; "
        + "export the network with other operators: "
        + problems.map(\.description).joined(separator: "; "))
  }

  private func problem(of node: Onnx_NodeProto) -> String? {
    guard ["", "ai.onnx"].contains(node.domain) else {
      return "of domain \(node.domain)"
    }
    guard let entry = ImportCatalog.entry(node.opType) else {
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
