import Foundation
import GraphIR
import ONNXSchema
import Operations
import TensorCore

/// An ONNX graph under construction.
final class ExportDraft {
  private struct DraftNode {
    let type: String
    let inputs: [ExportedValue]
    let outputs: [ExportedValue]
    let attributes: [NodeAttribute]
  }

  /// A pooling whose winners several operations ask for.
  struct WinnerKey: Hashable {
    let pooling: PoolingWindow
    let input: ExportedValue
  }

  /// The flat positions of the winners of max poolings that were written already.
  var winners: [WinnerKey: ExportedValue] = [:]

  /// Whether the file is for any number of samples.
  var hasFreeSamples: Bool { sampleAxis != nil }

  /// The version of the operator set that is written for.
  let opset: Int

  private let graph: Graph
  private let sampleAxis: String?
  /// For each node whether it has one part for each sample, where their number is free.
  private let followsSamples: [Bool]?
  private let names: ExportNames
  /// What names that are made up begin with.
  private let prefix: String
  private var bodyCount = 0
  private var nodes: [DraftNode] = []
  private var initializers: [(value: ExportedValue, tensor: Onnx_TensorProto)] = []
  /// The names of all values; nil where any will do.
  private var valueNames: [String?] = []
  private var integerLists: [[Int]: ExportedValue] = [:]
  private var helperConstants: [Tensor: ExportedValue] = [:]

  /// Starts a draft of what `graph` computes.
  ///
  /// - Parameters:
  ///   - graph: What is written.
  ///   - opset: The version of the operator set.
  ///   - sampleAxis: The name of the first dimension when it is to be free.
  ///   - prefix: What names that are made up begin with.
  /// - Throws: `ONNXError` when inputs and outputs cannot be told apart by name, or when samples are
  ///   not free although they should be.
  init(
    _ graph: Graph, opset: Int, sampleAxis: String? = nil, prefix: String = ""
  ) throws(ONNXError) {
    self.graph = graph
    self.opset = opset
    self.prefix = prefix
    self.sampleAxis = sampleAxis
    followsSamples = try sampleAxis == nil ? nil : graph.nodesWithSamples()
    names = try ExportNames(graph)
  }

  /// Writes a graph that is the body of an operator.
  ///
  /// - Parameter graph: Makes the graph, whose inputs and outputs have names that begin with a word
  ///   which nothing else begins with.
  /// - Returns: The message of the graph.
  /// - Throws: `ONNXError` when an operation cannot be written.
  func body(_ graph: (_ word: String) throws(ONNXError) -> Graph) throws(ONNXError)
    -> Onnx_GraphProto
  {
    let word = prefix + "body\(bodyCount)/"
    bodyCount += 1
    return try ExportDraft(graph(word), opset: opset, prefix: word).finished(name: word + "graph")
  }

  /// Adds a node with one or more results.
  func emit(
    _ type: String, _ inputs: [ExportedValue], shapes: [Shape], _ attributes: [NodeAttribute]
  ) -> [ExportedValue] {
    let outputs = shapes.map(makeValue)
    nodes.append(
      DraftNode(type: type, inputs: inputs, outputs: outputs, attributes: attributes))
    return outputs
  }

  /// A list of whole numbers, stored once.
  func integers(_ numbers: [Int]) -> ExportedValue {
    if let known = integerLists[numbers] { return known }
    let value = makeValue([numbers.count])
    initializers.append((value, TensorEncoding.integers(numbers)))
    integerLists[numbers] = value
    return value
  }

  /// A small constant, stored once.
  func constant(_ tensor: Tensor) -> ExportedValue {
    if let known = helperConstants[tensor] { return known }
    let value = weights(tensor)
    helperConstants[tensor] = value
    return value
  }

  /// A constant of the graph.
  func weights(_ tensor: Tensor) -> ExportedValue {
    let value = makeValue(tensor.shape)
    initializers.append((value, TensorEncoding.floats(tensor)))
    return value
  }

  /// An input of the graph.
  func input(label: String, shape: Shape) -> ExportedValue {
    let value = makeValue(shape)
    valueNames[value.index] = label
    return value
  }

  private func makeValue(_ shape: Shape) -> ExportedValue {
    valueNames.append(nil)
    return ExportedValue(index: valueNames.count - 1, shape: shape)
  }

  /// The ONNX graph.
  ///
  /// - Throws: `ONNXError` when an operation cannot be written.
  func finished(name: String) throws(ONNXError) -> Onnx_GraphProto {
    let values = try writeNodes()
    for output in graph.outputs {
      guard let value = values[output.value.index], valueNames[value.index] != output.name else {
        continue
      }
      let copy = emit("Identity", [value], shapes: [value.shape], [])[0]
      valueNames[copy.index] = output.name
    }
    let texts = names.completed(valueNames, prefix: prefix)
    var proto = Onnx_GraphProto()
    proto.name = name
    proto.input = graph.inputs.map { TensorEncoding.info($0.name, $0.shape, sampleAxis) }
    proto.output = graph.outputs.map {
      TensorEncoding.info($0.name, graph[$0.value].shape, sampleAxis)
    }
    proto.initializer = initializers.map { value, tensor in
      var tensor = tensor
      tensor.name = texts[value.index]
      return tensor
    }
    proto.node = nodes.map { encoded($0, texts) }
    return proto
  }

  /// Writes every node that the outputs need, and names what it computes.
  private func writeNodes() throws(ONNXError) -> [ExportedValue?] {
    let live = graph.live
    var values = [ExportedValue?](repeating: nil, count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() where live[index] {
      guard let operation = node.operation as? any ExportableOperation else {
        throw ONNXError(
          .unsupportedOperator, "%\(index): \(type(of: node.operation).name) has no ONNX form")
      }
      let site = ExportSite(
        node: node, inputs: node.inputs.compactMap { values[$0.index] }, draft: self)
      let value: ExportedValue
      do throws(ONNXError) {
        value = try operation.export(repeating(site, ValueID(index)))
      } catch {
        throw error.located(in: "%\(index) \(type(of: node.operation).name)")
      }
      values[index] = value
      let isStored = node.inputs.isEmpty
      if valueNames[value.index] == nil {
        valueNames[value.index] = names.preferred(for: ValueID(index), isStored: isStored)
      }
    }
    return values
  }

  /// The place of an operation, with inputs repeated for the samples that are the same for all.
  private func repeating(_ site: ExportSite, _ id: ValueID) -> ExportSite {
    guard let followsSamples, let found = graph.inputsToRepeat(of: id, followsSamples) else {
      return site
    }
    var inputs = site.inputs
    for position in found.positions {
      let input = inputs[position]
      inputs[position] = site.repeated(input, to: input.shape, like: inputs[found.like])
    }
    return ExportSite(node: site.node, inputs: inputs, draft: self)
  }

  private func encoded(_ node: DraftNode, _ texts: [String]) -> Onnx_NodeProto {
    var proto = Onnx_NodeProto()
    proto.opType = node.type
    proto.input = node.inputs.map { texts[$0.index] }
    proto.output = node.outputs.map { texts[$0.index] }
    proto.name = proto.output[0]
    proto.attribute = node.attributes.map(\.proto)
    return proto
  }
}
