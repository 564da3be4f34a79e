import Explanations
import TensorCore
import TestSupport
import Testing

/// Gradient methods against those of captum and torch-cam.
struct GradientGoldenTests {
  static let cases: [(method: String, settings: [String: String])] = [
    ("guided-backpropagation", ["channels": "sum"]), ("deconvnet", ["channels": "sum"]),
    ("guided-grad-cam", ["channels": "sum"]),
    ("smooth-grad", ["samples": "5", "channels": "sum"]),
    ("square-grad", ["samples": "5", "channels": "sum"]),
    ("var-grad", ["samples": "5", "channels": "sum"]), ("gradient-shap", ["samples": "6"]),
  ]

  @Test(arguments: cases.indices)
  func `maps are those of other libraries`(index: Int) throws {
    let (method, settings) = Self.cases[index]
    let model = try GradientNetwork.model()
    var background = Background()
    background.samples = GradientNetwork.background
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod(method, settings: settings)], layers: ["kept"],
      targets: [.output(2)], upsampling: .halfPixel, background: background)
    let found = try Explainer(model, plan).explain([GradientNetwork.input])[0].explanations[0]
    let expected = try #require(GradientNetwork.golden[method])
    let largest = expected.map(abs).max() ?? 0
    expectClose(
      found.map.elements.map(Double.init), expected, absolute: 2e-6 * largest, "\(method)")
    #expect(largest > 0)
  }

  @Test(arguments: GradientNetwork.goldenWeights.keys.sorted())
  func `weights of Smooth Grad-CAM++ are those of other libraries`(form: String) throws {
    let model = try GradientNetwork.model()
    var plan = try ExplanationPlan(
      model,
      methods: [ChosenMethod("smooth-grad-cam-pp", settings: ["samples": "5", "form": form])],
      layers: ["kept"], targets: [.output(2)])
    plan.keepsChannelWeights = true
    let found = try Explainer(model, plan).explain([GradientNetwork.input])[0].explanations[0]
    let expected = try #require(GradientNetwork.goldenWeights[form])
    expectClose(
      try #require(found.channelWeights).map(Double.init), expected, absolute: 1e-6, form)
  }
}
