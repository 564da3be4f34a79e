import ONNXSchema

/// Finds every node that cannot be imported, so that all are reported at once.
struct OperatorCheck {
  let opset: Int
  let graph: Onnx_GraphProto

  /// Throws one error that lists every node with an unknown operator.
  ///
  /// - Throws: `ONNXError` with code `unsupportedOperator`.
  func run() throws(ONNXError) {
    var shapes: [String: String]?
    var lines: [String] = []
    for (index, node) in graph.node.enumerated() {
      guard let problem = problem(of: node) else { continue }
      let known = shapes ?? declaredShapes()
      shapes = known
      let inputs = node.input.map { known[$0] ?? "?" }.joined(separator: ", ")
      lines.append("\(NodeLabel.describe(node, index)) \(problem), input shapes (\(inputs))")
    }
    guard !lines.isEmpty else { return }
    throw ONNXError(
      .unsupportedOperator,
      "\(lines.count) node\(lines.count == 1 ? "" : "s") cannot be imported; "
        + "export the network with other operators: " + lines.joined(separator: "; "))
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

  private func declaredShapes() -> [String: String] {
    var shapes: [String: String] = [:]
    for info in graph.valueInfo + graph.input + graph.output {
      guard case .tensorType(let type)? = info.type.value, type.hasShape else { continue }
      let extents = type.shape.dim.map { dimension in
        switch dimension.value {
        case .dimValue(let extent)?: String(extent)
        case .dimParam(let name)?: name
        case nil: "?"
        }
      }
      shapes[info.name] = "[" + extents.joined(separator: "×") + "]"
    }
    for tensor in graph.initializer {
      shapes[tensor.name] = "[" + tensor.dims.map { String($0) }.joined(separator: "×") + "]"
    }
    return shapes
  }
}
