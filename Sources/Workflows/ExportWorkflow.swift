public import Explanations
import Foundation
import GraphIR
import ONNXFormat
import TensorCore

/// Writes explanations as a network of their own, for any ONNX engine.
public struct ExportWorkflow: Sendable {
  /// The network.
  public var model: ModelSettings

  /// The methods and their settings.
  public var methods: [ChosenMethod]

  /// Names of layers; empty means the default layer.
  public var layers: [String] = []

  /// What is explained, as users write it; empty means the class with the highest score.
  public var targets: [String] = []

  /// Whether logits or probabilities are explained.
  public var form = ScoreForm.logit

  /// How maps are brought to the positions of the input.
  public var upsampling = Upsampling.receptiveField

  /// How many samples the written network takes.
  public var batch = 1

  /// The file that is written.
  public var output: String

  /// Creates settings with defaults for the rest.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - methods: The methods and their settings.
  ///   - output: The file that is written.
  public init(model: ModelSettings, methods: [ChosenMethod], output: String) {
    self.model = model
    self.methods = methods
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
    let network = try model.load()
    for chosen in methods {
      guard case .masks = chosen.method.procedure else { continue }
      throw WorkflowError(
        .invalidSetting,
        "\(chosen.method.id) runs the network once per channel, which is no single network; "
          + "export a method that needs one pass, such as relevance-cam or relevance-map")
    }
    let targets = try self.targets.map { try Target($0, model: network) }
    let plan = try ExplanationPlan(
      network, methods: methods, layers: layers, targets: targets.isEmpty ? [.ranked(0)] : targets,
      form: form, upsampling: upsampling)
    if let note = plan.rawScoreNote { reporter.note(note) }
    if layers.isEmpty, let layer = plan.layers.first {
      reporter.note("layer: \(layer.name) (default; choose another with --layer)")
    }
    let built = try plan.built(for: network, batch: network.fixedBatch ?? max(1, batch))
    let graph = plan.named(built)
    var metadata = network.metadata
    metadata["vitrine"] = network.information.json
    try ONNXWriter(metadata: metadata).write(graph, to: URL(fileURLWithPath: output))
    let outputs = graph.outputs.map { ($0.name, graph[$0.value].shape.extents) }
    return Result(file: output, outputs: Dictionary(outputs) { first, _ in first })
  }
}

extension ExplanationPlan {
  /// What to say where probabilities are asked for and methods start at the raw scores; nil else.
  var rawScoreNote: String? {
    let ids = methods.map(\.method).filter(\.startsAtRawScores).map(\.id)
    guard form == .probability, !ids.isEmpty else { return nil }
    return
      "\(ids.joined(separator: ", ")): relevance and weights start at the raw scores, whatever "
      + "--score says; contrast=sglrp starts relevance with the gradient of the probability"
  }

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
