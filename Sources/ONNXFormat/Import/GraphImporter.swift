import GraphIR
import ONNXSchema
import TensorCore

/// Turns an ONNX model into a graph of core operations.
struct GraphImporter {
  private let graph: Onnx_GraphProto
  private let context: ImportContext
  private let rawData: [Int: RawData]

  /// Prepares the import of a model.
  init(_ model: DecodedModel, decoder: TensorDecoder) {
    graph = model.proto.graph
    rawData = model.rawData
    context = ImportContext(
      opset: model.opset, pool: ConstantPool(GraphBuilder()), decoder: decoder)
  }

  /// Imports what the outputs need.
  ///
  /// - Parameters:
  ///   - inputs: The shapes and types of the graph's inputs.
  ///   - bound: Inputs that are known numbers instead.
  ///   - outputs: The names of the values that are asked for, which may stand anywhere in the file;
  ///     nil asks for those outputs of the file that can be had.
  /// - Returns: The graph and its names.
  /// - Throws: `ONNXError` naming every node that stands in the way of what is asked for.
  func run(
    inputs: [(name: String, shape: Shape, type: ElementType)], bound: [String: HostTensor],
    outputs: [String]?
  ) throws(ONNXError) -> ImportedModel {
    let builder = context.pool.builder
    var scope: [String: ImportedValue] = [:]
    for (name, tensor) in bound { scope[name] = .known(tensor) }
    for input in inputs where bound[input.name] == nil {
      let value = builder.input(input.name, shape: input.shape)
      builder.name(value, input.name)
      scope[input.name] = .computed(value, input.type)
    }
    if let failure = builder.failure {
      throw ONNXError(.malformedFile, "inputs: \(failure.description)")
    }
    let names = outputs ?? graph.output.map(\.name)
    var nodes = try NodeImporter(graph, context, scope: scope, rawData: rawData)
    try nodes.run(for: names)
    return try finished(&nodes, names, mayRefuse: outputs == nil)
  }

  private func finished(
    _ nodes: inout NodeImporter, _ names: [String], mayRefuse: Bool
  ) throws(ONNXError) -> ImportedModel {
    let builder = context.pool.builder
    var refused: [RefusedOutput] = []
    for name in names {
      if let error = nodes.refusals.error(of: [name]) {
        guard mayRefuse else { throw error }
        refused.append(RefusedOutput(name: name, error: error))
      } else if let imported = try nodes.value(named: name) {
        builder.output(name, context.pool.value(imported))
      }
    }
    if refused.count == names.count, let error = nodes.refusals.error(of: names) { throw error }
    var identifiers: [String: ValueID] = [:]
    for (name, imported) in nodes.values {
      if let value = imported.computed { identifiers[name] = value.id }
    }
    do throws(GraphError) {
      return ImportedModel(
        graph: try builder.finish(), layers: nodes.layers, values: identifiers,
        refusedOutputs: refused)
    } catch {
      throw ONNXError(.malformedFile, error.description)
    }
  }
}

/// What the imports of all graphs of a file share.
struct ImportContext {
  /// The version of the operator set that the file uses.
  let opset: Int

  /// Where known numbers become constants, and whose builder makes the graph.
  let pool: ConstantPool

  /// Decodes tensors.
  let decoder: TensorDecoder
}
