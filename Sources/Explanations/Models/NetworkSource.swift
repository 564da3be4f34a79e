import GraphIR
import ONNXFormat
import TensorCore

/// Where a network comes from: a file, or whatever makes its graph.
struct NetworkSource: Sendable {
  /// What the network is called in messages and figures.
  let name: String

  /// The metadata properties of the file.
  let metadata: [String: String]

  /// The number of samples that the file insists on, or nil when any number will do.
  let fixedBatch: Int?

  /// The names of the outputs that hold whole numbers.
  let wholeNumberOutputs: Set<String>

  /// The graph as the file has it for a number of samples; shapes that are given contain them.
  let imported: @Sendable (_ samples: Int, _ shapes: [String: Shape]) throws -> ImportedModel

  /// What stands before the network in its file and prepares inputs, for a number of samples; nil where
  /// nothing does.
  var preparation: (@Sendable (_ samples: Int) throws -> Graph)?

  /// The shapes that somebody gives, samples included.
  let whole: @Sendable (_ given: InputShapes, _ samples: Int) throws -> [String: Shape]

  /// Takes a file.
  ///
  /// - Throws: `ExplanationError` when it has no input.
  init(_ file: ONNXFile) throws(ExplanationError) {
    guard !file.inputs.isEmpty else {
      throw ExplanationError(.unsuitableModel, "\(file.name) has no input")
    }
    name = file.name
    metadata = file.metadata
    wholeNumberOutputs = file.wholeNumberOutputs
    fixedBatch = file.inputs.fixedBatch
    whole = { given, samples in try given.whole(for: file.inputs, samples: samples) }
    imported = { samples, shapes in try file.imported(inputShapes: shapes, batch: samples) }
  }

  /// Takes what makes the graph for a number of samples.
  init(name: String, graph: @escaping @Sendable (_ samples: Int) throws -> Graph) {
    self.name = name
    metadata = [:]
    wholeNumberOutputs = []
    fixedBatch = nil
    whole = { _, _ in [:] }
    imported = { samples, _ in
      let graph = try graph(samples)
      guard !graph.inputs.isEmpty, !graph.outputs.isEmpty else {
        throw ExplanationError(
          .unsuitableModel,
          "\(name) has \(graph.inputs.count) inputs and \(graph.outputs.count) outputs; it needs "
            + "at least one of each")
      }
      return ImportedModel(computing: graph)
    }
  }
}

extension NetworkSource {
  /// The same network with nothing but the raw scores as its output.
  func explaining(_ output: NetworkOutput) -> NetworkSource {
    NetworkSource(self) { samples, shapes in
      try output.head.applied(to: imported(samples, shapes), samples: samples)
    }
  }

  init(
    _ other: NetworkSource,
    imported:
      @escaping @Sendable (_ samples: Int, _ shapes: [String: Shape]) throws -> ImportedModel
  ) {
    name = other.name
    metadata = other.metadata
    fixedBatch = other.fixedBatch
    wholeNumberOutputs = other.wholeNumberOutputs
    whole = other.whole
    preparation = other.preparation
    self.imported = imported
  }
}

extension [DeclaredInput] {
  /// The number of samples that inputs insist on; 1 where they do not agree on where samples are.
  fileprivate var fixedBatch: Int? {
    var batches: Set<Int?> = []
    for input in self {
      guard let dimensions = input.dimensions else { continue }
      if case .fixed(let extent)? = dimensions.first {
        batches.insert(extent)
      } else {
        batches.insert(dimensions.isEmpty ? 1 : nil)
      }
    }
    return batches.count == 1 ? batches.first ?? nil : batches.isEmpty ? nil : 1
  }
}

extension ImportedModel {
  /// A graph that was made in memory; all that it computes are layers, under names of their own.
  init(computing graph: Graph) {
    var graph = graph
    var layers: [ImportedLayer] = []
    for (index, node) in graph.nodes.enumerated() where !node.inputs.isEmpty {
      var name = node.name ?? "v\(index)"
      while let other = graph.value(named: name), other != ValueID(index) { name += "_" }
      graph.rename(ValueID(index), to: name)
      layers.append(
        ImportedLayer(
          nodeName: name, operatorType: type(of: node.operation).name, valueName: name,
          value: ValueID(index)))
    }
    let names = graph.names
    self.init(
      graph: graph, layers: layers,
      values: Dictionary(names.map { ($0.name, $0.value) }) { first, _ in first })
  }
}
