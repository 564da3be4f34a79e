import Catalogs
import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// What holds of methods that show the network masks of their own.
struct MaskSamplingTests {
  private typealias Network = PerturbationNetwork

  static let methods: [(id: String, settings: [String: String])] = [
    ("rise", ["masks": "300"]), ("occlusion", [:]), ("lime", ["masks": "200"]),
    ("kernel-shap", ["masks": "200"]),
    ("rise", ["masks": "300", "fill": "blur", "baseline": "none", "normalization": "expected"]),
    ("ss-cam", ["samples": "3"]), ("is-cam", ["steps": "3"]),
    ("ablation-cam", ["rectified": "false"]),
    ("recipro-cam", [:]), ("eigen-cam", [:]),
  ]

  @Test(arguments: methods)
  func `maps do not depend on what is explained beside, nor on how many masks run at once`(
    id: String, settings: [String: String]
  ) throws {
    let model = try Network.model([14, 10])
    let inputs = (0..<3).map { Network.input([14, 10], start: $0) }
    let one = try Network.explanations(id, settings, of: model, inputs, batch: 1)
    let many = try Network.explanations(id, settings, of: model, inputs.reversed(), batch: 64)
    for (left, right) in zip(one, many.reversed()) {
      let scale = Double(left.map.elements.map(abs).max() ?? 0)
      #expect(scale > 0)
      expectClose(left.map, right.map, absolute: 1e-4 * scale, relative: 0)
      #expect(left.sampling?.maskCount == right.sampling?.maskCount)
    }
    #expect(one[0].map != one[1].map)
  }

  @Test(arguments: methods)
  func `a spectrum is a picture of height 1`(id: String, settings: [String: String]) throws {
    let line = try Network.explanation(id, settings, of: Network.model([40]), Network.input([40]))
    let picture = try Network.explanation(
      id, settings, of: Network.model([1, 40]), Network.input([1, 40]))
    let scale = Double(line.map.elements.map(abs).max() ?? 0)
    #expect(scale > 0)
    expectClose(
      picture.map.reshaped(to: [40]), line.map, absolute: 1e-4 * scale, relative: 0)
  }

  @Test(arguments: ["lime", "kernel-shap", "occlusion"])
  func `each value of a row of numbers is shown or not`(id: String) throws {
    let model = try Network.rowModel()
    let input = Tensor(shape: [1, 4], elements: [1, -2, 3, 0.5])
    var settings = ["fill": "zero"]
    if id == "lime" { settings["penalty"] = "0" }
    let found = try Network.explanation(id, settings, of: model, input)
    expectClose(
      found.map, Tensor(shape: [4], elements: [1, 4, 1.5, 1.5]), absolute: 1e-5, relative: 0)
  }

  /// A network whose scores are sums of the input, so that everything is known.
  @Test func `of a linear network each method finds the weights`() throws {
    let weights: [Float] = [0.5, -1, 2, 0, 0.25, -0.75, 1, 3, -2, 0.1, 0, 1.5]
    let model = try Network.linear(weights)
    var generator = SeededGenerator(seed: 3)
    let input = Tensor.random([1, 12], using: &generator)
    let products = zip(weights, input.elements).map { Double($0 * $1) }
    let pairs = (0..<12).map { place -> Double in
      let first = place / 2 * 2
      return (products[first] + products[first + 1]) / 2
    }
    let cases: [(id: String, settings: [String: String], expected: [Double])] = [
      ("occlusion", ["patch": "1", "stride": "1"], products),
      ("kernel-shap", ["cells": "6", "fill": "zero", "masks": "20"], pairs),
      ("kernel-shap", ["cells": "12", "fill": "zero", "masks": "100"], products),
      ("lime", ["cells": "6", "fill": "zero", "penalty": "0", "masks": "40"], pairs),
      ("lime", ["cells": "12", "fill": "zero", "penalty": "0", "masks": "100"], products),
    ]
    for (id, settings, expected) in cases {
      let found = try Network.explanation(id, settings, of: model, input)
      expectClose(found.map.elements.map(Double.init), expected, absolute: 1e-5, id)
      if id != "occlusion" { #expect(abs((found.sampling?.fit ?? 0) - 1) < 1e-6) }
    }
  }

  @Test func `what is written tells how many masks there were and how far chance goes`() throws {
    let model = try Network.model()
    let found = try Network.explanation(
      "rise", ["masks": "300"], of: model, Network.input([6, 8]))
    let errors = try #require(found.standardErrors)
    #expect(errors.shape == found.map.shape && errors.elements.allSatisfy { $0 > 0 })
    #expect(found.sampling?.maskCount == 300 && found.sampling?.fit == nil)
    let archive = try NPZArchive(found.archive(input: Network.input([6, 8])))
    #expect(try archive["standard_errors"] == errors)
    let plan = try ExplanationPlan(model, methods: [ChosenMethod("lime")])
    #expect(plan.costs == ["lime runs the network on 1000 masked inputs for each input"])
  }

  @Test func `settings that make no sense are refused`() throws {
    let wrong = [
      ("rise", ["masks": "0"]), ("rise", ["share": "1"]), ("occlusion", ["patch": "0"]),
      ("occlusion", ["stride": "wide"]), ("lime", ["width": "0"]),
    ]
    for (method, settings) in wrong {
      #expect(throws: ExplanationError.self) { try ChosenMethod(method, settings: settings) }
    }
    let auto = try ChosenMethod("occlusion", settings: ["patch": "auto"])
    #expect(auto.settings.texts["patch"] == "auto")
  }
}
