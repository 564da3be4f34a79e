import Explanations
import Figures
import Foundation
import ImageData
import SpectralData
import Synchronization
import TestSupport
import Testing
import Workflows

struct CompareWorkflowTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try TinyNetwork.writePictures(to: URL(fileURLWithPath: folder.path("pictures.onnx")))
    try TinyNetwork.writeSpectra(to: URL(fileURLWithPath: folder.path("spectra.onnx")))
  }

  /// A picture whose left quarter is red and whose rest is blue.
  private func picture() throws -> String {
    let pixels = (0..<256).flatMap { $0 % 16 < 4 ? [255, 0, 0] : [0, 0, 255] as [UInt8] }
    let path = folder.path("quarter.png")
    try Picture(width: 16, height: 16, pixels: pixels).writePNG(to: path)
    return path
  }

  private func workflow(
    _ model: String, _ inputs: [String], methods: [String]
  ) throws -> CompareWorkflow {
    var workflow = CompareWorkflow(
      ExplanationRequest(
        model: ModelSettings(path: folder.path(model)), inputs: inputs,
        methods: try methods.map { try ChosenMethod($0) }))
    workflow.folder = folder.path("figures")
    return workflow
  }

  @Test func `methods at one place each stand in one row, not down a staircase`() async throws {
    func height(_ methods: [String]) async throws -> Int {
      let result = try await workflow("pictures.onnx", [picture()], methods: methods).run()
      return try Picture(reading: try #require(result.inputs.first?.files.first)).height
    }
    let single = try await height(["grad-cam", "layer-cam"])
    // Names of places take a line more; a row takes more than a hundred pixels.
    #expect(try await height(["grad-cam", "gradient"]) < single + 80)
  }

  @Test func `each method, layer and target is a cell with the range of its map`() async throws {
    var workflow = try workflow(
      "pictures.onnx", [picture()], methods: ["grad-cam", "hires-cam", "gradient"])
    workflow.request.targets = ["red", "green"]
    let result = try await workflow.run()
    #expect(result.failures.isEmpty)
    let input = try #require(result.inputs.first)
    #expect(input.files == [folder.path("figures/quarter-compare-red-green.png")])
    #expect(folder.names(in: "figures") == ["quarter-compare-red-green.png"])
    #expect(
      input.cells.map(\.method) == ["grad-cam", "hires-cam", "gradient"].flatMap { [$0, $0] })
    #expect(input.cells.map(\.target) == ["red", "green", "red", "green", "red", "green"])
    #expect(input.cells.map(\.layer) == ["kept", "kept", "kept", "kept", nil, nil])
    let red = input.cells[0]
    #expect(red.grid == [16, 16] && red.positiveShare == 0.25 && !red.isEmpty)
    #expect(red.minimum == 0 && abs(red.maximum - 1.0 / 256) < 1e-8)
    // Nothing is green.
    let green = input.cells[1]
    #expect(green.isEmpty && green.positiveShare == 0 && green.maximum == 0)
    _ = try Picture(reading: input.files[0])
  }

  @Test func `a method's own scale and a shared one give other pictures of the same numbers`()
    async throws
  {
    var workflow = try workflow("pictures.onnx", [picture()], methods: ["hires-cam"])
    workflow.request.targets = ["red", "blue-vs-green"]
    let own = try await workflow.run()
    let ownBytes = try Data(contentsOf: URL(fileURLWithPath: own.inputs[0].files[0]))
    let again = try await workflow.run()
    #expect(try Data(contentsOf: URL(fileURLWithPath: again.inputs[0].files[0])) == ownBytes)
    workflow.division = .shared
    let shared = try await workflow.run()
    #expect(shared.inputs[0].cells == own.inputs[0].cells)
    #expect(try Data(contentsOf: URL(fileURLWithPath: shared.inputs[0].files[0])) != ownBytes)
  }

  @Test func `each spectrum is a picture and a vector graphic`() async throws {
    let header = (0..<20).map { "\(1000 + 10 * $0)" }.joined(separator: ",")
    let rows = [2, -3].map { level in (0..<20).map { _ in "\(level)" }.joined(separator: ",") }
    let table = try folder.write(
      ([header] + rows).joined(separator: "\n") + "\n", to: "spectra.csv")
    var workflow = try workflow(
      "spectra.onnx", [table], methods: ["grad-cam", "relevance-map", "lrp"])
    workflow.request.unit = .reciprocalCentimeter
    let result = try await workflow.run()
    #expect(result.failures.isEmpty)
    #expect(
      folder.names(in: "figures") == [
        "spectra-0-compare-top1-up.png", "spectra-0-compare-top1-up.svg",
        "spectra-1-compare-top1-down.png", "spectra-1-compare-top1-down.svg",
      ])
    #expect(result.inputs.map(\.row) == [0, 1])
    #expect(result.inputs[1].cells[0].maximum == 3.0 / 20)
    let graphic = try String(contentsOfFile: result.inputs[0].files[1], encoding: .utf8)
    #expect(graphic.contains("Relevance map") && graphic.contains("Each map is divided"))
  }

  @Test func `the layers that are taken by default are announced`() async throws {
    let notes = Mutex<[String]>([])
    _ = try await workflow("pictures.onnx", [picture()], methods: ["grad-cam"]).run(
      WorkflowReporter(note: { note in notes.withLock { $0.append(note) } }))
    #expect(notes.withLock { $0 }.contains { $0.hasPrefix("layers: kept (") })
  }

  @Test func `a bad input does not stop the others`() async throws {
    let missing = folder.path("missing.png")
    let result = try await workflow("pictures.onnx", [missing, picture()], methods: ["grad-cam"])
      .run()
    #expect(result.failures.map(\.path) == [missing])
    #expect(result.inputs.map(\.input) == [folder.path("quarter.png")])
  }
}
