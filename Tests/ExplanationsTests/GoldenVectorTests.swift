import Explanations
import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// Hand-computed maps: two channels over four positions under a mean and a linear layer.
struct GoldenVectorTests {
  static let activation = Tensor(shape: [1, 2, 4], elements: [1, 2, 0, 1, 0, 1, 3, 2])
  static let weights = Tensor(shape: [3, 2], elements: [2, -1, 1, 1, -1, 3])

  @Test(arguments: [
    ("grad-cam", [-0.25, 0.25, 2.25, 1.25]), ("hires-cam", [-0.25, 0.25, 2.25, 1.25]),
  ])
  func mapsOfAMeanAndLinearHead(method: String, expected: [Float]) throws {
    let signed = try map(method, rectified: false) { $0.mean(over: .positions) }
    expectClose(signed, Tensor(shape: [1, 1, 4], elements: expected), absolute: 1e-6, relative: 0)
    let rectified = try map(method, rectified: true) { $0.mean(over: .positions) }
    let positive = Tensor(shape: [1, 1, 4], elements: expected.map { max($0, 0) })
    expectClose(rectified, positive, absolute: 1e-6, relative: 0)
  }

  /// Under a positional head, averaging gradients turns the sign of two positions.
  @Test(arguments: [
    ("hires-cam", [0.5, -1.5, -1.5, 2]), ("grad-cam", [0.375, 1.25, 1.5, 1.375]),
  ])
  func mapsOfAPositionalHead(method: String, expected: [Float]) throws {
    let dense = Tensor(shape: [1, 8], elements: [0.5, -1, 2, 0, 1, 0.5, -0.5, 1])
    let builder = GraphBuilder()
    let a = builder.input("a", shape: [1, 2, 4])
    let y = a.reshaped(to: [1, 8]).product(builder.constant(dense), transposesRight: true) + 0.25
    let result = try map(method, rectified: false, builder, a, y, seed: [1])
    expectClose(result, Tensor(shape: [1, 1, 4], elements: expected), absolute: 1e-6, relative: 0)
  }

  private func map(
    _ method: String, rectified: Bool, head: (Value) -> Value
  ) throws -> Tensor {
    let builder = GraphBuilder()
    let a = builder.input("a", shape: [1, 2, 4])
    let features = head(a).reshaped(to: [1, 2])
    let bias = builder.constant(Tensor(shape: [3], elements: [0.5, 0, -0.5]))
    let scores = features.product(
      builder.constant(Self.weights), bias: bias, transposesRight: true)
    return try map(method, rectified: rectified, builder, a, scores, seed: [0, 0, 1])
  }

  private func map(
    _ method: String, rectified: Bool, _ builder: GraphBuilder, _ a: Value, _ scores: Value,
    seed: [Float]
  ) throws -> Tensor {
    let weights = builder.constant(Tensor(shape: [1, seed.count], elements: seed))
    let gradient = try builder.gradients(
      of: [Seed(scores, weights: weights)], withRespectTo: [a])[0]
    let chosen = try ChosenMethod(method, settings: ["rectified": "\(rectified)"])
    let site = MethodSite(activation: a, gradient: gradient)
    builder.output("map", chosen.method.map(site, chosen.settings))
    let outputs = try referenceOutputs(of: builder.finish(), inputs: ["a": Self.activation])
    return try #require(outputs["map"])
  }
}
