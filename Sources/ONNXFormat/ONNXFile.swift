public import Foundation
public import GraphIR
import ONNXSchema
public import TensorCore

/// An ONNX model file, decoded but not yet specialized to concrete shapes.
public struct ONNXFile: Sendable {
  /// The name of the file, for messages.
  public let name: String

  /// The version of the default operator set.
  public var opset: Int { model.opset }

  /// The version of the file format.
  public var irVersion: Int { Int(model.proto.irVersion) }

  /// The program that wrote the file, with its version; empty when the file does not say.
  public var producer: String {
    [model.proto.producerName, model.proto.producerVersion]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The metadata properties; of a key that occurs twice, the last value.
  public let metadata: [String: String]

  /// The inputs, without those that have initializers or that nothing reads.
  public let inputs: [DeclaredInput]

  /// The names of the outputs, in order.
  public var outputNames: [String] { model.proto.graph.output.map(\.name) }

  /// The names of the outputs that hold whole numbers, such as labels.
  package var wholeNumberOutputs: Set<String> {
    let whole = model.proto.graph.output.filter { info in
      ElementType(code: Int(info.type.tensorType.elemType))?.isFloatingPoint == false
    }
    return Set(whole.map(\.name))
  }

  private let model: DecodedModel
  private let folder: URL?

  /// Reads and decodes a file; weights are decoded only when a graph needs them.
  ///
  /// - Throws: `ONNXError` when the file cannot be opened or is not a sound model.
  public init(contentsOf url: URL) throws(ONNXError) {
    let data: Data
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw ONNXError(.unreadable, "\(url.path): cannot be opened: \(error.localizedDescription)")
    }
    try self.init(
      data, name: url.lastPathComponent, folder: url.deletingLastPathComponent(), url: url)
  }

  /// Decodes the bytes of a file.
  ///
  /// - Parameters:
  ///   - data: The bytes.
  ///   - name: What the file is called in messages.
  ///   - folder: Where external data may lie; nil when there is none.
  ///   - url: Where the bytes can be read again, so that weights need not be kept.
  /// - Throws: `ONNXError` when the bytes are not a sound model.
  package init(
    _ data: Data, name: String, folder: URL? = nil, url: URL? = nil
  ) throws(ONNXError) {
    self.name = name
    self.folder = folder
    do throws(ONNXError) {
      model = try DecodedModel(data, url: url)
      inputs = try model.declaredInputs()
    } catch {
      throw error.located(in: name)
    }
    var metadata: [String: String] = [:]
    for entry in model.proto.metadataProps { metadata[entry.key] = entry.value }
    self.metadata = metadata
  }

  /// The model as a graph of core operations.
  ///
  /// - Parameters:
  ///   - inputShapes: Shapes of inputs by name, for dimensions that the file leaves open.
  ///   - batch: The extent of open first axes.
  /// - Returns: The graph.
  /// - Throws: `ONNXError` when a dimension stays open, an operator is not supported (all of them
  ///   are listed), or the file is malformed.
  public func graph(
    inputShapes: [String: Shape] = [:], batch: Int = 1
  ) throws(ONNXError) -> Graph {
    try imported(inputShapes: inputShapes, batch: batch).graph
  }

  /// The model as a graph of core operations, with the names of its layers.
  ///
  /// - Parameters:
  ///   - inputShapes: Shapes of inputs by name, for dimensions that the file leaves open.
  ///   - batch: The extent of open first axes.
  /// - Returns: The graph and the names under which users know its parts.
  /// - Throws: `ONNXError` when a dimension stays open, the file is malformed, or every output
  ///   depends on an operator that is not supported (all of them are listed).
  public func imported(
    inputShapes: [String: Shape] = [:], batch: Int = 1
  ) throws(ONNXError) -> ImportedModel {
    try imported(inputShapes: inputShapes, batch: batch, bound: [:])
  }

  /// What some values of the model need as a graph of core operations.
  ///
  /// - Parameters:
  ///   - outputs: The names of the values that become the outputs of the graph; they may stand
  ///     anywhere in the file. What they do not depend on may be anything.
  ///   - inputShapes: Shapes of inputs by name, for dimensions that the file leaves open.
  ///   - batch: The extent of open first axes.
  /// - Returns: The graph and the names under which users know its parts.
  /// - Throws: `ONNXError` when there is no such value, a dimension stays open, an operator on the
  ///   way is not supported (all of them are listed), or the file is malformed.
  package func imported(
    outputs: [String], inputShapes: [String: Shape] = [:], batch: Int = 1
  ) throws(ONNXError) -> ImportedModel {
    try imported(inputShapes: inputShapes, batch: batch, bound: [:], outputs: outputs)
  }

  /// The model with some inputs replaced by known numbers.
  func imported(
    inputShapes: [String: Shape], batch: Int, bound: [String: HostTensor],
    outputs: [String]? = nil
  ) throws(ONNXError) -> ImportedModel {
    do throws(ONNXError) {
      let decoder = TensorDecoder(external: ExternalData(folder: folder))
      let importer = GraphImporter(model, decoder: decoder)
      let binding = InputBinding(inputs: inputs, shapes: inputShapes, batch: batch)
      return try importer.run(inputs: try binding.resolve(), bound: bound, outputs: outputs)
    } catch {
      throw error.located(in: name)
    }
  }
}
