import Catalogs
import Foundation
import GraphIR
import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// Methods of relevance that is told which channels it must pass.
struct RelevanceRouteTests {
  static let texts: [(text: String, route: RelevanceRoute?)] = [
    ("all", .anywhere),
    ("layer3@37", .channels([37], layer: "layer3")),
    ("/a.b/c@d@2+9+3-5+4", .channels([2, 3, 4, 5, 9], layer: "/a.b/c@d")),
    ("layer3", nil), ("layer3@", nil), ("@3", nil), ("layer3@3,4", nil), ("layer3@5-3", nil),
    ("layer3@-3", nil), ("layer3@3-", nil), ("layer3@1-2-3", nil), ("layer3@0-99999999", nil),
  ]

  @Test(arguments: texts)
  func `a route is read from a text`(text: String, route: RelevanceRoute?) throws {
    #expect(RelevanceRoute(text) == route)
    guard let route else { return }
    #expect(RelevanceRoute(route.text) == route)
  }

  @Test func `runs of channels are written in short`() {
    #expect(RelevanceRoute.channels([1, 2, 3, 7, 9], layer: "x").text == "x@1-3+7+9")
  }

  /// The picture's channels stay apart up to the scores: relevance of red passes channel 0 only.
  @Test func `a map shows what passes its channels`() throws {
    let model = try TinyNetwork.pictureModel()
    let picture = Tensor(shape: [3, 16, 16], elements: (0..<768).map { Float($0 % 11 + 1) })
    func maps(_ route: String, contrast: String) throws -> Tensor {
      let method = try ChosenMethod("lrp", settings: ["through": route, "contrast": contrast])
      let plan = try ExplanationPlan(model, methods: [method], targets: [.output(0)])
      let explanation = try Explainer(model, plan).explain([picture])[0].explanations[0]
      return explanation.map
    }
    let whole = try maps("all", contrast: "one-hot")
    #expect(try maps("kept@0", contrast: "one-hot") == whole)
    #expect(try maps("kept@1-2", contrast: "one-hot").elements.allSatisfy { $0 == 0 })
    #expect(abs(whole.elements.reduce(0, +) - 1) < 1e-4)
    // Against the others, green and blue have minus one half each.
    let green = try maps("kept@1", contrast: "plain")
    #expect(abs(green.elements.reduce(0, +) + 0.5) < 1e-4)
  }

  static let networks = [
    ("cifar10-resnet20", "/layer2/layer2.1/Relu_1_output_0", "/layer1/layer1.2/Relu_1_output_0"),
    ("ftirnet", "/features/features.6/Relu_output_0", "/features/features.2/Relu_output_0"),
  ]

  /// Balanced contrast divides all parts by the same.
  @Test(.needsShared("data"), arguments: networks)
  func `maps of channels add up whatever the contrast`(
    name: String, filtered: String, shown: String
  ) throws {
    let model = try ExplainerTests.model(name)
    let count = try model.layer(filtered).shape[0]
    let routes = ["all", "\(filtered)@0-\(count / 3)", "\(filtered)@\(count / 3 + 1)-\(count - 1)"]
    for contrast in ["balanced", "one-hot", "plain"] {
      let methods = try routes.map {
        try ChosenMethod(
          "relevance-map",
          settings: ["through": $0, "contrast": contrast, "rectified": "false"])
      }
      let plan = try ExplanationPlan(model, methods: methods, layers: [shown])
      let maps = try Explainer(model, plan).explain([ExplainerTests.inputs(name)[0]])[0]
        .explanations.map(\.map)
      let sum = zip(maps[1].elements, maps[2].elements).map { Double($0) + Double($1) }
      let scale = maps[0].elements.map(abs).max() ?? 0
      expectClose(
        sum, maps[0].elements.map(Double.init), absolute: 1e-3 * Double(scale), "\(contrast)")
      #expect(maps[1] != maps[0])
    }
  }

  /// Relevance-CAM with one target weighs channels by their relevance, which the map of one channel
  /// adds up to at the layer itself.
  @Test(.needsShared("data"), arguments: networks)
  func `channels are ranked by the relevance that passes them`(
    name: String, filtered: String, shown: String
  ) throws {
    let model = try ExplainerTests.model(name)
    let input = try ExplainerTests.inputs(name)[0]
    var ranking = try ExplanationPlan(
      model, methods: [ChosenMethod("relevance-cam", settings: ["contrast": "one-hot"])],
      layers: [filtered])
    try ranking.keepChannelWeights()
    let found = try Explainer(model, ranking).explain([input])[0].explanations[0]
    let ranked = try #require(found.rankedChannels(count: 3))
    #expect(ranked.count == 3 && abs(ranked[0].weight) >= abs(ranked[1].weight))
    let methods = try ranked.map {
      try ChosenMethod(
        "relevance-map",
        settings: [
          "through": "\(filtered)@\($0.channel)", "contrast": "one-hot", "rectified": "false",
        ])
    }
    let plan = try ExplanationPlan(model, methods: methods, layers: [filtered])
    let maps = try Explainer(model, plan).explain([input])[0].explanations.map(\.map)
    for (map, channel) in zip(maps, ranked) {
      #expect(channel.weight != 0)
      #expect(abs(map.elements.reduce(0, +) - channel.weight) < 1e-4 * abs(channel.weight))
    }
  }

  @Test func `layers and channels that are not there are named`() throws {
    let model = try TinyNetwork.pictureModel()
    func message(_ route: String, layers: [String] = []) -> String {
      do {
        let method = try ChosenMethod("relevance-map", settings: ["through": route])
        let plan = try ExplanationPlan(model, methods: [method], layers: layers)
        try plan.checkFit(for: model)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(message("kapt@0").contains("has no layer \"kapt\". Did you mean \"kept\""))
    #expect(message("kept@3").contains("layer kept has channels 0 to 2, not 3"))
    #expect(message("kept").contains("channels of a layer such as"))
    #expect(message("kept@2", layers: ["kept"]).isEmpty)
  }

  @Test(.needsShared("data"))
  func `a place behind the layer is refused`() throws {
    let model = try ExplainerTests.model("cifar10-resnet20")
    let method = try ChosenMethod(
      "relevance-map", settings: ["through": "/layer1/layer1.2/Relu_1_output_0@3"])
    let plan = try ExplanationPlan(model, methods: [method])
    #expect {
      try plan.checkFit(for: model)
    } throws: { "\($0)".contains("does not reach") }
  }

  /// The same channel whatever the order of the axes; those without a place belong to channels too.
  @Test func `channels are told apart in any layout`() {
    let last = AxisLayout([2, 3, 4], samples: 0, positions: [1])
    #expect(last.factors(of: [1, 3]) == Tensor(shape: [1, 1, 4], elements: [0, 1, 0, 1]))
    var tokens = AxisLayout([1, 5, 2], samples: 0, positions: [1])
    tokens.axes[1] = AxisLayout.Axis(start: 1, extent: 6, factors: tokens.axes[1].factors)
    #expect(tokens.factors(of: [0]) == Tensor(shape: [1, 1, 2], elements: [1, 0]))
    // Two axes of features, the first of which counts more.
    let spread = AxisLayout([1, 2, 3, 2], samples: 0, positions: [2])
    #expect(
      spread.factors(of: [1, 2]) == Tensor(shape: [1, 2, 1, 2], elements: [0, 1, 1, 0]))
  }
}
