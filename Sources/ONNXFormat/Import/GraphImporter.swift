import Foundation
import GraphIR
import ONNXSchema
import TensorCore

/// Walks the nodes of an ONNX graph and emits core operations.
struct GraphImporter {
  private let graph: Onnx_GraphProto
  private let opset: Int
  private let index: ModelIndex
  private let pool: ConstantPool
  private let decoder: TensorDecoder
  private let rawData: [Int: RawData]
  private var values: [String: ImportedValue] = [:]
  private var layers: [ImportedLayer] = []

  /// The largest extent and element count of a value, so that arithmetic on shapes cannot overflow.
  private static let maximumCount = TensorDecoder.maximumExtent

  /// Prepares the import of a model.
  ///
  /// - Throws: `ONNXError` when names do not fit together or an operator is unknown.
  init(
    _ model: DecodedModel, decoder: TensorDecoder
  ) throws(ONNXError) {
    graph = model.proto.graph
    opset = model.opset
    rawData = model.rawData
    self.decoder = decoder
    try OperatorCheck(opset: opset, graph: graph).run()
    index = try ModelIndex(graph)
    pool = ConstantPool(GraphBuilder())
  }

  /// Imports everything.
  ///
  /// - Parameters:
  ///   - inputs: The shapes and types of the graph's inputs.
  ///   - bound: Inputs that are known numbers instead.
  /// - Returns: The graph and its names.
  /// - Throws: `ONNXError` naming the node that cannot be imported.
  mutating func run(
    inputs: [(name: String, shape: Shape, type: ElementType)], bound: [String: HostTensor]
  ) throws(ONNXError) -> ImportedModel {
    for (name, tensor) in bound { values[name] = .known(tensor) }
    for input in inputs where bound[input.name] == nil {
      let value = pool.builder.input(input.name, shape: input.shape)
      pool.builder.name(value, input.name)
      values[input.name] = .computed(value, input.type)
    }
    if let failure = pool.builder.failure {
      throw ONNXError(.malformedFile, "inputs: \(failure.description)")
    }
    for (position, node) in graph.node.enumerated() {
      do throws(ONNXError) {
        try add(node)
      } catch {
        throw error.located(in: NodeLabel.describe(node, position))
      }
    }
    return try finished()
  }

  private mutating func finished() throws(ONNXError) -> ImportedModel {
    for output in graph.output {
      guard let imported = try value(named: output.name) else { continue }
      pool.builder.output(output.name, pool.value(imported))
    }
    var identifiers: [String: ValueID] = [:]
    for (name, imported) in values {
      if case .computed(let value, _) = imported { identifiers[name] = value.id }
    }
    do throws(GraphError) {
      let graph = try pool.builder.finish()
      return ImportedModel(graph: graph, layers: layers, values: identifiers)
    } catch {
      throw ONNXError(.malformedFile, error.description)
    }
  }

  private mutating func add(_ node: Onnx_NodeProto) throws(ONNXError) {
    guard let entry = ImportCatalog.entry(node.opType) else {
      throw ONNXError(.unsupportedOperator, "the operator is not known")
    }
    var inputs: [ImportedValue?] = []
    for name in node.input { inputs.append(try value(named: name)) }
    let site = ImportSite(
      opset: opset, attributes: try NodeAttributes(node), inputs: inputs,
      isOutputUsed: node.output.map { !$0.isEmpty && index.used.contains($0) }, pool: pool,
      decoder: decoder)
    let results = try entry.run(site)
    if let failure = pool.builder.failure {
      throw ONNXError(.malformedFile, failure.description)
    }
    for (position, name) in node.output.enumerated() where !name.isEmpty {
      guard position < results.count else {
        guard !index.used.contains(name) else {
          throw ONNXError(.outOfScope, "its output \"\(name)\" is used, but not supported")
        }
        continue
      }
      try define(name, results[position], isFirst: position == 0, node)
    }
  }

  private mutating func define(
    _ name: String, _ imported: ImportedValue, isFirst: Bool, _ node: Onnx_NodeProto
  ) throws(ONNXError) {
    _ = try TensorDecoder.shape(imported.shape.extents.map { Int64($0) })
    switch imported {
    case .known(var tensor):
      tensor.name = name
      values[name] = .known(tensor)
    case .computed(let value, _):
      values[name] = imported
      if value.node.name == nil { pool.builder.name(value, name) }
      if isFirst {
        layers.append(
          ImportedLayer(
            nodeName: node.name, operatorType: node.opType, valueName: name, value: value.id))
      }
    }
  }

  /// The value with a name; initializers are decoded when they are first asked for.
  private mutating func value(named name: String) throws(ONNXError) -> ImportedValue? {
    if name.isEmpty { return nil }
    if let value = values[name] { return value }
    guard let position = index.initializers[name] else { return nil }
    let raw = try rawData[position]?.bytes()
    let tensor = try decoder.decode(graph.initializer[position], raw: raw)
    values[name] = .known(tensor)
    return values[name]
  }
}
