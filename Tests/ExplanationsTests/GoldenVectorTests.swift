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
    let result = try map(method, ["rectified": "false"], builder, a, y, seed: [1])
    expectClose(result, Tensor(shape: [1, 1, 4], elements: expected), absolute: 1e-6, relative: 0)
    guard method == "hires-cam" else { return }
    // The input in place of a layer: the same products.
    let product = try map("gradient-times-input", [:], builder, a, y, seed: [1])
    expectClose(product, Tensor(shape: [1, 1, 4], elements: expected), absolute: 1e-6, relative: 0)
  }

  /// Closed forms: at the last layer, one-hot relevance is a class activation map of the positive
  /// weights, and the contrast subtracts those of the other classes.
  @Test(arguments: [
    (["contrast": "plain"], [-0.7, -0.7, 2.1, 0.7]),
    (["contrast": "plain", "weights": "mean"], [-0.175, -0.175, 0.525, 0.175]),
    (["contrast": "one-hot", "weights": "mean"], [0, 0.25, 0.75, 0.5]),
    // Both passes arrive whole when biases are ignored, so balancing changes nothing.
    (["contrast": "balanced", "weights": "mean"], [-0.175, -0.175, 0.525, 0.175]),
    (["contrast": "official", "weights": "mean"], [-0.116_667, -0.033_333, 0.6, 0.283_333]),
    (["contrast": "sglrp", "weights": "mean"], [-0.031_142, -0.031_142, 0.093_425, 0.031_142]),
    // The logit is 3.
    (["contrast": "scaled", "weights": "mean"], [-0.525, -0.525, 1.575, 0.525]),
    (["contrast": "logit", "weights": "mean"], [0, 0.75, 2.25, 1.5]),
    (["contrast": "difference", "reference": "1", "weights": "mean"], [0, 0.5, 1.5, 1]),
  ])
  func relevanceCAM(settings: [String: String], expected: [Float]) throws {
    let result = try map("relevance-cam", settings) { $0.mean(over: .positions) }
    expectClose(result, Tensor(shape: [1, 1, 4], elements: expected), absolute: 2e-6, relative: 0)
  }

  /// `R_k(i) = A_k(i) / ΣA_k · R_k` with `R = (−0.7, 0.7)`.
  @Test func relevanceMap() throws {
    let signed = try map("relevance-map", ["contrast": "plain", "rectified": "false"]) {
      $0.mean(over: .positions)
    }
    let expected: [Float] = [-0.175, -0.233_333, 0.35, 0.058_333]
    expectClose(signed, Tensor(shape: [1, 1, 4], elements: expected), absolute: 2e-6, relative: 0)
    let map = try map("relevance-map", ["contrast": "plain"]) { $0.mean(over: .positions) }
    let positive = Tensor(shape: [1, 1, 4], elements: expected.map { max($0, 0) })
    expectClose(map, positive, absolute: 2e-6, relative: 0)
    // |A_1| · R_1: only the second channel is positive.
    let gated = try self.map("relevance-map", ["contrast": "plain", "form": "gated"]) {
      $0.mean(over: .positions)
    }
    let second = Tensor(shape: [1, 1, 4], elements: [0, 0.116_667, 1.05, 0.466_667])
    expectClose(gated, second, absolute: 2e-6, relative: 0)
  }

  /// The class activation map's mean is the logit without its bias, 3.5.
  @Test(
    arguments: [
      ("cam", [:], [-1, 1, 9, 5]), ("1d-grad-cam", [:], [-0.25, 0.25, 2.25, 1.25]),
      ("layer-cam", [:], [0, 0.75, 2.25, 1.5]), ("xgrad-cam", [:], [0, 0.25, 2.25, 1.25]),
      ("grad-cam-elementwise", [:], [0, 0.75, 2.25, 1.5]),
      // The second weight is e³ · 0.75.
      ("grad-cam-pp", [:], [0, 15.064_153, 45.192_459, 30.128_306]),
      ("grad-cam-pp-library", [:], [0, 0.461_538, 1.384_615, 0.923_077]),
      ("clrp", ["variant": "clrp1"], [0, 0, 1, 0.166_667]),
      ("clrp", ["variant": "clrp2"], [0, 0, 1, 0.166_667]),
      ("clrp", ["variant": "clrp1", "normalized": "false"], [0, 0, 0.285_714, 0.047_619]),
      ("clrp", ["variant": "clrp2", "normalized": "false"], [0, 0, 0.5, 0.083_333]),
      ("clrp", ["variant": "uniform", "normalized": "false"], [0, 0, 1.05, 0.175]),
      ("clrp", ["variant": "rescaled", "normalized": "false"], [0, 0, 1.05, 0.175]),
      ("sglrp", [:], [0, 0, 0.254_728, 0.042_455]),
      ("sglrp", ["rectified": "false"], [-0.127_364, -0.169_819, 0.254_728, 0.042_455]),
      ("lrp", ["composite": "z-plus"], [0, 0.166_667, 0.5, 0.333_333]),
    ] as [(String, [String: String], [Float])])
  func methodsOfAMeanAndLinearHead(
    method: String, settings: [String: String], expected: [Float]
  ) throws {
    // The one linear layer is not to be treated as the first of a network.
    let isContrast = ["clrp", "sglrp"].contains(method)
    let rules = isContrast ? ["composite": "z-plus"] : [:]
    let map = try map(method, settings.merging(rules) { first, _ in first }) {
      $0.mean(over: .positions)
    }
    expectClose(map, Tensor(shape: [1, 1, 4], elements: expected), absolute: 2e-6, relative: 1e-6)
  }

  /// Neither averaging nor rectification: the sum is the score without its bias, −0.5.
  @Test func oneDimensionalGradCAMOfAPositionalHead() throws {
    let dense = Tensor(shape: [1, 8], elements: [0.5, -1, 2, 0, 1, 0.5, -0.5, 1])
    let builder = GraphBuilder()
    let a = builder.input("a", shape: [1, 2, 4])
    let y = a.reshaped(to: [1, 8]).product(builder.constant(dense), transposesRight: true) + 0.25
    let map = try map("1d-grad-cam", [:], builder, a, y, seed: [1])
    expectClose(
      map, Tensor(shape: [1, 1, 4], elements: [0.5, -1.5, -1.5, 2]), absolute: 1e-6, relative: 0)
  }

  /// A single output has no rivals, unless the dual is the output itself.
  @Test(arguments: ["clrp", "sglrp"])
  func aSingleScoreHasNoRivals(method: String) throws {
    func map(_ settings: [String: String]) throws -> Tensor {
      let builder = GraphBuilder()
      let a = builder.input("a", shape: [1, 2, 4])
      let weights = builder.constant(Tensor(shape: [1, 2], elements: [-1, 3]))
      let y = a.mean(over: .positions).reshaped(to: [1, 2]).product(weights, transposesRight: true)
      return try self.map(method, settings, builder, a, y, seed: [1])
    }
    #expect { try map([:]) } throws: { "\($0)".contains("one score only") }
    guard method == "clrp" else { return }
    expectClose(
      try map(["variant": "clrp2", "normalized": "false", "composite": "z-plus"]),
      Tensor(shape: [1, 1, 4], elements: [0, 0, 0.5, 0.083_333]), absolute: 2e-6, relative: 0)
  }

  /// Where the network is certain, p − p² would cancel to nothing.
  @Test func certaintyKeepsItsRivals() throws {
    let builder = GraphBuilder()
    let a = builder.input("a", shape: [1, 2, 4])
    let scores =
      builder.constant(Tensor(shape: [1, 3], elements: [0, 1, 30]))
      + a.mean(over: .positions).reshaped(to: [1, 2]).product(
        builder.constant(Self.weights), transposesRight: true)
    let map = try map("sglrp", ["composite": "z-plus"], builder, a, scores, seed: [0, 0, 1])
    #expect(map.elements.allSatisfy(\.isFinite) && map.elements[2] > 0.1)
  }

  private func map(
    _ method: String, rectified: Bool, head: (Value) -> Value
  ) throws -> Tensor {
    try map(method, ["rectified": "\(rectified)"], head: head)
  }

  private func map(
    _ method: String, _ settings: [String: String], head: (Value) -> Value
  ) throws -> Tensor {
    let builder = GraphBuilder()
    let a = builder.input("a", shape: [1, 2, 4])
    let features = head(a).reshaped(to: [1, 2])
    let bias = builder.constant(Tensor(shape: [3], elements: [0.5, 0, -0.5]))
    let scores = features.product(
      builder.constant(Self.weights), bias: bias, transposesRight: true)
    return try map(method, settings, builder, a, scores, seed: [0, 0, 1])
  }

  private func map(
    _ method: String, _ settings: [String: String], _ builder: GraphBuilder, _ a: Value,
    _ scores: Value, seed: [Float]
  ) throws -> Tensor {
    let weights = builder.constant(Tensor(shape: [1, seed.count], elements: seed))
    let gradient = try builder.gradients(
      of: [Seed(scores, weights: weights)], withRespectTo: [a])[0]
    let chosen = try ChosenMethod(method, settings: settings)
    let source = RelevanceSource(scores: scores, weights: weights, places: [a])
    let site = MethodSite(
      activation: a, gradient: gradient, scores: scores, weights: weights, input: a
    ) { source.relevance(at: 0, $0, for: 0) }
    guard let method = chosen.method.procedure.graphMap else { return Tensor(0) }
    builder.output("map", method(site, chosen.settings))
    let outputs = try referenceOutputs(of: builder.finish(), inputs: ["a": Self.activation])
    return try #require(outputs["map"])
  }
}
