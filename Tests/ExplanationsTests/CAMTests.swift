import Explanations
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

/// Class activation maps where they are defined, and what is said where they are not.
struct CAMTests {
  /// `z − mean(map)` is the bias of the class, whatever the input; and the map is P times the signed
  /// gradient times activation.
  @Test(
    .needsShared("data"),
    arguments: ["cifar10-resnet20", "efficientnet-lite0", "mobilenet-v1-025-128"])
  func theMeanIsTheScoreWithoutItsBias(name: String) throws {
    let model = try ExplainerTests.model(name)
    let plan = try ExplanationPlan(
      model, methods: ["cam", "1d-grad-cam"].map { try ChosenMethod($0) }, targets: [.output(3)])
    let input = try ExplainerTests.inputs(name)[0]
    let darker = Tensor(shape: input.shape, elements: input.elements.map { $0 / 2 })
    let samples = try Explainer(model, plan).explain([input, darker])
    let biases = samples.map { sample in
      let elements = sample.explanations[0].map.elements
      let mean = elements.reduce(0) { $0 + Double($1) } / Double(elements.count)
      return Double(sample.scores[3]) - mean
    }
    let scale = samples.flatMap(\.scores).reduce(Float(0)) { max($0, abs($1)) }
    #expect(abs(biases[0] - biases[1]) < 1e-5 * Double(scale))
    for sample in samples {
      let (cam, map) = (sample.explanations[0].map, sample.explanations[1].map)
      let count = Float(map.elements.count)
      let scaled = Tensor(shape: map.shape, elements: map.elements.map { $0 * count })
      let largest = Double(cam.elements.map(abs).max() ?? 0)
      expectClose(cam, scaled, absolute: 1e-5 * largest, relative: 0)
    }
  }

  @Test(
    .needsShared("data"),
    arguments: [
      ("squeezenet1.1", "fire9/concat_1", ["rectify", "conv10_2"]),
      ("efficientnet-lite0", "_blocks.8/_swish_1/Clip", ["clip", "layer /_swish_1/Clip"]),
      ("ftirnet", "default", ["maxPooling", "features.11"]),
      ("crepe-tiny", "default", ["grad-cam takes any head"]),
      ("cifar10-lenet", "default", ["grad-cam takes any head"]),
    ])
  func otherHeadsAreRefusedWithAReason(name: String, layer: String, parts: [String]) throws {
    let model = try ExplainerTests.model(name)
    let plan = try ExplanationPlan(model, methods: [ChosenMethod("cam")], layers: [layer])
    #expect {
      try plan.built(for: model, batch: 1)
    } throws: { error in
      (error as? GraphError)?.code == .unsuitableStructure
        && (parts + ["global average pooling"]).allSatisfy { "\(error)".contains($0) }
    }
  }

  /// A network that keeps its channels last.
  @Test func `a layer of any layout is recommended`() throws {
    let model = try Model(name: "channels last") { samples in
      let builder = GraphBuilder()
      let early = builder.input("x", shape: [samples, 3, 4, 5]).rectified
      builder.name(early, "early")
      let weights = Tensor(shape: [3, 2], elements: [1, 2, -1, 1, 0, 1])
      let last = early.transposed([0, 2, 3, 1]).reshaped(to: [samples * 20, 3])
        .product(builder.constant(weights)).reshaped(to: [samples, 4, 5, 2]).rectified
      builder.name(last, "last")
      let means = last.mean(over: .axes([1, 2])).reshaped(to: [samples, 2])
      builder.output(
        "scores", means.product(builder.constant(Tensor(shape: [2, 2], repeating: 1))))
      return try builder.finish()
    }
    let plan = try ExplanationPlan(model, methods: [ChosenMethod("cam")], layers: ["early"])
    #expect { try plan.built(for: model, batch: 1) } throws: {
      "\($0)".contains("layer last would do")
    }
    let recommended = try ExplanationPlan(model, methods: [ChosenMethod("cam")], layers: ["last"])
    #expect(throws: Never.self) { try recommended.built(for: model, batch: 1) }
  }

  /// What is recommended does work.
  @Test(.needsShared("data"))
  func theRecommendedLayerHasAMap() throws {
    let model = try ExplainerTests.model("squeezenet1.1")
    let plan = try ExplanationPlan(model, methods: [ChosenMethod("cam")], layers: ["conv10_2"])
    let sample = try Explainer(model, plan).explain([ExplainerTests.inputs("squeezenet1.1")[0]])[0]
    let map = sample.explanations[0].map.elements
    let mean = map.reduce(0) { $0 + Double($1) } / Double(map.count)
    #expect(abs(mean - Double(sample.explanations[0].explainedScore)) < 1e-4)
  }
}
