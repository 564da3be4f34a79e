import Explanations
import Foundation
import GraphIR
import GraphRewriting
import TensorCore
import TestSupport
import Testing

/// Attributions from a baseline to the input.
struct IntegratedGradientsTests {
  private func explanations(
    _ method: String, _ settings: [String: String], _ target: String, _ model: Model,
    _ inputs: [Tensor], background: Background? = nil
  ) throws -> [Explanation] {
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod(method, settings: settings)],
      targets: [Target(target, model: model)], background: background)
    return try Explainer(model, plan).explain(inputs).map { $0.explanations[0] }
  }

  /// The midpoint rule in double precision, gradient by gradient.
  private func literal(
    _ input: Tensor, _ baseline: [Double], weights: [Float], steps: Int
  ) throws -> [Double] {
    let builder = GraphBuilder(try BaselineNetwork.graph([14], samples: 1))
    let scores = builder.value(builder.graph.outputs[0].value)
    let input0 = builder.value(builder.graph.inputs[0].value)
    let seed = builder.constant(Tensor(shape: [1, 3], elements: weights))
    builder.output(
      "gradient",
      try builder.gradients(of: [Seed(scores, weights: seed)], withRespectTo: [input0])[0])
    let graph = try builder.finish()
    let x = input.elements.map(Double.init)
    var map = [Double](repeating: 0, count: x.count)
    for step in 0..<steps {
      let share = (Double(step) + 0.5) / Double(steps)
      let point = zip(x, baseline).map { $1 + share * ($0 - $1) }
      let found = try preciseReferenceOutputs(
        of: graph, inputs: ["spectra": ReferenceTensor(shape: [1, 1, 14], elements: point)])
      let gradient = try #require(found["gradient"]).elements
      let weight = 1 / Double(steps)
      for index in map.indices {
        map[index] += weight * gradient[index] * (x[index] - baseline[index])
      }
    }
    return map
  }

  @Test(arguments: ["b", "top", "a-vs-c", "c-vs-others", "top-vs-others"])
  func `maps are those of the definition`(target: String) throws {
    let model = try BaselineNetwork.model([14], BaselineNetwork.evidence)
    let inputs = BaselineNetwork.inputs(3)
    let found = try explanations(
      "integrated-gradients", ["steps": "6", "gap": "100"], target, model, inputs)
    let means = try #require(BaselineNetwork.evidence.classMeans)
    for (input, explanation) in zip(inputs, found) {
      let best = Target.ranking(explanation.scores)[0]
      let (weights, others): ([Float], [Int]) =
        switch target {
        case "b": ([0, 1, 0], [0, 2])
        case "top": ((0..<3).map { $0 == best ? 1 : 0 }, (0..<3).filter { $0 != best })
        case "a-vs-c": ([1, 0, -1], [2])
        case "c-vs-others": ([-0.5, -0.5, 1], [0, 1])
        default: ((0..<3).map { $0 == best ? 1 : -0.5 }, (0..<3).filter { $0 != best })
        }
      let baseline = (0..<14).map { point in
        others.reduce(0.0) { $0 + Double(means[$1][point]) } / Double(others.count)
      }
      let expected = try literal(input, baseline, weights: weights, steps: 6)
      expectClose(
        explanation.map.elements.map(Double.init), expected, absolute: 2e-5, relative: 1e-5)
      #expect(explanation.map == explanation.aligned)
      #expect(explanation.completeness?.stepCount == 6)
    }
  }

  @Test func `steps are tripled until the map adds up to the difference of the scores`() throws {
    let model = try BaselineNetwork.model([14], BaselineNetwork.evidence)
    let inputs = BaselineNetwork.inputs(40)
    let found = try explanations(
      "integrated-gradients", ["steps": "2", "gap": "3"], "top-vs-others", model, inputs)
    for explanation in found {
      let completeness = try #require(explanation.completeness)
      #expect(completeness.gap <= 0.03)
      let sum = explanation.map.elements.reduce(0) { $0 + Double($1) }
      #expect(abs(sum - completeness.sum) < 1e-4)
      #expect(completeness.baseline == "the mean of the other classes")
    }
    // Not all ways are equally bent.
    #expect(Set(found.compactMap { $0.completeness?.stepCount }).count > 1)
  }

  @Test func `of a linear network they are exact at once, as all others are`() throws {
    let model = try BaselineNetwork.model(isLinear: true, BaselineNetwork.evidence)
    let inputs = BaselineNetwork.inputs(4)
    let steps = try explanations(
      "integrated-gradients", ["steps": "2", "gap": "0.01"], "b-vs-others", model, inputs)
    for other in ["deep-lift", "input-x-gradient"] {
      let found = try explanations(other, ["baseline": "others"], "b-vs-others", model, inputs)
      for (one, other) in zip(steps, found) {
        #expect(one.completeness?.stepCount == 2)
        expectClose(one.map, other.map, absolute: 1e-4, relative: 1e-4)
      }
    }
  }

  @Test func `DeepLIFT adds up to the difference of the scores`() throws {
    let model = try BaselineNetwork.model([14], BaselineNetwork.evidence)
    let inputs = BaselineNetwork.inputs(6)
    for target in ["b", "a-vs-c", "top-vs-others"] {
      let exact = try explanations(
        "integrated-gradients", ["steps": "2", "gap": "100"], target, model, inputs)
      let found = try explanations("deep-lift", [:], target, model, inputs)
      for (one, other) in zip(exact, found) {
        let sum = other.map.elements.reduce(0) { $0 + Double($1) }
        let scale = other.map.elements.reduce(0) { $0 + Double(abs($1)) }
        #expect(abs(sum - (one.completeness?.difference ?? .nan)) < 1e-5 * scale)
      }
    }
  }

  @Test(arguments: ["integrated-gradients", "deep-lift", "input-x-gradient"], ["line", "zero"])
  func `a spectrum is a picture of height 1`(method: String, baseline: String) throws {
    let settings = ["baseline": baseline]
    let line = try explanations(
      method, settings, "a", BaselineNetwork.model(), BaselineNetwork.inputs(3))
    let picture = try explanations(
      method, settings, "a", BaselineNetwork.model([1, 14]), BaselineNetwork.inputs(3, [1, 14]))
    for (one, other) in zip(line, picture) {
      #expect(other.map.shape == [1, 14])
      expectClose(other.map.reshaped(to: [14]), one.map, absolute: 1e-5, relative: 1e-5)
    }
  }

  @Test func `backgrounds and fills stand in the place of the input`() throws {
    let model = try BaselineNetwork.model(isLinear: true)
    let input = BaselineNetwork.inputs(1)[0]
    var background = Background()
    background.mean = BaselineNetwork.inputs(1, seed: 99)[0]
    let x = input.elements
    let gradient = try explanations("gradient", [:], "a", model, [input])[0].map.elements
    let line = (0..<14).map { x[0] + (x[13] - x[0]) * Float($0) / 13 }
    for (choice, baseline, words) in [
      ("auto", background.mean?.elements, "the mean of the background"),
      ("mean", background.mean?.elements, "the mean of the background"),
      ("line", line, "a straight line between its ends"),
      ("zero", [Float](repeating: 0, count: 14), "zero"),
      ("black", [Float](repeating: 0, count: 14), "a black picture"),
    ] {
      let found = try explanations(
        "integrated-gradients", ["baseline": choice], "a", model, [input], background: background)[
          0]
      let other = try #require(baseline)
      let expected = (0..<14).map { gradient[$0] * (x[$0] - other[$0]) }
      expectClose(
        found.map, Tensor(shape: [14], elements: expected), absolute: 1e-4, relative: 1e-4, choice)
      #expect(found.completeness?.baseline == words)
    }
    // Without a background a spectrum is compared with a straight line.
    let alone = try explanations("integrated-gradients", [:], "a", model, [input])[0]
    #expect(alone.completeness?.baseline == "a straight line between its ends")
  }

  @Test func `what is not known is refused by name`() throws {
    let model = try BaselineNetwork.model()
    for (choice, text) in [("others", "baseline=line"), ("mean", "--background")] {
      let method = try ChosenMethod("integrated-gradients", settings: ["baseline": choice])
      #expect {
        try ExplanationPlan(model, methods: [method])
      } throws: { "\($0)".contains(text) }
    }
    #expect(throws: ExplanationError.self) { try Target("not a-vs-others", model: model) }
  }

  /// A network of a file, whose scores are the means of the channels.
  @Test func `a picture is compared with its blurred self`() throws {
    let model = try TinyNetwork.pictureModel()
    var generator = SeededGenerator(seed: 5)
    let input = Tensor.random([3, 16, 16], using: &generator, 0...1)
    let found = try explanations("integrated-gradients", [:], "green", model, [input])[0]
    #expect(found.completeness?.baseline == "the input blurred")
    #expect(found.completeness?.stepCount == 8)
    let zero = try explanations(
      "integrated-gradients", ["baseline": "zero"], "green", model, [input])[0]
    let expected = input.elements[256..<512].map { $0 / 256 }
    expectClose(
      zero.map, Tensor(shape: [16, 16], elements: expected), absolute: 1e-6, relative: 1e-5)
  }
}
