import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// Methods that change the activation of a layer, against the definition, change by change.
struct TailMethodTests {
  private typealias Network = PerturbationNetwork

  private static let cases: [(network: String, layers: [String])] = [
    ("cifar10-resnet20", ["/layer2/layer2.1/Relu_output_0", "default"]),
    ("ftirnet", ["/features/features.6/Relu_output_0"]),
  ]

  /// Layers that others bypass among them.
  @Test(.needsShared("data"), arguments: cases)
  func `weights of ablation-cam are what the score loses`(
    network: String, layers: [String]
  ) throws {
    let model = try ExplainerTests.model(network)
    let input = try ExplainerTests.inputs(network)[0]
    var plan = try ExplanationPlan(
      model, methods: [ChosenMethod("ablation-cam")], layers: layers, targets: [.output(1)])
    plan.keepsChannelWeights = true
    for explanation in try Explainer(model, plan).explain([input])[0].explanations {
      let layer = try #require(explanation.layer)
      let tail = try NetworkTail(model, at: layer)
      let activation = try tail.activation(of: model.samples([input])[0])
      let channels = activation.values.shape[0]
      let rows = try tail.scores(
        of: [.none] + (0..<channels).map { .without(channel: $0) }, at: activation)
      let scores = rows.map { Double($0[1]) }
      let expected = scores.dropFirst().map { (scores[0] - $0) / abs(scores[0]) }
      #expect(expected.contains { abs($0) > 1e-3 })
      expectClose(
        try #require(explanation.channelWeights).map(Double.init), expected, absolute: 2e-5)
    }
  }

  @Test(arguments: ["gaussian", "point"], ["fill", "none"])
  func `recipro-cam is the probability when one place is kept`(
    kernel: String, baseline: String
  ) throws {
    let model = try Network.model()
    let input = Network.input([6, 8])
    let found = try Network.explanation(
      "recipro-cam", ["kernel": kernel, "baseline": baseline], of: model, input, target: 2)
    let tail = try NetworkTail(model, at: model.layer("layer"))
    let activation = try tail.activation(of: model.samples([input])[0])
    let changes = (0..<48).map { place in
      let shares = (0..<48).map { other -> Float in
        let (down, right) = (abs(place / 8 - other / 8), abs(place % 8 - other % 8))
        guard kernel == "gaussian" else { return place == other ? 1 : 0 }
        return down > 1 || right > 1 ? 0 : 1 / Float(4 << (down + right))
      }
      let kept = activation.values.elements.indices.map {
        activation.values.elements[$0] * shares[$0 % 48]
      }
      return ActivationChange.other(Tensor(shape: activation.values.shape, elements: kept))
    }
    let probabilities = try tail.scores(of: [.zero] + changes, at: activation).map { row in
      let powers = row.map { exp(Double($0)) }
      return powers[2] / powers.reduce(0, +)
    }
    let base = baseline == "fill" ? probabilities[0] : 0
    let expected = probabilities.dropFirst().map { $0 - base }
    #expect(expected.contains { abs($0) > 1e-3 })
    expectClose(found.map.elements.map(Double.init), expected, absolute: 1e-6)
  }

  @Test(arguments: ["ablation-cam", "recipro-cam", "eigen-cam"])
  func `only the layer's own input counts where there are several samples`(method: String) throws {
    let model = try Network.model()
    let inputs = (0..<3).map { Network.input([6, 8], start: $0) }
    let together = try Network.explanations(method, of: model, inputs, target: 2, batch: 2)
    for (input, found) in zip(inputs, together) {
      let alone = try Network.explanation(method, of: model, input, target: 2, batch: 5)
      let scale = Double(alone.map.elements.map(abs).max() ?? 0)
      #expect(scale > 0)
      expectClose(found.map, alone.map, absolute: 2e-5 * scale, relative: 0)
    }
  }

  /// Aligned maps have the values of the literal singular vector.
  @Test(arguments: [[6, 8], [3, 1], [1, 40]], ["true", "false"])
  func `eigen-cam is the first singular vector`(positions: [Int], centered: String) throws {
    let model = try Network.model(positions)
    let input = Network.input(positions, start: 5)
    let found = try Network.explanation(
      "eigen-cam", ["centered": centered, "rectified": "false"], of: model, input)
    let values = try ActivationReader(model, layers: [model.layer("layer")])
      .activations([input])[0][0]
    let count = positions.reduce(1, *)
    var rows = (0..<4).map { values.part($0).elements.map(Double.init) }
    if centered == "true" {
      rows = rows.map { row in row.map { $0 - row.reduce(0, +) / Double(count) } }
    }
    var direction = [1.0, 0.9, 0.8, 0.7]
    for _ in 0..<20_000 {
      let seen = (0..<count).map { place in
        (0..<4).reduce(0) { $0 + direction[$1] * rows[$1][place] }
      }
      let next = rows.map { row in zip(row, seen).reduce(0) { $0 + $1.0 * $1.1 } }
      let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      direction = next.map { $0 / length }
    }
    var expected = (0..<count).map { place in
      (0..<4).reduce(0) { $0 + direction[$1] * rows[$1][place] }
    }
    let total = (0..<count).map { place in (0..<4).reduce(0) { $0 + rows[$1][place] } }
    if zip(expected, total).reduce(0, { $0 + $1.0 * $1.1 }) < 0 { expected = expected.map { -$0 } }
    let scale = expected.map(abs).max() ?? 0
    #expect(scale > 0.1)
    expectClose(found.map.elements.map(Double.init), expected, absolute: 1e-4 * scale)
  }

  @Test func `eigen-cam knows nothing of the target`() throws {
    let model = try Network.model()
    let maps = try (0..<3).map {
      try Network.explanation("eigen-cam", of: model, Network.input([6, 8]), target: $0).map
    }
    #expect(maps[0] == maps[1] && maps[1] == maps[2])
  }
}
