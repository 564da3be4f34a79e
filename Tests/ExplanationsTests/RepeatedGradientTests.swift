import Catalogs
import Explanations
import Foundation
import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// Methods that run a graph on changed inputs and accumulate what it gives.
struct RepeatedGradientTests {
  static let methods = MethodCatalog.entries.filter {
    if case .repeats = $0.procedure { true } else { false }
  }.map(\.id)

  private func maps(
    _ methods: [(String, [String: String])], _ model: Model, _ inputs: [Tensor],
    batch: Int? = nil, layers: [String] = [], background: Background? = nil
  ) throws -> [[Tensor]] {
    let plan = try ExplanationPlan(
      model, methods: methods.map { try ChosenMethod($0, settings: $1) }, layers: layers,
      targets: [.output(1)], background: background)
    return try Explainer(model, plan, batch: batch).explain(inputs).map {
      $0.explanations.map(\.map)
    }
  }

  private func expectSame(
    _ one: Tensor, _ other: Tensor, _ tolerance: Double = 1e-6, _ comment: String = ""
  ) {
    let largest = Double(other.elements.map(abs).max() ?? 0)
    expectClose(one, other, absolute: tolerance * largest, relative: 0, comment)
  }

  @Test func `without noise they are functions of the plain gradient`() throws {
    let model = try BaselineNetwork.model()
    let inputs = BaselineNetwork.inputs(3)
    let still = ["noise": "0", "samples": "3"]
    for found in try maps(
      [("gradient", [:]), ("smooth-grad", still), ("square-grad", still), ("var-grad", still)],
      model, inputs)
    {
      #expect(found[1] == found[0])
      expectSame(found[2], found[0].map { $0 * $0 })
      #expect(found[3].elements.allSatisfy { $0 == 0 })
      #expect(found[0].elements.contains { $0 != 0 })
    }
  }

  @Test func `the mean square is the square of the mean and the variance`() throws {
    let model = try BaselineNetwork.model()
    for found in try maps(
      [("smooth-grad", [:]), ("square-grad", [:]), ("var-grad", [:])], model,
      BaselineNetwork.inputs(3))
    {
      let sum = zip(found[0].elements, found[2].elements).map { $0 * $0 + $1 }
      expectSame(found[1], Tensor(shape: found[1].shape, elements: sum))
      #expect(found[2].elements.contains { $0 > 0 })
    }
  }

  @Test func `of a linear network the gradient does not vary`() throws {
    let model = try BaselineNetwork.model(isLinear: true)
    let input = BaselineNetwork.inputs(1)
    let found = try maps(
      [("gradient", [:]), ("smooth-grad", [:]), ("var-grad", [:])], model, input)[0]
    expectSame(found[1], found[0])
    let largest = found[0].elements.map(abs).max() ?? 0
    #expect(found[2].elements.allSatisfy { $0 <= 1e-12 * largest * largest })
  }

  @Test(arguments: methods)
  func `a spectrum is a picture of height 1`(method: String) throws {
    let settings = method == "gradient-shap" ? ["baseline": "line"] : [:]
    let line = try maps([(method, settings)], BaselineNetwork.model(), BaselineNetwork.inputs(2))
    let picture = try maps(
      [(method, settings)], BaselineNetwork.model([1, 14]), BaselineNetwork.inputs(2, [1, 14]))
    for (one, other) in zip(line, picture) {
      #expect(other[0].shape == [1, 14] && other[0].elements.contains { $0 != 0 })
      expectSame(other[0].reshaped(to: [14]), one[0], 1e-5)
    }
  }

  @Test(arguments: methods)
  func `maps do not depend on what else is explained`(method: String) throws {
    let model = try BaselineNetwork.model()
    let inputs = BaselineNetwork.inputs(5)
    let together = try maps([(method, [:])], model, inputs, batch: 4)
    let apart = try inputs.map { try maps([(method, [:])], model, [$0], batch: 1)[0] }
    let others = ["smooth-grad", "integrated-gradients", "grad-cam", "smooth-grad-cam-pp"]
    let beside = try maps(
      [("gradient", [:])] + others.filter { $0 != method }.map { ($0, [:]) } + [(method, [:])],
      model, inputs, batch: 16)
    for (index, map) in together.enumerated() {
      expectSame(map[0], apart[index][0], 1e-5, method)
      expectSame(beside[index].last ?? map[0], apart[index][0], 1e-5, method)
      // Equal inputs have equal noise.
      #expect(index == 0 || map[0] != together[0][0])
    }
    let again = try maps([(method, [:])], model, [inputs[0], inputs[0]])
    expectSame(again[0][0], again[1][0], 1e-5, method)
  }

  @Test(arguments: methods.filter { !$0.contains("grad-cam") })
  func `other seeds draw other numbers, the same seed the same`(method: String) throws {
    let model = try BaselineNetwork.model()
    let found = try maps(
      [(method, [:]), (method, ["seed": "1"]), (method, ["seed": "0"])], model,
      BaselineNetwork.inputs(1))[0]
    #expect(found[0] == found[2] && found[0] != found[1])
  }

  @Test func `layers and targets of one plan are as each alone`() throws {
    let model = try GradientNetwork.model()
    let method = try ChosenMethod("smooth-grad-cam-pp")
    let layers = model.layers.filter(\.isMappable).map(\.name)
    let targets: [Target] = [.output(0), .output(2)]
    var plan = try ExplanationPlan(model, methods: [method], layers: layers, targets: targets)
    plan.keepsChannelWeights = true
    let found = try Explainer(model, plan).explain([GradientNetwork.input])[0].explanations
    #expect(found.count == layers.count * 2 && layers.count > 2)
    for (index, explanation) in found.enumerated() {
      var alone = try ExplanationPlan(
        model, methods: [method], layers: [layers[index % layers.count]],
        targets: [targets[index / layers.count]])
      alone.keepsChannelWeights = true
      let other = try Explainer(model, alone).explain([GradientNetwork.input])[0].explanations[0]
      expectSame(explanation.map, other.map, 1e-5, explanation.layer?.name ?? "")
      expectSame(explanation.aligned, other.aligned, 1e-5)
      expectClose(
        try #require(explanation.channelWeights).map(Double.init),
        try #require(other.channelWeights).map(Double.init), absolute: 1e-6, relative: 1e-5)
    }
  }

  @Test func `networks of a fixed number of samples are filled up`() throws {
    let model = try TinyNetwork.pictureModel()
    #expect(model.fixedBatch == 1)
    var generator = SeededGenerator(seed: 5)
    let inputs = (0..<2).map { _ in Tensor.random([3, 16, 16], using: &generator, 0.5...1) }
    let settings = ["noise": "5", "samples": "3", "channels": "sum"]
    for found in try maps([("smooth-grad", settings)], model, inputs, batch: 4) {
      let expected = Tensor(shape: [16, 16], repeating: 1 / 256)
      expectClose(found[0], expected, absolute: 1e-8, relative: 1e-6)
    }
  }

  @Test func `of several inputs only the one that the map lies on is changed`() throws {
    let model = try Model(name: "two") { samples in
      let builder = GraphBuilder()
      let (x, y) = (
        builder.input("x", shape: [samples, 1, 6]), builder.input("y", shape: [samples, 1, 6])
      )
      builder.output("scores", (x * y).sum(over: .positions).reshaped(to: [samples, 1]))
      return try builder.finish()
    }
    let (x, y) = (
      Tensor(shape: [1, 6], elements: [1, 2, 3, 4, 5, 6]), BaselineNetwork.inputs(1)[0]
    )
    let short = Tensor(shape: [1, 6], elements: Array(y.elements.prefix(6)))
    let plan = try ExplanationPlan(model, methods: [ChosenMethod("smooth-grad")])
    let found = try Explainer(model, plan).explain([["x": x, "y": short]])[0].explanations
    #expect(found.map(\.input.name) == ["x", "y"])
    for (explanation, other) in zip(found, [short, x]) {
      expectClose(explanation.map, other.reshaped(to: [6]), absolute: 1e-6, relative: 1e-6)
    }
  }

  @Test func `progress comes to the number of inputs and never falls`() throws {
    let model = try BaselineNetwork.model()
    let plan = try ExplanationPlan(
      model,
      methods: ["smooth-grad", "grad-cam", "integrated-gradients", "gradient-shap"].map {
        try ChosenMethod($0)
      })
    var told: [Double] = []
    _ = try Explainer(model, plan, batch: 2).explain(BaselineNetwork.inputs(4)) { told.append($0) }
    #expect(told.last == 4 && told == told.sorted() && told.count > 6)
    #expect(told.allSatisfy { $0 <= 4 } && told.contains { $0 > 0 && $0 < 2 })
  }
}

// Expected gradients and Integrated Grad-CAM.
extension RepeatedGradientTests {
  @Test func `expected gradients of a linear network add up to what was drawn`() throws {
    let model = try BaselineNetwork.model(isLinear: true)
    let inputs = BaselineNetwork.inputs(3)
    let exact = try maps(
      [
        ("integrated-gradients", ["baseline": "zero"]),
        ("expected-gradients", ["baseline": "zero"]),
      ],
      model, inputs)
    for pair in exact { expectSame(pair[1], pair[0], 1e-5) }
  }

  @Test func `they add up to the difference from the background on average`() throws {
    let model = try BaselineNetwork.model()
    var background = Background()
    background.samples = BaselineNetwork.inputs(4, seed: 21)
    let inputs = BaselineNetwork.inputs(2)
    let scores = try Predictor(model).scores(inputs + background.samples).map { Double($0[1]) }
    let mean = scores.dropFirst(2).reduce(0, +) / 4
    // The sums of 40 runs of other seeds tell how exact their mean is.
    let sums = try (0..<40).map { seed in
      try maps(
        [("gradient-shap", ["samples": "40", "seed": "\(seed)"])], model, inputs,
        background: background
      ).map { $0[0].elements.reduce(0) { $0 + Double($1) } }
    }
    for (index, score) in scores.prefix(2).enumerated() {
      let own = sums.map { $0[index] }
      let average = own.reduce(0, +) / 40
      let variance = own.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 39
      let error = (variance / 40).squareRoot()
      #expect(abs(average - (score - mean)) < 4 * error)
      #expect(error > 0 && error < 0.2 * abs(score - mean), "\(error) \(score - mean)")
    }
  }

  @Test func `what is drawn is what is said`() throws {
    let model = try BaselineNetwork.model()
    var background = Background()
    background.samples = BaselineNetwork.inputs(4, seed: 21)
    background.mean = BaselineNetwork.inputs(1, seed: 22)[0]
    let titles = try ["auto", "samples", "baseline"].map { draw in
      let chosen = try ChosenMethod("gradient-shap", settings: ["draw": draw])
      let plan = try ExplanationPlan(model, methods: [chosen], background: background)
      return plan.baselines.first ?? ""
    }
    #expect(titles[0] == titles[1] && titles[0].contains("inputs of the background"))
    #expect(titles[2].contains("the mean of the background"))
    #expect {
      try ExplanationPlan(
        model, methods: [ChosenMethod("gradient-shap", settings: ["draw": "samples"])])
    } throws: { "\($0)".contains("--background") }
  }

  @Test func `noise of expected gradients counts in the difference`() throws {
    // Of a linear network the map is the gradient times the mean difference, noise included.
    let model = try BaselineNetwork.model(isLinear: true)
    let input = BaselineNetwork.inputs(1)
    let found = try maps(
      [
        ("gradient", [:]),
        ("gradient-shap", ["baseline": "zero", "noise": "20", "samples": "400"]),
      ], model, input)[0]
    let range = (input[0].elements.max() ?? 0) - (input[0].elements.min() ?? 0)
    for (index, gradient) in found[0].elements.enumerated() {
      let shift = found[1].elements[index] / gradient - input[0].elements[index]
      #expect(abs(shift) < 5 * 0.2 * range / 20 && shift != 0)
    }
  }

  /// `1/T Σ_t ReLU(Σ_k ḡ_k(x_t) (A_k(x_t) − A_k(x_0)))` in double precision.
  @Test(arguments: [1, 5])
  func `Integrated Grad-CAM is that of the definition`(steps: Int) throws {
    let model = try BaselineNetwork.model()
    let layer = try #require(model.defaultLayer)
    let input = BaselineNetwork.inputs(1)[0]
    let found = try maps(
      [("integrated-grad-cam", ["steps": "\(steps)", "baseline": "line"])], model, [input],
      layers: [layer.name])[0][0]
    let x = input.elements.map(Double.init)
    let line = (0..<14).map { x[0] + (x[13] - x[0]) * Double($0) / 13 }
    let start = try activationAndGradient(line, layer).activation
    var expected = [Double](repeating: 0, count: 14)
    for step in 1...steps {
      let share = Double(step) / Double(steps)
      let (activation, gradient) = try activationAndGradient(
        zip(line, x).map { $0 + share * ($1 - $0) }, layer)
      for place in 0..<14 {
        let sum = (0..<activation.count / 14).reduce(0.0) { sum, channel in
          let weight = gradient[channel * 14..<channel * 14 + 14].reduce(0, +) / 14
          let index = channel * 14 + place
          return sum + weight * (activation[index] - start[index])
        }
        expected[place] += max(sum, 0) / Double(steps)
      }
    }
    expectClose(found.elements.map(Double.init), expected, absolute: 1e-5)
    #expect(expected.contains { $0 > 0.01 })
  }

  private func activationAndGradient(
    _ input: [Double], _ layer: Layer
  ) throws -> (activation: [Double], gradient: [Double]) {
    let model = try BaselineNetwork.model()
    #expect(model.defaultLayer == layer)
    let builder = GraphBuilder(try BaselineNetwork.graph([14], samples: 1))
    let scores = builder.value(builder.graph.outputs[0].value)
    // The last value of three channels and 14 positions.
    let place = try #require(
      builder.graph.nodes.lastIndex { $0.shape == [1, 3, 14] }.map { builder.value(ValueID($0)) })
    let seed = Seed(scores, weights: builder.constant(Tensor(shape: [1, 3], elements: [0, 1, 0])))
    builder.output("gradient", try builder.gradients(of: [seed], withRespectTo: [place])[0])
    builder.output("activation", place)
    let found = try preciseReferenceOutputs(
      of: builder.finish(),
      inputs: ["spectra": ReferenceTensor(shape: [1, 1, 14], elements: input)])
    return (
      try #require(found["activation"]).elements, try #require(found["gradient"]).elements
    )
  }
}
