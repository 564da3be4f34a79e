import Explanations
import Foundation
import GraphExecution
import GraphIR
import ONNXFormat
import TensorCore

/// Writes explanations as a network of their own, for any ONNX engine.
public struct ExportWorkflow: Sendable {
  /// What is explained, how and where; inputs, colors and precision do not matter.
  public var request: ExplanationRequest

  /// The file that is written.
  public var output: String

  /// Whether the written network takes any number of samples.
  public var hasFreeBatch = false

  /// The version of the operator set that is written for, from 16 to 23.
  public var opset = 17

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - request: What is explained, how and where; its batch is how many samples the written network
  ///     takes, one if it does not say.
  ///   - output: The file that is written.
  public init(_ request: ExplanationRequest, output: String) {
    self.request = request
    self.output = output
  }

  /// What was written.
  public struct Result: Codable, Sendable {
    /// The file.
    public let file: String

    /// The version of the operator set.
    public let opset: Int

    /// Its inputs, in order.
    public let inputs: [Port]

    /// Its outputs, in order.
    public let outputs: [Port]
  }

  /// An input or output of a written network.
  public struct Port: Codable, Sendable, Hashable, CustomStringConvertible {
    /// The name, without spaces.
    public let name: String

    /// The extents; a free one is called `samples`.
    public let shape: [String]

    /// The name and the extents, such as `map [samples×7×7]`.
    public var description: String { "\(name) [\(shape.joined(separator: "×"))]" }
  }

  /// The name of the first dimension when it is free.
  private static let sampleAxis = "samples"

  /// Writes the network.
  ///
  /// - Parameter reporter: Where notes go.
  /// - Returns: The file and its outputs.
  /// - Throws: What is wrong with the network, a setting or the file to write.
  public func run(_ reporter: WorkflowReporter = WorkflowReporter()) throws -> Result {
    let network = try request.model.load()
    var request = try request.fitted(to: network, reporter).inOnePass(reporter)
    for chosen in request.methods {
      guard let obstacle = Self.obstacle(to: chosen.method) else { continue }
      guard request.leavesOutUnsuitable else { throw obstacle }
      reporter.note("left out: \(obstacle)")
      request.methods.removeAll { $0.method.id == chosen.method.id }
    }
    network.announceOutput(request.model.output, reporter)
    let plan = try request.plan(for: network)
    plan.advise(on: network, reporter)
    if request.layers.isEmpty { plan.announceDefault(of: network, reporter) }
    let batch = try batch(of: request, for: network)
    let built = try plan.built(for: network, batch: batch, isAlone: true)
    let graph = try plan.named(built).fed(asFilesOf: network.inputs)
      .prepared(as: network, samples: batch).storingConstants()
    var metadata = network.metadata
    metadata["vitrine"] = network.information.json
    let axis = hasFreeBatch ? Self.sampleAxis : nil
    let writer = ONNXWriter(metadata: metadata, opset: try checkedOpset(), sampleAxis: axis)
    try writer.write(graph, to: URL(fileURLWithPath: output))
    return Result(
      file: output, opset: opset, inputs: graph.inputs.map { port($0.name, $0.shape) },
      outputs: graph.outputs.map { port($0.name, graph[$0.value].shape) })
  }

  /// Why a method is no single network; nil when it is one.
  private static func obstacle(to method: ExplanationMethod) -> WorkflowError? {
    switch method.procedure {
    case .graph, .weighted: nil
    case .masks:
      WorkflowError(
        .invalidSetting,
        "\(method.id) runs the network once per channel, which is no single network; "
          + "export a method that needs one pass, such as relevance-cam or relevance-map")
    case .samples:
      WorkflowError(
        .invalidSetting,
        "\(method.id) runs the network once per mask, which is no single network; "
          + "export a method that needs one pass, such as deep-lift")
    case .optimized:
      WorkflowError(
        .invalidSetting,
        "\(method.id) looks for a mask step by step, which is no single network; export a method that needs "
          + "one pass, such as grad-cam or relevance-map")
    case .tail:
      WorkflowError(
        .invalidSetting,
        "\(method.id) runs the rest of the network many times, which is no single network; "
          + "export a method that needs one pass, such as grad-cam or relevance-map")
    case .repeats:
      WorkflowError(
        .invalidSetting,
        "\(method.id) runs the network on many changed inputs, which is no single network; export a "
          + "method that needs one pass, such as gradient or grad-cam")
    case .path:
      WorkflowError(
        .invalidSetting,
        "\(method.id) runs the network many times, which is no single network; export "
          + "deep-lift, which divides the same difference in one pass")
    }
  }

  private func port(_ name: String, _ shape: Shape) -> Port {
    let extents = shape.extents.map { String($0) }
    return Port(
      name: name, shape: hasFreeBatch ? [Self.sampleAxis] + extents.dropFirst() : extents)
  }

  private func checkedOpset() throws(WorkflowError) -> Int {
    let known = ONNXWriter.opsets
    guard known.contains(opset) else {
      throw WorkflowError(
        .invalidSetting,
        "operator set \(opset) is not written; choose \(known.lowerBound) to \(known.upperBound)")
    }
    return opset
  }

  /// How many samples the graph is built for; one where their number is free, also for a network that
  /// insists on one: the writer checks that samples stay apart.
  private func batch(
    of request: ExplanationRequest, for network: Model
  ) throws(WorkflowError) -> Int {
    let asked = max(1, request.batch ?? 1)
    guard let fixed = network.fixedBatch else { return hasFreeBatch ? 1 : asked }
    guard hasFreeBatch ? fixed == 1 : request.batch == nil || asked == fixed else {
      throw WorkflowError(
        .invalidSetting,
        "\(network.name) insists on \(fixed) sample\(fixed == 1 ? "" : "s") at once; export it with "
          + "--batch \(fixed), or the network itself with a free first dimension")
    }
    return fixed
  }
}

extension ExplanationPlan {
  /// The graph of the plan with names for its outputs: `scores`, `map` and `aligned_map`, followed by
  /// what tells several maps apart.
  fileprivate func named(_ built: NetworkGraph<PlanResults>) -> Graph {
    var graph = built.graph
    for (item, results) in zip(items, built.results.items) {
      guard case .map(let map, let aligned, _) = results else { continue }
      graph.name(map, ["map"] + distinction(of: item))
      if let aligned { graph.name(aligned, ["aligned_map"] + distinction(of: item)) }
    }
    return graph
  }

  /// What tells the maps of an item from those of others.
  private func distinction(of item: PlanItem) -> [String] {
    guard items.count > 1 else { return [] }
    var parts = [item.method.method.id]
    if let layer = item.layer { parts.append(layer.name) }
    if Set(items.map(\.place.input)).count > 1 { parts.append(item.input.name) }
    if targets.count > 1 { parts.append("target_\(item.place.target)") }
    return parts
  }
}

extension Graph {
  /// The graph behind what prepares inputs in the network's own file.
  fileprivate func prepared(as network: Model, samples: Int) throws -> Graph {
    guard let preparation = try network.preparation(samples: samples) else { return self }
    return try preceded(by: preparation, at: network.inputs[0].name)
  }

  /// Gives an output another name, of parts; many engines want names without spaces.
  fileprivate mutating func name(_ output: OutputHandle, _ parts: [String]) {
    let name = String(parts.joined(separator: "_").map { $0.isWhitespace ? "_" : $0 })
    outputs[output.index] = GraphOutput(name: name, value: outputs[output.index].value)
  }
}
