import Explanations
import Foundation
import GraphIR
import TensorCore
import TestSupport
import Testing

/// Explanations written as ONNX files give the same maps in ONNX Runtime.
struct ExportedExplanationTests {
  static let layers = [
    "cifar10-resnet20": ["default", "/layer2/layer2.1/Add_output_0"],
    "efficientnet-lite0": ["default", "/_blocks.8/_swish_1/Clip_output_0"],
    "squeezenet1.1": ["default", "fire6/squeeze1x1_2"],
    "ftirnet": ["default", "/features/features.6/Relu_output_0"],
    "crepe-tiny": ["default"],
  ]

  /// Channels that relevance must pass.
  static let routes = [
    "cifar10-resnet20": "default@1+5-20",
    "ftirnet": "default@0-9",
  ]

  static let relevance = ["relevance-cam", "relevance-map", "lrp"]

  /// Methods that are taken with settings, that not every layer has, or whose weights have poles
  /// where gradients are negative, so that rounding shows: those only behind a mean.
  static let others = ["grad-cam", "hires-cam", "cam", "grad-cam-pp"]

  private func cam() throws -> (Model, ExplanationPlan, Tensor) {
    let model = try ExplainerTests.model("cifar10-resnet20")
    let plan = try ExplanationPlan(
      model, methods: ["cam", "grad-cam-pp"].map { try ChosenMethod($0) })
    return (model, plan, try ExplainerTests.inputs("cifar10-resnet20")[0])
  }

  @Test(.needsShared("data"), .needsPython)
  func mapsAgreeInONNXRuntime() throws {
    let names = Self.layers.keys.sorted()
    let examples =
      try names.map { name in
        let model = try ExplainerTests.model(name)
        // Large networks take long to check; they show what depends on the network: relevance.
        let isSmall = model.inputShape.elementCount < 10_000
        let methods =
          ["false", "true"].flatMap { rectified in
            ["grad-cam", "hires-cam"].map { ($0, ["rectified": rectified]) }
          }
          + MethodCatalog.entries.filter(\.isSinglePass).filter {
            isSmall || Self.relevance.contains($0.id)
          }
          .map { ($0.id, [:]) }.filter { !Self.others.contains($0.0) }
          + (Self.routes[name].map { [("lrp", ["through": $0])] } ?? [])
        let plan = try ExplanationPlan(
          model, methods: methods.map { try ChosenMethod($0.0, settings: $0.1) },
          layers: Self.layers[name] ?? [], targets: [.ranked(0), .ranked(1)])
        return (model, plan, try ExplainerTests.inputs(name)[0])
      } + [try cam()]
    let graphs = try examples.map { model, plan, _ in try plan.built(for: model, batch: 1) }
    let results = try ExportRuntime.run(
      zip(examples, graphs).map { example, built in
        (built.graph, [built.graph.inputs[0].name: Tensor.stack([example.2])])
      })
    for (index, (model, plan, input)) in examples.enumerated() {
      let outputs = try results[index].get()
      let sample = try Explainer(model, plan).explain([input])[0]
      for (item, explanation) in zip(graphs[index].results.items, sample.explanations) {
        guard case .map(let map, let aligned?, _) = item else { continue }
        for (actual, output) in [(explanation.map, map), (explanation.aligned, aligned)] {
          let name = graphs[index].graph.outputs[output.index].name
          let expected = try #require(outputs[name]).part(0)
          let range = Double((expected.elements.max() ?? 0) - (expected.elements.min() ?? 0))
          // A contrast is the small difference of large maps, each rounded to single precision.
          let isContrast = explanation.method.method.startsAtRawScores
          let tolerance = isContrast ? 1e-3 : 1e-4
          expectClose(
            actual, expected, absolute: tolerance * range, relative: 0,
            "\(model.name) \(explanation.method.method.id) \(name)")
        }
      }
    }
  }
}
