import Explanations
import Foundation
import GraphExecution
import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import TensorCore
import TestSupport
import Testing

/// Relevance against zennit's composites, in double precision, on real networks.
struct ReferenceRelevanceTests {
  static let forms: [(tag: String, composite: Composite)] = [
    ("z_plus", CompositeCatalog.zPlus.make(bias: .positive)),
    ("epsilon", CompositeCatalog.epsilon.make()),
    ("epsilon_plus", CompositeCatalog.epsilonPlus.make()),
    ("epsilon_alpha2_beta1", CompositeCatalog.epsilonAlpha2Beta1.make()),
  ]

  /// One program per network computes four composites at the input and at every layer.
  @Test(.needsShared("reference"), arguments: ReferenceMapTests.cases)
  func relevanceAgreesWithTheReference(example: ReferenceMapTests.Case) throws {
    let shared = try #require(SharedData.folder("."))
    let reference = try NPZArchive(
      contentsOf: shared.appending(path: "reference/model-\(example.network).npz"))
    let model = try Model(
      contentsOf: shared.appending(path: "data/model-\(example.network)/model.onnx"))
    let (input, logits) = (try reference["input"], try reference["logits"])
    let graph = try Self.graph(model, example.layers, logits: logits, input: input.shape)
    let outputs = try Program(graph).run([model.inputName: input])
    for name in graph.outputs.map(\.name) {
      let expected = try reference["lrp/\(name)"]
      let actual = try #require(outputs[name])
      for sample in 0..<input.shape[0] {
        let (a, b) = (actual.part(sample).elements, expected.part(sample).elements)
        let range = (b.max() ?? 0) - (b.min() ?? 0)
        let worst = zip(a, b).map { abs($0 - $1) }.max() ?? 0
        let n = zip(a, b).filter { abs($0 - $1) > 1e-3 * range }.count
        print("CHECK \(example.network) \(name) \(sample) worst \(worst / range) n \(n)/\(b.count)")
      }
    }
  }

  private static func graph(
    _ model: Model, _ layers: [String], logits: Tensor, input: Shape
  ) throws -> Graph {
    let imported = try model.file.imported(
      inputShapes: [model.inputName: input], batch: input[0])
    let network = try imported.graph.canonicalized(keeping: Set(layers))
    let parts = try Parts(network, name: "", inputName: model.inputName)
    let builder = GraphBuilder(network)
    builder.removeOutputs()
    let scores = builder.value(parts.scores).reshaped(to: logits.shape)
    let rows = (0..<logits.shape[0]).flatMap { sample in
      let row = logits.part(sample).elements
      return row.map { $0 == row.max() ? Float(1) : 0 }
    }
    let seed = builder.constant(Tensor(shape: logits.shape, elements: rows))
    let places = try [parts.input] + layers.map { try #require(network.value(named: $0)) }
    for (tag, composite) in forms {
      let relevances = try builder.relevances(
        of: [Seed(scores, weights: seed)], at: places.map(builder.value), composite: composite)
      for (name, relevance) in zip(["input"] + layers, relevances) {
        builder.output("\(tag)/\(name)", relevance)
      }
    }
    return try builder.finish().simplified()
  }
}
