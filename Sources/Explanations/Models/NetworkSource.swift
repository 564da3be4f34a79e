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

  /// The graph for a number of samples; the shape of one input is given where it is known.
  let imported: @Sendable (_ samples: Int, _ inputShape: Shape?) throws -> ImportedModel

  /// Takes a file.
  ///
  /// - Throws: `ExplanationError` unless it has one input.
  init(_ file: ONNXFile) throws(ExplanationError) {
    guard file.inputs.count == 1, let input = file.inputs.first else {
      let names = file.inputs.map(\.name).joined(separator: ", ")
      throw ExplanationError(
        .unsuitableModel,
        "\(file.name) has \(file.inputs.count) inputs (\(names)); only networks with one are explained"
      )
    }
    name = file.name
    metadata = file.metadata
    wholeNumberOutputs = file.wholeNumberOutputs
    if case .fixed(let batch)? = input.dimensions?.first {
      fixedBatch = batch
    } else {
      fixedBatch = nil
    }
    imported = { samples, shape in
      let shapes = shape.map { [input.name: Shape([samples] + $0.extents)] } ?? [:]
      return try file.imported(inputShapes: shapes, batch: samples)
    }
  }

  /// Takes what makes the graph for a number of samples.
  init(name: String, graph: @escaping @Sendable (_ samples: Int) throws -> Graph) {
    self.name = name
    metadata = [:]
    wholeNumberOutputs = []
    fixedBatch = nil
    imported = { samples, _ in
      let graph = try graph(samples)
      guard graph.inputs.count == 1, graph.outputs.count >= 1 else {
        throw ExplanationError(
          .unsuitableModel,
          "\(name) has \(graph.inputs.count) inputs and \(graph.outputs.count) outputs; "
            + "only networks with one input are explained")
      }
      return ImportedModel(computing: graph)
    }
  }
}

extension NetworkSource {
  /// The same network with nothing but the raw scores as its output.
  func explaining(_ output: NetworkOutput) -> NetworkSource {
    NetworkSource(self) { samples, shape in
      try output.head.applied(to: imported(samples, shape), samples: samples)
    }
  }

  private init(
    _ other: NetworkSource,
    imported: @escaping @Sendable (_ samples: Int, _ inputShape: Shape?) throws -> ImportedModel
  ) {
    name = other.name
    metadata = other.metadata
    fixedBatch = other.fixedBatch
    wholeNumberOutputs = other.wholeNumberOutputs
    self.imported = imported
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
