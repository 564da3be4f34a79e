import Catalogs
public import Foundation
public import GraphIR
public import GraphRewriting
import ONNXFormat
public import TensorCore

/// A network read from a file or from memory, with what is known about its inputs and outputs.
public struct Model: Sendable {
  /// What the network is called in messages and figures: the name of its file.
  public let name: String

  /// Where the network was read from; nil when its bytes were given.
  public let url: URL?

  /// What is known about inputs and outputs.
  public private(set) var information: ModelInformation

  /// The inputs, in the order of the file.
  public let inputs: [NetworkInput]

  /// The outputs in the order of the file.
  public let outputs: [NetworkOutput]

  /// The output that is explained.
  public let output: NetworkOutput

  /// How many scores the explained output has, one per class or measured quantity; at each position
  /// where it has positions.
  public var scoreCount: Int { output.classCount }

  /// What stands between the raw scores and the explained output.
  public var activation: TrailingActivation { output.activation }

  /// The layers in the order of the file.
  public let layers: [Layer]

  /// The number of samples that the file insists on, or nil when any number will do; 1 where samples
  /// would change each other's numbers, as under a scale that is found while a quantized network runs.
  public let fixedBatch: Int?

  /// Whether what is explained is computed with rounded numbers, whose slope counts as 1.
  package let roundsNumbers: Bool

  /// The metadata properties of its file; none where there is no file.
  package let metadata: [String: String]

  /// What is known of the layers from the positions of each input.
  let inputLayers: InputLayers

  /// The graph for any number of samples.
  var imports: NetworkImports

  /// What stands before the network in its file, for a number of samples.
  private let preparationSource: (@Sendable (_ samples: Int) throws -> Graph)?

  /// Reads a network and what lies beside it.
  ///
  /// - Parameters:
  ///   - url: An ONNX file. Information is taken from its metadata, from `NAME.json` beside it or
  ///     else `meta.json`, and from `overrides`, the later over the earlier.
  ///   - overrides: What the caller knows better.
  ///   - inputShapes: The shapes of inputs, where the file leaves dimensions open.
  ///   - output: Which output is explained, and what its numbers are.
  /// - Throws: `ONNXError` when the file cannot be used; `ExplanationError` when the file beside it
  ///   is malformed, or the network has no such output.
  public init(
    contentsOf url: URL, overrides: ModelInformation = ModelInformation(),
    inputShapes: InputShapes = InputShapes(), output: OutputSettings = OutputSettings()
  ) throws {
    let file = try ONNXFile(contentsOf: url)
    let information = try SideFile.information(beside: url, metadata: file.metadata)
    try self.init(
      NetworkSource(file), url: url, information: information.overridden(by: overrides),
      inputShapes: inputShapes, output)
  }

  /// Takes a network from the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: What an ONNX file of the network holds, weights included. Information is taken from
  ///     its metadata and from `overrides`, the later over the earlier.
  ///   - name: What the network is called in messages and figures.
  ///   - overrides: What the caller knows better.
  ///   - inputShapes: The shapes of inputs, where the bytes leave dimensions open.
  ///   - output: Which output is explained, and what its numbers are.
  /// - Throws: `ONNXError` when the bytes are no usable model or refer to weights in other files;
  ///   `ExplanationError` when the metadata is malformed, or the network has no such output.
  public init(
    bytes: Data, name: String, overrides: ModelInformation = ModelInformation(),
    inputShapes: InputShapes = InputShapes(), output: OutputSettings = OutputSettings()
  ) throws {
    let file = try ONNXFile(bytes, name: name)
    let information = try SideFile.information(named: name, metadata: file.metadata)
    try self.init(
      NetworkSource(file), url: nil, information: information.overridden(by: overrides),
      inputShapes: inputShapes, output)
  }

  /// Takes a network that is in memory, such as one that has just been trained.
  ///
  /// - Parameters:
  ///   - name: What the network is called in messages and figures.
  ///   - information: What is known about its inputs and outputs.
  ///   - output: Which output is explained, and what its numbers are.
  ///   - graph: Makes the graph of the network for a number of samples, `[samples, channels,
  ///     positions…]` to its outputs, `[samples, scores]`. Every value that it computes is a
  ///     layer; those without a name get one.
  /// - Throws: What `graph` throws; `ExplanationError` when the network does not give scores.
  public init(
    name: String, information: ModelInformation = ModelInformation(),
    output: OutputSettings = OutputSettings(),
    graph: @escaping @Sendable (_ samples: Int) throws -> Graph
  ) throws {
    try self.init(
      NetworkSource(name: name, graph: graph), url: nil, information: information,
      inputShapes: InputShapes(), output)
  }

  private init(
    _ source: NetworkSource, url: URL?, information: ModelInformation, inputShapes: InputShapes,
    _ settings: OutputSettings
  ) throws {
    let source = information.preparedValue.map(source.beginning) ?? source
    preparationSource = source.preparation
    self.url = url
    name = source.name
    metadata = source.metadata
    let samples = source.fixedBatch ?? 1
    var shapes = inputShapes
    shapes.pictureSize = information.inputSize
    let file = try source.imported(samples, try source.whole(shapes, samples))
    inputs = NetworkInput.inputs(of: file.graph)
    let fixed = inputs.allSatisfy { $0.layout.sample != nil } ? source.fixedBatch : 1
    let complete = try file.viewed(through: inputs)
    let count = complete.graph.inputs.first?.shape[0] ?? 1
    let list = try OutputList(complete, source, samples: count, information, settings)
    outputs = list.outputs
    output = list.explained
    self.information = try information.naming(symbolsOf: output)
      .checkedLabels(scoreCount: output.classCount)
    let imported = try output.head.applied(to: complete, samples: count)
    try imported.graph.requireFiniteWeights(of: name)
    fixedBatch = imported.graph.holdsSharedNumbers ? fixed ?? 1 : fixed
    roundsNumbers = imported.graph.roundsNumbers
    let parts = try NetworkParts(imported.graph, name: name, inputs: inputs)
    inputLayers = InputLayers(imported, inputs: inputs, parts)
    layers = inputLayers.merged
    imports = NetworkImports(
      source.explaining(output), inputs: inputs, samples: count, first: imported)
  }

  /// The graph that prepares inputs in the network's own file, whose output is the network's input.
  ///
  /// - Parameter samples: For how many samples.
  /// - Returns: The graph; nil where the file holds none, or somebody says how inputs are prepared
  ///   instead.
  /// - Throws: What importing throws.
  package func preparation(samples: Int) throws -> Graph? {
    information.isPreparedInGraph ? try preparationSource?(samples) : nil
  }

  /// The shape of the first input, `[channels, positions…]`.
  public var inputShape: Shape { inputs[0].shape }

  /// The same network with other knowledge about its inputs.
  package func with(_ information: ModelInformation) -> Model {
    var model = self
    model.information = information
    return model
  }

  /// The layer that maps are made of when none is named; of several inputs that of the first.
  public var defaultLayer: Layer? { layers.first(where: \.isDefault) }

  /// Finds an input.
  ///
  /// - Parameter name: Its name.
  /// - Returns: Its index in `inputs`.
  /// - Throws: `ExplanationError` with the inputs that there are.
  public func inputIndex(_ name: String) throws(ExplanationError) -> Int {
    if let index = inputs.firstIndex(where: { $0.name == name }) { return index }
    throw ExplanationError(
      .unsuitableInput, "there is no input \"\(name)\"; the network takes \(inputs.summary)")
  }

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
        + " \"vitrine inspect\" lists its layers; \"all\" stands for each that has a map, \"stages\" for "
        + "the last of each resolution.")
  }

  /// The label of a score, with its index where several have the same; its index as text without
  /// labels.
  public func label(_ index: Int) -> String {
    guard let labels = information.labels, labels.indices.contains(index) else {
      return scoreCount == 1 ? information.targetName ?? "output" : "class \(index)"
    }
    let label = labels[index]
    let isUnique = labels.firstIndex(of: label) == labels.lastIndex(of: label)
    return isUnique ? label : "\(label) (\(index))"
  }
}
