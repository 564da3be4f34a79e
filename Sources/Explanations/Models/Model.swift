import Catalogs
public import Foundation
package import GraphIR
public import GraphRewriting
package import ONNXFormat
public import TensorCore

/// A network read from a file or from memory, with what is known about its inputs and outputs.
public struct Model: Sendable {
  /// What the network is called in messages and figures: the name of its file.
  public let name: String

  /// Where the network was read from; nil when its bytes were given.
  public let url: URL?

  /// What is known about inputs and outputs.
  public let information: ModelInformation

  /// The shape of one input, `[channels, positions…]`.
  public let inputShape: Shape

  /// How many scores the network gives, one per class or measured quantity.
  public let scoreCount: Int

  /// What stands between the raw scores and the network's output.
  public let activation: TrailingActivation

  /// The layers in the order of the file.
  public let layers: [Layer]

  /// The number of samples that the file insists on, or nil when any number will do.
  public let fixedBatch: Int?

  package let file: ONNXFile
  package let inputName: String
  let firstImport: FirstImport

  /// Reads a network and what lies beside it.
  ///
  /// - Parameters:
  ///   - url: An ONNX file. Information is taken from its metadata, from `NAME.json` beside it or
  ///     else `meta.json`, and from `overrides`, the later over the earlier.
  ///   - overrides: What the caller knows better.
  ///   - inputShape: The shape of one input, where the file leaves dimensions open.
  /// - Throws: `ONNXError` when the file cannot be used; `ExplanationError` when the file beside it
  ///   is malformed or the network is not one with a picture or spectrum as input.
  public init(
    contentsOf url: URL, overrides: ModelInformation = ModelInformation(),
    inputShape: Shape? = nil
  ) throws {
    let file = try ONNXFile(contentsOf: url)
    let information = try SideFile.information(beside: url, metadata: file.metadata)
    try self.init(
      file, url: url, information: information.overridden(by: overrides), inputShape: inputShape)
  }

  /// Takes a network from memory, such as one that has just been trained.
  ///
  /// - Parameters:
  ///   - bytes: What an ONNX file of the network holds, weights included. Information is taken from
  ///     its metadata and from `overrides`, the later over the earlier.
  ///   - name: What the network is called in messages and figures.
  ///   - overrides: What the caller knows better.
  ///   - inputShape: The shape of one input, where the bytes leave dimensions open.
  /// - Throws: `ONNXError` when the bytes are no usable model or refer to weights in other files;
  ///   `ExplanationError` when the metadata is malformed or the network is not one with a picture or
  ///   spectrum as input.
  public init(
    bytes: Data, name: String, overrides: ModelInformation = ModelInformation(),
    inputShape: Shape? = nil
  ) throws {
    let file = try ONNXFile(bytes, name: name)
    let information = try SideFile.information(named: name, metadata: file.metadata)
    try self.init(
      file, url: nil, information: information.overridden(by: overrides), inputShape: inputShape)
  }

  private init(
    _ file: ONNXFile, url: URL?, information: ModelInformation, inputShape: Shape?
  ) throws {
    self.url = url
    self.file = file
    self.information = information
    name = file.name
    guard file.inputs.count == 1, let input = file.inputs.first else {
      let names = file.inputs.map(\.name).joined(separator: ", ")
      throw ExplanationError(
        .unsuitableModel,
        "\(file.name) has \(file.inputs.count) inputs (\(names)); only networks with one are explained"
      )
    }
    inputName = input.name
    if case .fixed(let batch)? = input.dimensions?.first {
      fixedBatch = batch
    } else {
      fixedBatch = nil
    }
    let samples = fixedBatch ?? 1
    let shapes = inputShape.map { [input.name: Shape([samples] + $0.extents)] } ?? [:]
    let imported = try file.imported(inputShapes: shapes, batch: samples)
    let parts = try Parts(imported, file: file, inputName: input.name)
    self.inputShape = Shape(Array(imported.graph[parts.input].shape.extents.dropFirst()))
    scoreCount = parts.scoreCount
    activation = parts.activation
    firstImport = FirstImport(imported, batch: samples)
    layers = LayerDiscovery(imported, input: parts.input, scores: parts.scores).layers
  }

  /// The layer that maps are made of when none is named.
  public var defaultLayer: Layer? { layers.first(where: \.isDefault) }

  /// Finds a layer.
  ///
  /// - Parameter name: The name of its value or node, the end of either that fits one layer only,
  ///   its index in `layers`, or `default`.
  /// - Returns: The layer.
  /// - Throws: `ExplanationError` with the nearest names when there is none, or several.
  public func layer(_ name: String) throws(ExplanationError) -> Layer {
    if name == "default", let layer = defaultLayer { return layer }
    if let layer = layers.first(where: { $0.name == name || $0.nodeName == name }) { return layer }
    if let index = Int(name), layers.indices.contains(index) { return layers[index] }
    let mappable = layers.filter(\.isMappable)
    let ends = mappable.filter { $0.name.hasSuffix(name) || $0.nodeName.hasSuffix(name) }
    let within = mappable.filter { ($0.name + " " + $0.nodeName).contains(name) }
    if ends.count == 1 { return ends[0] }
    // The last layer of a block stands for the block.
    if let last = within.last { return last }
    let names = mappable.map(\.name)
    throw ExplanationError(
      .unknownLayer,
      "\(self.name) has no layer \"\(name)\"."
        + Suggestions.sentence(for: name, among: names)
        + " \"vitrine inspect\" lists its layers.")
  }

  /// The label of a score, or its index as text.
  public func label(_ index: Int) -> String {
    guard let labels = information.labels, labels.indices.contains(index) else {
      return scoreCount == 1 ? information.targetName ?? "output" : "class \(index)"
    }
    return labels[index]
  }
}

/// The values of an imported network that explanations start from.
package struct Parts {
  package let input: ValueID
  package let scores: ValueID
  package let activation: TrailingActivation
  package let scoreCount: Int

  package init(
    _ imported: ImportedModel, file: ONNXFile, inputName: String
  ) throws(ExplanationError) {
    try self.init(imported.graph, name: file.name, inputName: inputName)
  }

  package init(_ graph: Graph, name: String, inputName: String) throws(ExplanationError) {
    guard let input = graph.inputs.first(where: { $0.name == inputName }), input.shape.rank >= 3
    else {
      throw ExplanationError(
        .unsuitableModel,
        "\(name): the input should be [samples, channels, positions…] with one or more axes of positions"
      )
    }
    guard let output = graph.outputs.first else {
      throw ExplanationError(.unsuitableModel, "\(name) has no output")
    }
    let head = graph.scores(behind: output.value)
    let shape = graph[head.scores].shape
    guard shape.rank >= 1, shape[0] == input.shape[0], shape.elementCount > 0 else {
      throw ExplanationError(
        .unsuitableModel,
        "\(name): output \(output.name) of shape \(shape) is not one row of scores per sample")
    }
    self.input = input.value
    scores = head.scores
    activation = head.activation
    scoreCount = shape.elementCount / shape[0]
  }
}
