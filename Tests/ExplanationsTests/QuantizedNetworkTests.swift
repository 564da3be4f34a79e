import Explanations
import GraphExecution
import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// What is asked of networks that compute with integers.
struct QuantizedNetworkTests {
  /// The scores are the means of two channels, in steps of 1/10 up to 1.
  private func model(saturating: Bool) throws -> Model {
    try Model(name: "quantized") { samples in
      let builder = GraphBuilder()
      let x = builder.input("x", shape: [samples, 2, 2, 2])
      let kept = x.rectified
      builder.name(kept, "kept")
      let scores = kept.mean(over: .positions).reshaped(to: [samples, 2])
      let limit = builder.constant(10)
      let levels = (scores / 0.1).applying(.roundStraightThrough).maximum(builder.constant(-10))
      builder.output("scores", saturating ? levels.minimum(limit) * 0.1 : scores)
      return try builder.finish()
    }
  }

  private let input = Tensor(shape: [2, 2, 2], elements: [4, 0, 2, 1.9, 0, 1, 0, 0])

  @Test func `scores that saturate have a map`() throws {
    let method = try ChosenMethod("grad-cam")
    let maps = try [true, false].map { saturating in
      let model = try model(saturating: saturating)
      let plan = try ExplanationPlan(model, methods: [method], layers: ["kept"])
      return try Explainer(model, plan).explain([input])[0]
    }
    #expect(maps[0].explanations[0].map.elements.max() == 1)
    #expect(maps[0].explanations[0].map == maps[1].explanations[0].map)
    expectClose(
      Tensor(shape: [2], elements: maps[0].scores), Tensor(shape: [2], elements: [1.975, 0.25]),
      absolute: 1e-6, relative: 0)
  }

  @Test func `rounding within is told from none`() throws {
    let within = try Model(name: "within") { samples in
      let builder = GraphBuilder()
      let x = builder.input("x", shape: [samples, 2, 4])
      let levels = (x * 10).applying(.roundStraightThrough) * 0.1
      builder.output("scores", levels.rectified.mean(over: .positions).reshaped(to: [samples, 2]))
      return try builder.finish()
    }
    #expect(within.roundsNumbers && within.fixedBatch == nil)
    #expect(try !model(saturating: true).roundsNumbers)
    #expect(try !model(saturating: false).roundsNumbers)
  }

  @Test(.needsShared("cases/networks"))
  func `a scale that is found while running is that of one sample`() throws {
    let example = try #require(NetworkCase.all.first { $0.name == "dynamic-quant" })
    let model = try example.model()
    let first = model.inputs[0].canonical(try example.input())
    let second = Tensor(shape: first.shape, elements: first.elements.map { 3 * $0 - 1 })
    let together = try Predictor(model, batch: 2).scores([first, second])
    let alone = try [first, second].map { try Predictor(model).scores([$0])[0] }
    #expect(together == alone)
    #expect(model.fixedBatch == 1)
    #expect(try QuantizedNetworkTests.plan(model).preferredBatch == 1)
  }

  /// The stored map gives no slope to the means of two channels that are rounded to 0, the lower limit.
  ///
  /// Limits are included here, as in PyTorch's `fake_quantize`: such a mean is rounded, not cut off.
  @Test(.needsShared("cases/networks"))
  func `what is rounded to the limit passes gradients`() throws {
    let example = try #require(NetworkCase.all.first { $0.name == "qdq" })
    let model = try example.model()
    let input = model.inputs[0].canonical(try example.input())
    let layer = try #require(example.maps.first?.layer)
    let channels = try ActivationReader(model, layers: [try model.layer(layer)]).activations([input]
    )[0][0]
    // The weights of class 1 behind the mean over 256 positions, by the file.
    let lost: [(channel: Int, weight: Float)] = [
      (4, -45 * 0.001_960_044_5), (5, -22 * 0.001_960_044_5),
    ]
    for key in ["grad_cam", "hires_cam"] {
      let method = try ChosenMethod(
        key.replacing("_", with: "-"), settings: ["rectified": "false"])
      let plan = try ExplanationPlan(model, methods: [method], layers: [layer])
      let map = try Explainer(model, plan).explain([input])[0].explanations[0].map
      let stored = try example.expected()[key]
      let expected = stored.elements.enumerated().map { place, value in
        lost.reduce(value) { $0 + $1.weight / 256 * channels.elements[$1.channel * 256 + place] }
      }
      expectClose(map, Tensor(shape: stored.shape, elements: expected), absolute: 1e-8, relative: 0)
    }
  }

  private static func plan(_ model: Model) throws -> Explainer {
    let plan = try ExplanationPlan(model, methods: [try ChosenMethod("grad-cam")])
    return Explainer(model, plan, batch: 4)
  }
}
