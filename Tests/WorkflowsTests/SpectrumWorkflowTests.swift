import Explanations
import Foundation
import SpectralData
import Synchronization
import TensorCore
import TestSupport
import Testing
import Workflows

struct SpectrumWorkflowTests {
  private let folder: TemporaryFolder
  private let model: ModelSettings

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.path("tiny.onnx")
    try TinyNetwork.writeSpectra(to: URL(fileURLWithPath: path))
    model = ModelSettings(path: path)
  }

  /// A table of spectra at 1000, 1010… with the given values at every point.
  private func table(_ levels: [Float], points: Int = 20) throws -> String {
    let header = (0..<points).map { "\(1000 + 10 * $0)" }.joined(separator: ",")
    let rows = levels.map { level in
      (0..<points).map { _ in "\(level)" }.joined(separator: ",")
    }
    return try folder.write(([header] + rows).joined(separator: "\n") + "\n", to: "spectra.csv")
  }

  @Test func `each row is an input`() async throws {
    let result = try await PredictWorkflow(
      model: model, inputs: [table([2, -3])], top: 1, unit: .reciprocalCentimeter
    ).run()
    #expect(result.predictions.map(\.row) == [0, 1])
    #expect(result.predictions.map { $0.top[0].label } == ["up", "down"])
    #expect(result.predictions.map { $0.top[0].score } == [2, 3])
  }

  @Test(arguments: ["jdx", "npz", "csv"])
  func `every format gives the same predictions`(suffix: String) async throws {
    let data = try SpectrumFormatCatalog.read(
      table([2, -3]), SpectrumReadingSettings(unit: .reciprocalCentimeter))
    // The contents tell the format, not the name.
    let path = folder.path("spectra.unknown")
    try SpectrumFormatCatalog.write(data, to: folder.path("spectra." + suffix))
    try FileManager.default.moveItem(atPath: folder.path("spectra." + suffix), toPath: path)
    let result = try await PredictWorkflow(model: model, inputs: [path], top: 1).run()
    #expect(result.failures.isEmpty)
    #expect(result.predictions.map { $0.top[0].score } == [2, 3])
  }

  @Test func `settings of one method are told apart in notes`() async throws {
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: model, inputs: [try table([2, -3])],
        methods: try [
          ChosenMethod("rise", settings: ["masks": "40"]),
          ChosenMethod("rise", settings: ["masks": "70"]), ChosenMethod("lime"),
        ]))
    workflow.folder = folder.path("maps")
    workflow.request.unit = .reciprocalCentimeter
    let notes = Mutex<[String]>([])
    _ = try await workflow.run(
      WorkflowReporter(note: { note in notes.withLock { $0.append(note) } }))
    let told = notes.withLock { $0.filter { $0.contains("masks an input") } }
    #expect(
      told.map { $0.components(separatedBy: " took ")[0] }
        == ["lime", "rise masks=40", "rise masks=70"])
    #expect(told[1].contains("took 40 masks") && told[2].contains("took 70 masks"))
  }

  @Test func `maps of spectra are drawn as pictures and vector graphics`() async throws {
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: model, inputs: [try table([2, -3])], methods: [try ChosenMethod("grad-cam")]))
    workflow.folder = folder.path("maps")
    workflow.request.unit = .reciprocalCentimeter
    let result = try await workflow.run()
    #expect(result.failures.isEmpty)
    let names = folder.names(in: "maps")
    #expect(names.count == 8)
    let graphic = try String(
      contentsOfFile: folder.path("maps/spectra-1-grad-cam-kept-top1-down.svg"), encoding: .utf8)
    #expect(graphic.contains("Wavenumber (cm⁻¹)"))
    let archive = try NPZArchive(
      contentsOf: URL(fileURLWithPath: folder.path("maps/spectra-0-grad-cam-kept-top1-up.npz")))
    expectClose(
      try archive["map"], Tensor(shape: [20], repeating: 2.0 / 20), absolute: 1e-8, relative: 1e-6)
  }

  @Test func `a map without anything for its target is a warning`() async throws {
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: model, inputs: [try table([2])],
        methods: [try ChosenMethod("grad-cam"), try ChosenMethod("1d-grad-cam")]))
    workflow.folder = folder.path("maps")
    workflow.request.unit = .reciprocalCentimeter
    workflow.request.targets = ["weights:-1,0"]
    let warnings = Mutex<[String]>([])
    let result = try await workflow.run(
      WorkflowReporter(warning: { text in warnings.withLock { $0.append(text) } }))
    #expect(result.inputs[0].explanations.map(\.isEmpty) == [true, true])
    let texts = warnings.withLock { $0 }
    #expect(texts.count == 2)
    for (text, method) in zip(texts, ["grad-cam", "1d-grad-cam"]) {
      for part in ["spectra.csv, row 0", method + " at", "kept"] { #expect(text.contains(part)) }
    }
    workflow.request.targets = ["up"]
    warnings.withLock { $0 = [] }
    _ = try await workflow.run(
      WorkflowReporter(warning: { text in warnings.withLock { $0.append(text) } }))
    #expect(warnings.withLock { $0.isEmpty })
  }

  @Test func `a wrong length names both lengths`() async throws {
    let result = try await PredictWorkflow(model: model, inputs: [table([1], points: 19)]).run()
    let message = try #require(result.failures.first?.message)
    #expect(message.contains("19") && message.contains("20"))
    #expect(result.predictions.isEmpty)
  }

  @Test(.needsShared("data/model-wheat-protein"))
  func aRealNetworkPredictsItsReference() async throws {
    let source = try #require(SharedData.folder("data/model-wheat-protein"))
    let archive = try NPZArchive(contentsOf: source.appending(path: "reference.npz"))
    let input = try archive["input"]
    let header = (0..<100).map { "\(850 + 2 * $0)" }.joined(separator: ",")
    let rows = (0..<input.shape[0]).map { row in
      input.part(row).elements.map { "\($0)" }.joined(separator: ",")
    }
    let table = try folder.write(([header] + rows).joined(separator: "\n"), to: "wheat.csv")
    let path = source.appending(path: "model.onnx").path(percentEncoded: false)
    let result = try await PredictWorkflow(
      model: ModelSettings(path: path), inputs: [table], unit: .nanometer
    ).run()
    let expected = try archive[#require(archive.names.first { $0 != "input" })]
    let scores = result.predictions.map { $0.top[0].score }
    // Single precision through a few layers.
    expectClose(
      Tensor(shape: [scores.count], elements: scores),
      expected.reshaped(to: [expected.elements.count]), absolute: 1e-4, relative: 1e-4)
  }
}
