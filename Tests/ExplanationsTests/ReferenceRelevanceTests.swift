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
    let outputs = try Program(graph).run([model.inputs[0].name: input])
    for name in graph.outputs.map(\.name) {
      let expected = try reference["lrp/\(name)"]
      let actual = try #require(outputs[name])
      for sample in 0..<input.shape[0] {
        let (actual, expected) = (actual.part(sample), expected.part(sample))
        let range = (expected.elements.max() ?? 0) - (expected.elements.min() ?? 0)
        expectClose(
          actual, expected, absolute: 1e-3 * Double(range), relative: 0, "\(name) \(sample)")
      }
    }
  }

  /// Relevance-CAM with the bias once in the positive branch, which is the reference's form; ours
  /// ignores it by default.
  @Test(.needsShared("reference"), arguments: ReferenceMapTests.cases)
  func relevanceCAMAgreesWithTheReference(example: ReferenceMapTests.Case) throws {
    let shared = try #require(SharedData.folder("."))
    let reference = try NPZArchive(
      contentsOf: shared.appending(path: "reference/model-\(example.network).npz"))
    let model = try Model(
      contentsOf: shared.appending(path: "data/model-\(example.network)/model.onnx"))
    let forms = [
      ("relevance_cam_contrastive", "plain"), ("relevance_cam_official_init", "official"),
      ("relevance_cam_one_hot", "one-hot"),
    ]
    let methods = try forms.map {
      try ChosenMethod("relevance-cam", settings: ["contrast": $0.1, "bias": "positive"])
    }
    let plan = try ExplanationPlan(model, methods: methods, layers: example.layers)
    let input = try reference["input"]
    let samples = try Explainer(model, plan).explain((0..<input.shape[0]).map(input.part))
    for (index, sample) in samples.enumerated() {
      for (method, form) in forms.enumerated() {
        for (place, layer) in example.layers.enumerated() {
          let map = sample.explanations[method * example.layers.count + place].map
          let expected = try reference["\(layer)/\(form.0)"].part(index)
          let range = (expected.elements.max() ?? 0) - (expected.elements.min() ?? 0)
          expectClose(
            map, expected, absolute: 1e-3 * Double(range), relative: 0, "\(layer) \(form.0)")
        }
      }
    }
  }

  /// The released code on a narrow ResNet whose batch norms stand beside their convolutions.
  @Test(.needsShared("reference"), arguments: ["basic", "bottleneck"])
  func theReleasedRelevanceCAM(kind: String) throws {
    let folder = try #require(SharedData.folder("reference/relevance-cam-official-\(kind)"))
    let reference = try NPZArchive(contentsOf: folder.appending(path: "reference.npz"))
    let (input, logits) = (try reference["input"], try reference["logits"])
    let file = try ONNXFile(contentsOf: folder.appending(path: "model.onnx"))
    let layers = (1...4).map { "layer\($0)" }
    let network = try file.imported(inputShapes: [file.inputs[0].name: input.shape], batch: 2)
      .graph.simplified(keeping: Set(layers))
    let parts = try NetworkParts(
      network, name: "", inputs: NetworkInput.inputs(of: network))
    let best = (0..<2).map { sample in
      let row = logits.part(sample).elements
      return row.firstIndex(of: row.max() ?? 0) ?? 0
    }
    for (classes, tag) in [(best, "argmax"), ([3, 7], "targets_3_7")] {
      let builder = GraphBuilder(network)
      builder.removeOutputs()
      let seed = Tensor(
        shape: [2, 10], elements: classes.flatMap { c in (0..<10).map { $0 == c ? 1 : 0 } })
      let places = try layers.map { builder.value(try #require(network.value(named: $0))) }
      let source = RelevanceSource(
        scores: builder.value(parts.scores), weights: builder.constant(seed), places: places)
      let choice = RelevanceChoice(
        composite: CompositeCatalog.relevanceCAMOfficial.composite, output: .releasedContrast)
      for (index, place) in places.enumerated() {
        let weights = source.relevance(at: index, choice, for: 0).mean(over: .positions)
        builder.output(layers[index], (weights * place).sum(over: .channels))
      }
      let outputs = try Program(builder.finish().simplified())
        .run([file.inputs[0].name: input])
      for layer in layers {
        let map = try #require(outputs[layer])
        let expected = try reference["\(layer)/relevance_cam_official_\(tag)"]
        for sample in 0..<2 {
          let reference = expected.part(sample).elements
          let range = (reference.max() ?? 0) - (reference.min() ?? 0)
          expectClose(
            map.part(sample), Tensor(shape: map.part(sample).shape, elements: reference),
            absolute: 1e-4 * Double(range), relative: 0, "\(tag) \(layer) \(sample)")
        }
      }
    }
  }

  /// The same through the public interface: the composite leaves batch norms where the file has them,
  /// also beside methods that fold them, which stay as they are.
  @Test(.needsShared("reference"), arguments: ["basic", "bottleneck"])
  func theReleasedRelevanceCAMOfAnExplainer(kind: String) throws {
    let folder = try #require(SharedData.folder("reference/relevance-cam-official-\(kind)"))
    let reference = try NPZArchive(contentsOf: folder.appending(path: "reference.npz"))
    let input = try reference["input"]
    let model = try Model(contentsOf: folder.appending(path: "model.onnx"))
    let folded = try ChosenMethod("relevance-cam")
    let released = try ChosenMethod(
      "relevance-cam",
      settings: [
        "composite": "relevance-cam-official", "contrast": "official", "weights": "mean",
      ])
    let layers = (1...4).map { "layer\($0)" }
    let (inputs, targets) = ((0..<2).map(input.part), [Target.ranked(0), .given])
    func maps(_ methods: [ChosenMethod]) throws -> [[Tensor]] {
      let plan = try ExplanationPlan(model, methods: methods, layers: layers, targets: targets)
      return try Explainer(model, plan).explain(inputs, classes: [3, 7])
        .map { $0.explanations.map(\.map) }
    }
    let (together, alone) = (try maps([folded, released]), try maps([folded]))
    for sample in 0..<2 {
      for (target, tag) in ["argmax", "targets_3_7"].enumerated() {
        for (place, layer) in layers.enumerated() {
          let item = target * layers.count + place
          let expected = try reference["\(layer)/relevance_cam_official_\(tag)"].part(sample)
          let range = Double((expected.elements.max() ?? 0) - (expected.elements.min() ?? 0))
          let map = together[sample][targets.count * layers.count + item]
          expectClose(map, expected, absolute: 1e-4 * range, relative: 0, "\(tag) \(layer)")
          let other = alone[sample][item]
          let scale = Double(other.elements.map(abs).max() ?? 0)
          expectClose(together[sample][item], other, absolute: 1e-5 * scale, relative: 0)
        }
      }
    }
  }

  private static func graph(
    _ model: Model, _ layers: [String], logits: Tensor, input: Shape
  ) throws -> Graph {
    let imported = try ONNXFile(contentsOf: #require(model.url)).imported(
      inputShapes: [model.inputs[0].name: input], batch: input[0])
    let network = try imported.graph.canonicalized(keeping: Set(layers))
    let parts = try NetworkParts(network, name: "", inputs: model.inputs)
    let builder = GraphBuilder(network)
    builder.removeOutputs()
    let output = builder.value(parts.scores)
    let scores = (output.rawScores?.value ?? output).reshaped(to: logits.shape)
    let rows = (0..<logits.shape[0]).flatMap { sample in
      let row = logits.part(sample).elements
      return row.map { $0 == row.max() ? Float(1) : 0 }
    }
    let seed = builder.constant(Tensor(shape: logits.shape, elements: rows))
    let places = try [parts.inputs[0]] + layers.map { try #require(network.value(named: $0)) }
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
