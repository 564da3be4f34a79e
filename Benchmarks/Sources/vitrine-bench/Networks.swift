import Explanations
import Foundation
import GraphExecution
import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import TensorCore

/// The files of the comparison and the programs made from them.
struct Networks {
  let directory: URL
  let options: ProgramOptions

  /// How many samples are run at a time.
  let chunkSize: Int

  /// The same files for programs with other options.
  func with(_ options: ProgramOptions) -> Networks {
    Networks(directory: directory, options: options, chunkSize: chunkSize)
  }

  /// Explains inputs of a network by a method of the catalog, as any user of the library does.
  func explainer(
    _ network: String, method: String, settings: [String: String], layer: String?, batch: Int
  ) throws -> Explainer {
    let model = try Model(contentsOf: directory.appendingPathComponent("\(network).onnx"))
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod(method, settings: settings)],
      layers: layer.map { [$0] } ?? [])
    return Explainer(model, plan, options: options, batch: batch == 1 ? nil : batch)
  }

  /// The first samples of a network's input file.
  func input(_ network: String, count: Int) throws -> Tensor {
    let url = directory.appendingPathComponent("\(network)-input.npy")
    let all = try NPYFile(contentsOf: url).tensor
    return Tensor.stack((0..<min(count, all.shape[0])).map(all.part))
  }

  /// The network as it explains best, with a layer kept.
  func graph(_ network: String, batch: Int, keeping layers: Set<String> = []) throws -> Graph {
    let file = try ONNXFile(
      contentsOf: directory.appendingPathComponent("\(network).onnx"))
    return try file.graph(batch: batch).canonicalized(keeping: layers)
  }

  /// Logits and the Grad-CAM map of a layer for the arg-max class of each sample, or for `targets`.
  func gradCAM(
    _ network: String, layer name: String, batch: Int, targets: [Int]? = nil
  ) throws -> Graph {
    let graph = try graph(network, batch: batch, keeping: [name])
    guard let id = graph.value(named: name) else { throw BenchmarkError("no layer \(name)") }
    let builder = GraphBuilder(graph)
    let logits = builder.value(graph.outputs[0].value)
    let layer = builder.value(id)
    var seed = logits.isEqual(to: logits.maximum(over: .channels))
    if let targets {
      var oneHot = Tensor(shape: logits.shape, repeating: 0)
      for (sample, target) in targets.enumerated() { oneHot[sample, target] = 1 }
      seed = builder.constant(oneHot)
    }
    let gradient = try builder.gradients(
      of: [Seed(logits, weights: seed)], withRespectTo: [layer])[0]
    let weights = gradient.mean(over: .positions)
    builder.output("map", (weights * layer).sum(over: .channels).rectified)
    return try builder.finish().simplified()
  }
}

/// Why the benchmark cannot go on.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
