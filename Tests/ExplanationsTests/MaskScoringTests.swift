import Explanations
import Foundation
import GraphExecution
import TensorCore
import TestSupport
import Testing

/// Methods that show the network masked inputs, against their literal definition in double precision.
struct MaskScoringTests {
  struct Case: CustomStringConvertible, Sendable {
    let network: String
    let method: String
    let settings: [String: String]
    var layer = "default"

    var description: String { "\(method) \(settings) of \(network)" }
  }

  static let cases = [
    Case(network: "cifar10-resnet20", method: "score-cam", settings: [:]),
    Case(
      network: "cifar10-resnet20", method: "score-cam",
      settings: ["score": "logit", "normalization": "softmax", "rectified": "false"]),
    Case(network: "ftirnet", method: "score-cam", settings: ["channels": "5", "fill": "line"]),
    Case(
      network: "cifar10-resnet20", method: "group-cam",
      settings: ["groups": "5", "fill": "line", "baseline": "none"]),
    Case(network: "cifar10-resnet20", method: "cf-cam", settings: ["fill": "zero"]),
    Case(
      network: "ftirnet", method: "cf-cam",
      settings: ["fill": "line", "combination": "masks", "mask": "relevance", "sign": "signed"]),
    Case(
      network: "ftirnet", method: "cf-cam",
      settings: ["fill": "line", "channels": "3", "combination": "coarse-times-fine"]),
    Case(
      network: "cifar10-resnet20", method: "cf-cam",
      settings: ["fill": "line", "groups": "7", "combination": "activations"],
      layer: "/layer2/layer2.1/Add_output_0"),
  ]

  @Test(.needsShared("data"), arguments: cases)
  func agreesWithTheDefinition(example: Case) throws {
    let model = try ExplainerTests.model(example.network)
    let input = try ExplainerTests.inputs(example.network)[0]
    let method = try ChosenMethod(example.method, settings: example.settings)
    let plan = try ExplanationPlan(
      model, methods: [method], layers: [example.layer], upsampling: .halfPixel)
    let explanation = try Explainer(model, plan, batch: 3).explain([input])[0].explanations[0]
    let literal = try LiteralScoring(model, plan, input).map()
    let scale = literal.map(abs).max() ?? 0
    #expect(scale > 0)
    let expected = Tensor(shape: explanation.map.shape, elements: literal.map(Float.init))
    expectClose(explanation.map, expected, absolute: 2e-4 * scale, relative: 0)
  }

  @Test func `a picture that is seen through its own channels`() throws {
    let model = try TinyNetwork.pictureModel()
    var generator = SeededGenerator(seed: 3)
    var input = Tensor.random([768], using: &generator, 0...1).elements
    // Green is the same everywhere, so nothing can be masked by it.
    for index in 256..<512 { input[index] = 0.5 }
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod("score-cam", settings: ["score": "logit"])],
      targets: [.output(0)])
    let map = try Explainer(model, plan).explain([Tensor(shape: [3, 16, 16], elements: input)])[0]
      .explanations[0].map
    let channels = (0..<3).map { input[$0 * 256..<($0 + 1) * 256].map(Double.init) }
    var expected = [Double](repeating: 0, count: 256)
    for index in [0, 2] {
      let (least, most) = (channels[index].min() ?? 0, channels[index].max() ?? 1)
      let mask = channels[index].map { ($0 - least) / (most - least) }
      let score = zip(mask, channels[0]).reduce(0) { $0 + $1.0 * $1.1 } / 256
      for place in expected.indices { expected[place] += score * channels[index][place] }
    }
    expectClose(
      map, Tensor(shape: [16, 16], elements: expected.map(Float.init)), absolute: 1e-5, relative: 0)
  }

  @Test(.needsShared("data"), arguments: ["score-cam", "group-cam", "cf-cam"])
  func theNumberOfMasksAtOnceDoesNotMatter(method: String) throws {
    let model = try ExplainerTests.model("ftirnet")
    let inputs = Array(try ExplainerTests.inputs("ftirnet").prefix(2))
    let plan = try ExplanationPlan(model, methods: [ChosenMethod(method)], targets: [.ranked(1)])
    let one = try Explainer(model, plan, batch: 1).explain(inputs)
    let many = try Explainer(model, plan, batch: 64).explain(inputs)
    for (left, right) in zip(one, many) {
      let scale = Double(left.explanations[0].map.elements.map(abs).max() ?? 0)
      expectClose(
        left.explanations[0].map, right.explanations[0].map, absolute: 1e-4 * scale, relative: 0)
    }
  }

  @Test func `an input without contrast has an empty map`() throws {
    let model = try TinyNetwork.pictureModel()
    let blank = Tensor(shape: [3, 16, 16], repeating: 0.5)
    for method in ["score-cam", "group-cam", "cf-cam"] {
      let plan = try ExplanationPlan(model, methods: [ChosenMethod(method)])
      let explanation = try Explainer(model, plan).explain([blank])[0].explanations[0]
      #expect(explanation.map == Tensor(shape: [16, 16], repeating: 0))
      #expect(explanation.isEmpty)
    }
  }

  @Test func `settings that make no sense are refused`() throws {
    let wrong = [
      ("cf-cam", ["channels": "-1"]), ("cf-cam", ["blur": "0%"]), ("cf-cam", ["blur": "wide"]),
      ("group-cam", ["groups": "0"]), ("score-cam", ["channels": "many"]),
    ]
    for (method, settings) in wrong {
      #expect(throws: ExplanationError.self) { try ChosenMethod(method, settings: settings) }
    }
  }
}
