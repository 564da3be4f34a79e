import Catalogs
import Explanations
import TensorCore
import TestSupport
import Testing

/// Weights of channels against the maps that are made of them.
struct ChannelWeightTests {
  private static let weighing = [
    "grad-cam", "cam", "grad-cam-pp", "grad-cam-pp-library", "xgrad-cam", "relevance-cam",
    "score-cam", "ss-cam", "is-cam", "ablation-cam", "smooth-grad-cam-pp",
  ]

  @Test func `methods that weigh channels are known`() {
    let found = MethodCatalog.entries.filter(\.weighsChannels).map(\.id)
    #expect(found == Self.weighing)
  }

  static let cases = [
    ("cifar10-resnet20", ["/layer1/layer1.2/Relu_1_output_0", "default"]),
    ("ftirnet", ["/features/features.2/Relu_output_0", "default"]),
    ("mobilenet-v1-025-128", ["op6_relu6", "default"]),
  ]

  @Test(.needsShared("data"), arguments: cases)
  func `the map is the finished sum of the channels times their weights`(
    network: String, layers: [String]
  ) throws {
    let model = try ExplainerTests.model(network)
    let input = try ExplainerTests.inputs(network)[0]
    let settings = [
      "score-cam": ["channels": "5"], "ss-cam": ["channels": "5", "samples": "2"],
      "is-cam": ["channels": "5", "steps": "2"],
    ]
    let methods = try Self.weighing.filter { $0 != "cam" }.flatMap { id in
      let own = settings[id] ?? [:]
      return try ["false", "true"].map { rectified in
        try ChosenMethod(id, settings: own.merging(["rectified": rectified]) { $1 })
      }
    }
    var plan = try ExplanationPlan(model, methods: methods, layers: layers)
    plan.keepsChannelWeights = true
    let values = try ActivationReader(model, layers: plan.layers).activations([input])[0]
    for explanation in try Explainer(model, plan).explain([input])[0].explanations {
      let place = try #require(plan.layers.firstIndex { $0.name == explanation.layer?.name })
      let weights = try #require(explanation.channelWeights)
      expectSame(explanation, weights, values[place])
    }
  }

  @Test(.needsShared("data"))
  func `so is that of cam, whose weights are the linear layer's`() throws {
    let model = try ExplainerTests.model("cifar10-resnet20")
    let inputs = try ExplainerTests.inputs("cifar10-resnet20")
    var plan = try ExplanationPlan(
      model, methods: [ChosenMethod("cam")], targets: [.output(3)])
    plan.keepsChannelWeights = true
    let explanation = try Explainer(model, plan).explain([inputs[0]])[0].explanations[0]
    let values = try ActivationReader(model, layers: plan.layers).activations([inputs[0]])[0][0]
    expectSame(explanation, try #require(explanation.channelWeights), values)
  }

  private func expectSame(_ explanation: Explanation, _ weights: [Float], _ values: Tensor) {
    let length = values.elements.count / values.shape[0]
    #expect(weights.count == values.shape[0])
    var sums = [Double](repeating: 0, count: length)
    var magnitudes = sums
    for index in values.elements.indices {
      let product = Double(weights[index / length]) * Double(values.elements[index])
      sums[index % length] += product
      magnitudes[index % length] += abs(product)
    }
    let (rectified, settings) = (
      FinishingStep.rectified(false).parameter, explanation.method.settings
    )
    if settings.contains(rectified), settings[rectified] { sums = sums.map { max($0, 0) } }
    #expect(sums.contains { $0 != 0 })
    expectClose(
      explanation.map.elements.map(Double.init), sums,
      absolute: 1e-5 * (magnitudes.max() ?? 0), "\(explanation.method.method.id)")
  }

  @Test(.needsShared("data"))
  func `maps that are no such sum have no weights, and nothing is kept unasked`() throws {
    let model = try ExplainerTests.model("ftirnet")
    let input = try ExplainerTests.inputs("ftirnet")[0]
    var plan = try ExplanationPlan(
      model,
      methods: ["layer-cam", "1d-grad-cam", "relevance-map", "grad-cam"].map {
        try ChosenMethod($0)
      })
    let unasked = try Explainer(model, plan).explain([input])[0].explanations
    #expect(unasked.allSatisfy { $0.channelWeights == nil })
    plan.keepsChannelWeights = true
    let asked = try Explainer(model, plan).explain([input])[0].explanations
    #expect(asked.map { $0.channelWeights != nil } == [false, false, false, true])
    for (one, other) in zip(asked, unasked) {
      let largest = Double(one.map.elements.map(abs).max() ?? 0)
      expectClose(one.map, other.map, absolute: 1e-6 * largest, relative: 0)
    }
  }
}
