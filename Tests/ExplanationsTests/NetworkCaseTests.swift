import Explanations
import Foundation
import GraphRewriting
import TensorCore
import TestSupport
import Testing

/// Small networks of the kinds that people have, against ONNX Runtime and torch.
struct NetworkCaseTests {
  /// What other suites look at: several inputs, inputs of open sizes, and a network without layers.
  static let open: Set<String> = [
    "no-batch-axis", "question-mark-dims", "state-input", "two-inputs", "two-inputs-vector",
  ]

  /// A step of quantization, where scores are taken before their last rounding.
  static let steps = ["qdq": 0.000_510_2]

  /// Those with several outputs, or whose outputs are no row of classes: `TargetCaseTests` looks at
  /// their scores and maps.
  static let withTargets: Set<String> = [
    "crnn-gru", "crnn-lstm", "ctc-time-major", "embedding-output", "label-first",
    "softmax-per-position", "two-outputs", "unet",
  ]

  static let working = NetworkCase.all.filter { !open.contains($0.name) }

  static let cases = working.filter { !withTargets.contains($0.name) }

  @Test(.needsShared("cases/networks"), arguments: cases)
  func outputsAreThoseOfTheRuntime(example: NetworkCase) throws {
    let model = try example.model()
    let scores = try Predictor(model).scores([example.sample(for: model)])[0]
    let stored = try example.expected()["output:\(example.outputs[0])"]
    let expected = stored.reshaped(to: [stored.elements.count])
    let outputs = model.probabilities(scores) ?? scores
    let scale = Double(expected.elements.map(abs).max() ?? 0)
    expectClose(
      Tensor(shape: [outputs.count], elements: outputs), expected,
      absolute: max(1e-4 * scale, Self.steps[example.name] ?? 0), relative: 0)
  }

  @Test(.needsShared("cases/networks"), arguments: working.filter { !$0.maps.isEmpty })
  func theDefaultLayerIsTheStatedOne(example: NetworkCase) throws {
    let layer = try #require(example.maps.first).layer
    #expect(try example.model().defaultLayer?.name == layer)
  }

  /// `QuantizedNetworkTests` looks at the maps of `qdq`.
  @Test(.needsShared("cases/networks"), arguments: cases.filter { $0.name != "qdq" })
  func mapsAreThoseOfAutomaticDifferentiation(example: NetworkCase) throws {
    let model = try example.model()
    let input = try example.sample(for: model)
    let expected = try example.expected()
    for map in example.maps where map.explainsTopClass {
      let methods = try map.keys.map { key in
        let method = key.split(separator: ":").last.map(String.init) ?? key
        return try ChosenMethod(
          method.replacing("_", with: "-"), settings: ["rectified": "false"])
      }
      let plan = try ExplanationPlan(model, methods: methods, layers: [map.layer])
      let explanations = try Explainer(model, plan).explain([input])[0].explanations
      for (key, explanation) in zip(map.keys, explanations) {
        let reference = try expected[key]
        let range = Double(
          (reference.elements.max() ?? 0) - (reference.elements.min() ?? 0))
        expectClose(explanation.map, reference, absolute: 1e-3 * range, relative: 0, key)
      }
    }
  }
}

extension NetworkCase {
  /// The input as the model takes it, `[channels, positions…]`.
  fileprivate func sample(for model: Model) throws -> Tensor {
    let input = model.inputs[0]
    return input.canonical(try self.input().reshaped(to: input.fileShape))
  }
}
