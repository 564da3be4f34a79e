import Catalogs
import Foundation
import GraphIR
import TensorCore
import TestSupport
import Testing

@testable import Explanations

struct StageCAMTests {
  @Test(
    .needsShared("data"),
    arguments: [
      ("cifar10-resnet20", [:]),
      ("cifar10-resnet20", ["base": "layer-cam", "strength": "0.7", "finer": "first"]),
      ("cifar10-resnet20", ["finer": "middle", "blur": "0", "contrast": "plain"]),
      ("ftirnet", ["blur": "0.02", "finer": "two"]),
    ])
  func `the map is that of the last stage times the relevance of finer ones`(
    network: String, settings: [String: String]
  ) throws {
    let model = try ExplainerTests.model(network)
    let inputs = try ExplainerTests.inputs(network)
    let base = settings["base"] ?? "grad-cam"
    var own = settings
    own["contrast"] = settings["contrast"] ?? "balanced"
    let relevance = try ChosenMethod("relevance-map", settings: own.filter { $0.key == "contrast" })
    let joined = try Explainer(
      model, ExplanationPlan(model, methods: [ChosenMethod("stage-cam", settings: settings)]))
    let parts = try Explainer(
      model,
      ExplanationPlan(model, methods: [ChosenMethod(base), relevance], layers: ["stages"]))
    let found = try joined.explain(Array(inputs.prefix(2)))
    for (sample, pieces) in zip(found, try parts.explain(Array(inputs.prefix(2)))) {
      let map = sample.explanations[0].map
      let expected = Self.literal(pieces.explanations, base, own, map.shape.extents)
      expectClose(
        map.elements.map { Double($0) }, expected,
        absolute: 1e-4 * (expected.max() ?? 1), network)
    }
  }

  @Test func `a network of one stage has the map of that stage`() throws {
    let model = try TinyNetwork.pictureModel()
    var generator = SeededGenerator(seed: 3)
    let input = Tensor.random([3, 16, 16], using: &generator)
    let methods = [try ChosenMethod("stage-cam"), try ChosenMethod("grad-cam")]
    let found = try Explainer(model, ExplanationPlan(model, methods: methods))
      .explain([input])[0].explanations
    let largest = try #require(found[1].map.elements.max())
    #expect(largest > 0)
    expectClose(
      found[0].map.elements.map { Double($0) },
      found[1].map.elements.map { Double($0 / largest) }, absolute: 1e-5)
  }

  @Test(
    arguments: [([9, 14], 1.3), ([1, 30], 4), ([40], 2.5), ([5, 5], 0)] as [([Int], Double)])
  func `a blur is a mean of what is there under a Gaussian`(
    positions: [Int], deviation: Double
  ) throws {
    var generator = SeededGenerator(seed: 5)
    let builder = GraphBuilder()
    let input = Tensor.random(Shape([2, 1] + positions), using: &generator)
    let x = builder.input("x", shape: input.shape)
    builder.output("blurred", x.blurred(deviation))
    let found = try #require(
      referenceOutputs(of: builder.finish(), inputs: ["x": input])["blurred"])
    let count = positions.reduce(1, *)
    for sample in 0..<2 {
      let range = sample * count..<(sample + 1) * count
      expectClose(
        found.elements[range].map { Double($0) },
        Self.blurred(input.elements[range].map { Double($0) }, positions, deviation),
        absolute: 1e-5)
    }
  }

  /// The formula of the method, from maps of all stages that are aligned one by one.
  private static func literal(
    _ pieces: [Explanation], _ base: String, _ settings: [String: String], _ positions: [Int]
  ) -> [Double] {
    let ends = pieces.filter { $0.method.method.id == base }
    let finer = pieces.filter { $0.method.method.id == "relevance-map" }.dropLast()
    let chosen: [Explanation] =
      switch settings["finer"] {
      case "first": [finer[0]]
      case "middle": [finer[finer.count / 2]]
      case "two": [finer[0], finer[finer.count / 2]]
      default: Array(finer)
      }
    var evidence = [Double](repeating: 0, count: positions.reduce(1, *))
    for piece in chosen {
      let sum = piece.map.elements.reduce(0.0) { $0 + Double($1) }
      let aligned = piece.map(alignedTo: positions, .receptiveField).elements
      for index in evidence.indices { evidence[index] += Double(aligned[index]) / sum }
    }
    let shortest = positions.filter { $0 > 1 }.min() ?? 1
    let blur = Double(settings["blur"] ?? "0.036") ?? 0
    evidence = blurred(evidence, positions, blur * Double(shortest))
    let reach = ends[ends.count - 1].map(alignedTo: positions, .receptiveField).elements
    let (highest, most) = (Double(reach.max() ?? 1), evidence.max() ?? 1)
    let strength = Double(settings["strength"] ?? "2") ?? 0
    return reach.indices.map {
      Double(reach[$0]) / highest * (1 + strength * evidence[$0] / most)
    }
  }

  /// One position after another, in double precision.
  private static func blurred(
    _ values: [Double], _ positions: [Int], _ deviation: Double
  ) -> [Double] {
    guard deviation > 0 else { return values }
    var (result, inner) = (values, 1)
    for extent in positions.reversed() {
      let before = result
      for index in result.indices {
        let place = index / inner % extent
        var (sum, weights) = (0.0, 0.0)
        for other in 0..<extent where Double(abs(other - place)) <= (3 * deviation).rounded(.up) {
          let weight = exp(-pow(Double(other - place) / deviation, 2) / 2)
          sum += weight * before[index + (other - place) * inner]
          weights += weight
        }
        result[index] = sum / weights
      }
      inner *= extent
    }
    return result
  }
}
