import Explanations
import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// What speaks against the only score of a network.
struct NegatedScoreTests {
  /// A score of two channels that stand for it and against it.
  private func model(weights: [Float], isProbability: Bool) throws -> Model {
    try Model(name: "single") { samples in
      let builder = GraphBuilder()
      let kept = builder.input("x", shape: [samples, 2, 4]).rectified
      builder.name(kept, "kept")
      let linear = builder.constant(Tensor(shape: [2, 1], elements: weights))
      let score = kept.mean(over: .positions).reshaped(to: [samples, 2]).product(linear)
      builder.output("score", isProbability ? score.logistic : score)
      return try builder.finish()
    }
  }

  private let input = Tensor(shape: [2, 4], elements: [1, 0, 2, 0, 0, 3, 0, 1])

  private func map(
    _ method: ChosenMethod, _ target: Target, weights: [Float], isProbability: Bool
  ) throws -> Tensor {
    let model = try model(weights: weights, isProbability: isProbability)
    let plan = try ExplanationPlan(model, methods: [method], layers: ["kept"], targets: [target])
    return try Explainer(model, plan).explain([input])[0].explanations[0].map
  }

  /// It is what speaks for the score with its sign changed.
  @Test(
    arguments: ["relevance-cam", "relevance-map", "lrp", "grad-cam", "hires-cam"], [true, false])
  func `it is shown`(method: String, isProbability: Bool) throws {
    let chosen = try ChosenMethod(method)
    let against = try map(
      chosen, .negated(0), weights: [1, -2], isProbability: isProbability)
    let changed = try map(chosen, .output(0), weights: [-1, 2], isProbability: isProbability)
    #expect(against.elements[1] > 0 && against.elements[3] > 0, "\(against)")
    expectClose(against, changed, absolute: 1e-6, relative: 1e-6)
    // Of a negative score, what is proportional to it changes sides.
    if method == "lrp" { return }
    let plain = try map(chosen, .output(0), weights: [1, -2], isProbability: isProbability)
    #expect(plain.elements[0] > 0 && plain.elements[2] > 0, "\(plain)")
  }
}
