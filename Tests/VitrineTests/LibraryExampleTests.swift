import Foundation
import TestSupport
import Testing
import Vitrine

struct LibraryExampleTests {
  /// The example of the README, on files that are in the repository.
  @Test func `the example explains the cat`() throws {
    let examples = SharedData.packageRoot.appending(path: "Examples")
    let path = { (name: String) in examples.appending(path: name).path(percentEncoded: false) }

    let model = try Model(contentsOf: URL(filePath: path("models/efficientnet-lite0.onnx")))
    let preparation = ImagePreprocessing(
      width: 224, height: 224, shortSide: 256, interpolation: .bicubic, valueRange: .zeroTo255,
      mean: [127], scale: [128])
    let picture = try preparation.prepare(Picture(reading: path("pictures/chelsea.png")))
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod("grad-cam")], targets: [Target("tiger cat", model: model)])
    let explanation = try Explainer(model, plan).explain([picture.input])[0].explanations[0]

    #expect(explanation.aligned.shape == [224, 224])
    #expect(explanation.targetTitle == "tiger cat")
    #expect(!explanation.isEmpty)
    #expect(Target.ranking(explanation.scores)[0] == 282)
    #expect(explanation.input == model.inputs[0] && explanation.input.shape == [3, 224, 224])
  }
}
