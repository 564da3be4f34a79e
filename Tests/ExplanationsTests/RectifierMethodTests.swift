import Explanations
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

/// Methods that change gradients at rectifiers.
struct RectifierMethodTests {
  static let methods = ["deconvnet", "guided-backpropagation", "guided-grad-cam"]

  private func explanations(
    _ methods: [String], _ model: Model, _ inputs: [Tensor], form: ScoreForm = .logit,
    _ upsampling: Upsampling = .receptiveField
  ) throws -> [[Explanation]] {
    let plan = try ExplanationPlan(
      model,
      methods: methods.map { id in
        try ChosenMethod(id, settings: id == "grad-cam" ? [:] : ["channels": "sum"])
      }, layers: methods.contains { $0.hasSuffix("cam") } ? ["kept"] : [], targets: [.output(2)],
      form: form, upsampling: upsampling)
    return try Explainer(model, plan).explain(inputs).map(\.explanations)
  }

  @Test(arguments: [Upsampling.receptiveField, .halfPixel])
  func `guided Grad-CAM is the product of both at the input`(upsampling: Upsampling) throws {
    let found = try explanations(
      ["guided-grad-cam", "guided-backpropagation", "grad-cam"], GradientNetwork.model(),
      [GradientNetwork.input], upsampling)[0]
    let product = zip(found[1].map.elements, found[2].aligned.elements).map { $0 * $1 }
    #expect(found[0].map.shape == [4, 4] && found[0].map == found[0].aligned)
    #expect(found[0].map(alignedTo: [4, 4], upsampling) == found[0].map)
    expectClose(
      found[0].map, Tensor(shape: [4, 4], elements: product), absolute: 1e-7, relative: 1e-6)
    #expect(product.contains { $0 != 0 })
  }

  @Test func `what a deconvnet shows depends on the input only through other operations`() throws {
    let other = GradientNetwork.background[1]
    let found = try explanations(
      ["deconvnet", "guided-backpropagation"], GradientNetwork.model(),
      [GradientNetwork.input, other])
    #expect(found[0][0].map == found[1][0].map)
    #expect(found[0][1].map != found[1][1].map)
  }

  /// Two layers of positive weights, of positive inputs: rectifiers change nothing.
  @Test(arguments: ["deconvnet", "guided-backpropagation"], [0 as Float, 0.5])
  func `where all is positive they are the gradient`(method: String, bias: Float) throws {
    let model = try Model(name: "positive") { samples in
      var generator = SeededGenerator(seed: 3)
      let builder = GraphBuilder()
      let constant = { (shape: Shape) in
        builder.constant(Tensor.random(shape, using: &generator, 0.1...1))
      }
      let x = builder.input("x", shape: [samples, 1, 6])
      let hidden = (x.reshaped(to: [samples, 6]).product(constant([6, 5])) + bias).rectified
      builder.output("scores", (hidden.product(constant([5, 3])) + bias).rectified)
      return try builder.finish()
    }
    var generator = SeededGenerator(seed: 4)
    let input = Tensor.random([1, 6], using: &generator, 0.1...1)
    for form in [ScoreForm.logit] {
      let found = try explanations([method, "gradient"], model, [input], form: form)[0]
      #expect(found[0].map == found[1].map && found[0].map.elements.allSatisfy { $0 > 0 })
    }
  }

  @Test(arguments: methods)
  func `networks without rectifiers are refused`(method: String) throws {
    let plan = try ExplanationPlan(
      BaselineNetwork.model(isLinear: true), methods: [ChosenMethod(method)])
    #expect {
      try Explainer(BaselineNetwork.model(isLinear: true), plan).explain(BaselineNetwork.inputs(1))
    } throws: { "\($0)".contains("no rectifier") }
  }

  @Test func `other activations are told of`() throws {
    let model = try Model(name: "mixed") { samples in
      let builder = GraphBuilder()
      let x = builder.input("x", shape: [samples, 2, 6]).rectified
      let leaky = x.rectified + 0.1 * (x - 1).negative
      let smooth = (leaky - 0.5) * (leaky - 0.5).logistic
      builder.output("scores", smooth.mean(over: .positions).reshaped(to: [samples, 2]))
      return try builder.finish()
    }
    let plan = { (method: String) in
      try ExplanationPlan(model, methods: [ChosenMethod(method)])
    }
    let note = try #require(try plan("deconvnet").rectifierNote(on: model))
    #expect(note.contains("deconvnet") && note.contains("leaky or smooth"))
    #expect(try plan("gradient").rectifierNote(on: model) == nil)
    let plain = try GradientNetwork.model()
    let other = try ExplanationPlan(plain, methods: [ChosenMethod("deconvnet")])
    #expect(other.rectifierNote(on: plain) == nil)
  }
}
