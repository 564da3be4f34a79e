import Catalogs
import Explanations
import Foundation
import Synchronization
import TensorCore
import TestSupport
import Testing

@testable import Workflows

/// What is explained, and how, where nobody says.
struct UsualMethodTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func network(_ known: [String: Any]) throws -> ModelSettings {
    let url = URL(fileURLWithPath: folder.path("tiny.onnx"))
    try TinyNetwork.writeSpectra(to: url, known: known)
    return ModelSettings(path: url.path)
  }

  private func request(_ known: [String: Any]) throws -> (ExplanationRequest, Model) {
    var request = ExplanationRequest(model: try network(known), methods: [])
    request.choosesMethod = true
    let model = try request.model.load()
    return (try request.choosing(for: model), model)
  }

  @Test func `spectra are compared with a straight line where nothing is known`() throws {
    let (request, model) = try request([:])
    let plan = try request.plan(for: model)
    #expect(plan.methods.map(\.method.id) == ["integrated-gradients"])
    #expect(plan.targets == [.contrasted(.ranked(0))])
    #expect(plan.baselines.count == 1 && plan.baselines[0].contains("straight line"))
    #expect(plan.baselines[0].contains("--background"))
  }

  @Test func `the file of a network says how its evidence is taken`() throws {
    let means = [Array(repeating: 1.0, count: 20), Array(repeating: -1.0, count: 20)]
    let evidence: [String: Any] = [
      "method": "deep-lift", "target": "top-vs-others", "class_means": means,
      "bands": ["threshold": 0.25, "least_points": 2, "bridged_points": 2],
    ]
    let (request, model) = try request(["evidence": evidence])
    #expect(model.information.evidence?.bands?.leastPointCount == 2)
    let plan = try request.plan(for: model)
    #expect(plan.methods.map(\.method.id) == ["deep-lift"])
    #expect(plan.baselines == ["deep-lift compares each input with the mean of the other classes"])
    // The scores are the means of the positive and of the negative part.
    let input = Tensor(shape: [1, 20], repeating: 3)
    let found = try Explainer(model, plan).explain([input])[0].explanations[0]
    #expect(found.targetTitle == "up over the others")
    // 3 − 0 for the input, 0 − 1 for the baseline: a difference of 4 over 20 points.
    expectClose(found.map, Tensor(shape: [20], repeating: 0.2), absolute: 1e-6, relative: 0)
    // Whatever is exported says the same.
    let again = try JSONDecoder().decode(
      ModelInformation.self, from: Data(model.information.json.utf8))
    #expect(again.evidence == model.information.evidence)
  }

  @Test func `a background is the mean of the inputs in files`() throws {
    let (chosen, model) = try request([:])
    var request = chosen
    let rows = (0..<2).map { row in (0..<20).map { "\(row * 2 + $0 % 2)" }.joined(separator: ",") }
    let head = (0..<20).map { "\($0)" }.joined(separator: ",")
    request.background = [
      try folder.write(([head] + rows).joined(separator: "\n"), to: "background.csv")
    ]
    let plan = try request.plan(for: model)
    let mean = try #require(plan.background.mean)
    #expect(mean.elements == (0..<20).map { 1 + Float($0 % 2) })
    #expect(plan.background.samples.isEmpty)
    request.methods = [try ChosenMethod("gradient-shap")]
    let drawn = try request.plan(for: model).background
    #expect(drawn.mean == mean && drawn.samples.count == 2)
    let both = zip(drawn.samples[0].elements, drawn.samples[1].elements).map { ($0 + $1) / 2 }
    #expect(both == mean.elements)
    request.background = [folder.path("missing.csv")]
    #expect {
      try request.plan(for: model)
    } throws: { "\($0)".contains("missing.csv") }
  }

  @Test func `exports take one pass where the evidence takes many, and say so`() throws {
    let notes = Mutex<[String]>([])
    var request = ExplanationRequest(model: try network([:]), methods: [])
    request.choosesMethod = true
    request.usualSettings = ["baseline": "zero"]
    let model = try request.model.load()
    let reporter = WorkflowReporter(note: { note in notes.withLock { $0.append(note) } })
    let chosen = try request.fitted(to: model, reporter).inOnePass(reporter)
    #expect(chosen.methods.map(\.method.id) == ["deep-lift"])
    #expect(chosen.methods[0].settings.texts["baseline"] == "zero")
    #expect(notes.withLock { $0 }.contains { $0.contains("deep-lift") })
    // What is named is refused rather than exchanged.
    request.choosesMethod = false
    request.methods = [try ChosenMethod("integrated-gradients")]
    #expect {
      try ExportWorkflow(request, output: folder.path("e.onnx")).run()
    } throws: { "\($0)".contains("many times") }
    request.methods = [try ChosenMethod("smooth-grad")]
    #expect {
      try ExportWorkflow(request, output: folder.path("e.onnx")).run()
    } throws: { "\($0)".contains("changed inputs") }
  }

  @Test func `an export by default is the evidence of a study in one pass`() throws {
    let means = [Array(repeating: 1.0, count: 20), Array(repeating: -1.0, count: 20)]
    let known: [String: Any] = [
      "evidence": [
        "method": "integrated-gradients", "target": "top-vs-others", "class_means": means,
      ]
    ]
    var request = ExplanationRequest(model: try network(known), methods: [])
    request.choosesMethod = true
    let file = folder.path("evidence.onnx")
    let result = try ExportWorkflow(request, output: file).run()
    #expect(result.outputs.map(\.name).contains("map"))
    let exported = try ModelSettings(path: file).load()
    let input = Tensor(shape: [1, 20], repeating: 3)
    let scores = try Predictor(exported).scores([input])[0]
    #expect(scores.count >= 2)
  }

  @Test func `comparisons of spectra begin with the evidence of the network`() throws {
    var request = ExplanationRequest(model: try network([:]), methods: [])
    request.choosesMethod = true
    let model = try request.model.load()
    let chosen = try request.choosing(
      for: model, beside: ["1d-grad-cam", "relevance-map"], else: ["grad-cam"])
    #expect(
      chosen.methods.map(\.method.id) == ["integrated-gradients", "1d-grad-cam", "relevance-map"])
    // All are of one target.
    #expect(try chosen.plan(for: model).targets == [.contrasted(.ranked(0))])
    request.usualSettings = ["nothing": "1"]
    #expect {
      try request.choosing(for: model, beside: ["1d-grad-cam"], else: ["grad-cam"])
    } throws: { "\($0)".contains("--set nothing") }
  }
}
