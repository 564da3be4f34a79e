import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// Maps of methods that change inputs or activations against those of other libraries.
struct PerturbationReferenceTests {
  private typealias Network = PerturbationNetwork
  private typealias References = PerturbationReferences

  private func explanation(
    _ method: String, _ settings: [String: String], target: Int = 1
  ) throws -> Explanation {
    try Network.explanation(
      method, settings, of: Network.model(), Network.input([6, 8]), target: target)
  }

  private func expectSame(
    _ explanation: Explanation, _ expected: [Double], tolerance: Double = 2e-5
  ) {
    #expect(explanation.map.shape == [6, 8])
    expectClose(
      explanation.map.elements.map(Double.init), expected,
      absolute: tolerance * (expected.map(abs).max() ?? 0), explanation.method.method.id)
  }

  @Test func `the network is that of the references`() throws {
    let scores = try Predictor(Network.model()).scores([Network.input([6, 8])])[0]
    expectClose(scores.map(Double.init), References.scores, absolute: 1e-5)
  }

  @Test func `ablation-cam is that of grad-cam, and a negative score does not turn it over`() throws
  {
    let settings = ["rectified": "false", "division": "score"]
    expectSame(try explanation("ablation-cam", settings, target: 0), References.ablation0)
    expectSame(try explanation("ablation-cam", settings, target: 2), References.ablation2)
    let own = ["rectified": "false"]
    #expect(References.scores[0] < 0 && References.scores[2] > 0)
    expectSame(try explanation("ablation-cam", own, target: 0), References.ablation0.map { -$0 })
    expectSame(try explanation("ablation-cam", own, target: 2), References.ablation2)
  }

  @Test func `eigen-cam is that of grad-cam but for its sign`() throws {
    let found = try explanation("eigen-cam", ["centered": "true", "rectified": "false"])
    let agreement = zip(found.map.elements, References.eigen).reduce(0) { $0 + Double($1.0) * $1.1 }
    expectSame(found, References.eigen.map { agreement > 0 ? $0 : -$0 })
  }

  @Test func `the weights of ss-cam and is-cam are those of torch-cam`() throws {
    let smoothed = try explanation("ss-cam", ["samples": "3", "noise": "0.5"])
    expectClose(
      try #require(smoothed.channelWeights).map(Double.init), References.smoothed, absolute: 1e-5)
    let integrated = try explanation("is-cam", ["steps": "4", "path": "sums"])
    expectClose(
      try #require(integrated.channelWeights).map(Double.init), References.integrated,
      absolute: 1e-5)
    let shares = try explanation("is-cam", ["steps": "4"])
    #expect(shares.channelWeights != integrated.channelWeights)
  }

  /// Patches of two by three pixels.
  @Test func `occlusion is that of captum`() throws {
    expectSame(try explanation("occlusion", ["patch": "35%", "stride": "1"]), References.occlusion)
  }

  @Test func `kernel-shap with all coalitions has the Shapley values of captum`() throws {
    let found = try explanation("kernel-shap", ["cells": "2", "fill": "zero"])
    expectSame(found, References.shapley)
    #expect(found.sampling?.maskCount == 16)
  }

  @Test func `lime with all choices is that of captum`() throws {
    let found = try explanation("lime", ["cells": "3", "fill": "zero", "masks": "512"])
    expectSame(found, References.lime)
    #expect(found.sampling?.maskCount == 512)
  }
}
