import Explanations
import Foundation
import GraphIR
import ONNXFormat
import TensorCore

/// Writes explanations as a network of their own, for any ONNX engine.
public struct ExportWorkflow: Sendable {
  /// What is explained, how and where; inputs, colors and precision do not matter.
  public var request: ExplanationRequest

  /// The file that is written.
  public var output: String

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

    /// The names of its outputs and their shapes.
    public let outputs: [String: [Int]]
  }

  /// Writes the network.
  ///
  /// - Parameter reporter: Where notes go.
  /// - Returns: The file and its outputs.
  /// - Throws: What is wrong with the network, a setting or the file to write.
  public func run(_ reporter: WorkflowReporter = WorkflowReporter()) throws -> Result {
    let network = try request.model.load()
    var request = try request.fitted(to: network, reporter)
    for chosen in request.methods {
      guard case .masks = chosen.method.procedure else { continue }
      let obstacle = WorkflowError(
        .invalidSetting,
        "\(chosen.method.id) runs the network once per channel, which is no single network; "
          + "export a method that needs one pass, such as relevance-cam or relevance-map")
      guard request.leavesOutUnsuitable else { throw obstacle }
      reporter.note("left out: \(obstacle)")
      request.methods.removeAll { $0.method.id == chosen.method.id }
    }
    network.announceOutput(request.model.output, reporter)
    let plan = try request.plan(for: network)
    plan.advise(reporter)
    if request.layers.isEmpty { plan.announceDefault(of: network, reporter) }
    let built = try plan.built(
      for: network, batch: network.fixedBatch ?? max(1, request.batch ?? 1), isAlone: true)
    let graph = try plan.named(built).fed(asFilesOf: network.inputs)
    var metadata = network.metadata
    metadata["vitrine"] = network.information.json
    try ONNXWriter(metadata: metadata).write(graph, to: URL(fileURLWithPath: output))
    let outputs = graph.outputs.map { ($0.name, graph[$0.value].shape.extents) }
    return Result(file: output, outputs: Dictionary(outputs) { first, _ in first })
  }
}

extension ExplanationPlan {
  /// The graph of the plan with names for its outputs: `scores`, `map` and `aligned map`, followed by
  /// what tells several maps apart.
  fileprivate func named(_ built: NetworkGraph<PlanResults>) -> Graph {
    var graph = built.graph
    for (item, results) in zip(items, built.results.items) {
      guard case .map(let map, let aligned) = results else { continue }
      graph.name(map, (["map"] + distinction(of: item)).joined(separator: " "))
      if let aligned {
        graph.name(aligned, (["aligned map"] + distinction(of: item)).joined(separator: " "))
      }
    }
    return graph
  }

  /// What tells the maps of an item from those of others.
  private func distinction(of item: PlanItem) -> [String] {
    guard items.count > 1 else { return [] }
    var parts = [item.method.method.id]
    if let layer = item.layer { parts.append(layer.name) }
    if targets.count > 1 { parts.append("target \(item.place.target)") }
    return parts
  }
}

extension Graph {
  /// Gives an output another name.
  fileprivate mutating func name(_ output: OutputHandle, _ name: String) {
    outputs[output.index] = GraphOutput(name: name, value: outputs[output.index].value)
  }
}
