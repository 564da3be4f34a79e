import GraphIR
import ONNXSchema
import TensorCore

/// Walks the nodes of one ONNX graph, the file's or the body of a node, and emits core operations.
///
/// A node that cannot be imported spoils only what depends on it.
struct NodeImporter {
  /// The values by their names.
  private(set) var values: [String: ImportedValue]

  /// The nodes that were imported.
  private(set) var layers: [ImportedLayer] = []

  /// The nodes that could not be imported.
  private(set) var refusals: ImportRefusals

  private let graph: Onnx_GraphProto
  private let context: ImportContext
  private let rawData: [Int: RawData]
  private let index: ModelIndex
  private let check: OperatorCheck

  /// Prepares the import of a graph.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - context: What it shares with the graph around it.
  ///   - scope: The inputs, and what is known by name around the graph.
  ///   - rawData: For initializers whose raw data was left outside the message, where that is.
  /// - Throws: `ONNXError` when the names of the graph do not fit together.
  init(
    _ graph: Onnx_GraphProto, _ context: ImportContext, scope: [String: ImportedValue],
    rawData: [Int: RawData] = [:]
  ) throws(ONNXError) {
    self.graph = graph
    self.context = context
    self.rawData = rawData
    values = scope
    index = try ModelIndex(graph, around: Set(scope.keys))
    check = OperatorCheck(opset: context.opset, graph: graph)
    refusals = ImportRefusals()
  }

  /// Imports what some values need; those that cannot be had are in `refusals` afterwards.
  ///
  /// - Throws: `ONNXError` when the graph has no such value.
  mutating func run(for names: [String]) throws(ONNXError) {
    let needed = try index.nodes(for: names)
    let used = Set(needed.flatMap { graph.node[$0].dependencies } + names)
    for position in needed {
      let node = graph.node[position]
      var causes = refusals.causes(of: node.dependencies)
      if let problem = check.problem(of: node, position) {
        causes.insert(refusals.add(problem))
      } else if causes.isEmpty {
        do throws(ONNXError) {
          try add(node, used: used)
        } catch {
          context.pool.builder.forgetFailure()
          causes.insert(refusals.add(error.located(in: NodeLabel.describe(node, position))))
        }
      }
      if !causes.isEmpty { refusals.spoil(node.output, causes) }
    }
  }

  private mutating func add(_ node: Onnx_NodeProto, used: Set<String>) throws(ONNXError) {
    guard let entry = ImportCatalog.entry(node.opType, domain: node.domain) else {
      throw ONNXError(.unsupportedOperator, "the operator is not known")
    }
    var inputs: [ImportedValue?] = []
    for name in node.input { inputs.append(try value(named: name)) }
    for name in node.dependencies { _ = try value(named: name) }
    let site = ImportSite(
      opset: context.opset, attributes: try NodeAttributes(node), inputs: inputs,
      isOutputUsed: node.output.map { !$0.isEmpty && used.contains($0) }, pool: context.pool,
      decoder: context.decoder, body: BodyImporter(context: context, scope: values))
    let results = try entry.run(site)
    if let failure = context.pool.builder.failure {
      throw ONNXError(.malformedFile, failure.description)
    }
    for (position, name) in node.output.enumerated() where !name.isEmpty {
      guard position < results.count else {
        guard !used.contains(name) else {
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
    case .computed(let value, _), .centered(let value, _, _):
      values[name] = imported
      if value.node.name == nil { context.pool.builder.name(value, name) }
      if isFirst {
        layers.append(
          ImportedLayer(
            nodeName: node.name, operatorType: node.opType, valueName: name, value: value.id))
      }
    }
  }

  /// The value with a name; initializers are decoded when they are first asked for.
  mutating func value(named name: String) throws(ONNXError) -> ImportedValue? {
    if name.isEmpty { return nil }
    if let value = values[name] { return value }
    guard let position = index.initializers[name] else { return nil }
    let raw = try rawData[position]?.bytes()
    let tensor = try context.decoder.decode(graph.initializer[position], raw: raw)
    values[name] = .known(tensor)
    return values[name]
  }
}
