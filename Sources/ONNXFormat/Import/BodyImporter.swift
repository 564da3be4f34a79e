import ONNXSchema

/// Imports graphs that are attributes of a node, which may use everything that is known around it.
struct BodyImporter {
  /// What the bodies share with the graph around them.
  let context: ImportContext

  /// The values around them.
  let scope: [String: ImportedValue]

  /// Emits the operations of a body.
  ///
  /// - Parameters:
  ///   - body: The graph.
  ///   - inputs: The values of its inputs.
  /// - Returns: The values of its outputs.
  /// - Throws: `ONNXError` when an output cannot be had or the inputs are not as many.
  func outputs(
    of body: Onnx_GraphProto, _ inputs: [ImportedValue]
  ) throws(ONNXError) -> [ImportedValue] {
    guard inputs.count == body.input.count else {
      throw ONNXError(
        .malformedFile, "its body takes \(body.input.count) inputs, not \(inputs.count)")
    }
    var scope = scope
    for (info, value) in zip(body.input, inputs) { scope[info.name] = value }
    let names = body.output.map(\.name)
    var nodes = try NodeImporter(body, context, scope: scope)
    try nodes.run(for: names)
    if let error = nodes.refusals.error(of: names) { throw error.located(in: "in its body") }
    var outputs: [ImportedValue] = []
    for name in names {
      guard let value = try nodes.value(named: name) else {
        throw ONNXError(.malformedFile, "its body does not make \"\(name)\"")
      }
      outputs.append(value)
    }
    return outputs
  }
}
