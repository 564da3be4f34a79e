import Explanations
import Foundation
import ImageData
import Synchronization
import TensorCore
import TestSupport
import Testing
import Workflows

struct ExplainWorkflowTests {
  private let folder: TemporaryFolder
  private let model: ModelSettings

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.path("tiny.onnx")
    try TinyNetwork.writePictures(to: URL(fileURLWithPath: path))
    model = ModelSettings(path: path)
  }

  /// A picture whose left half is red and whose right half is blue.
  private func halves() throws -> String {
    let pixels = (0..<256).flatMap { $0 % 16 < 8 ? [255, 0, 0] : [0, 0, 255] as [UInt8] }
    let path = folder.path("halves.png")
    try Picture(width: 16, height: 16, pixels: pixels).writePNG(to: path)
    return path
  }

  private func workflow(_ inputs: [String]) throws -> ExplainWorkflow {
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: model, inputs: inputs, methods: [try ChosenMethod("grad-cam")]))
    workflow.folder = folder.path("maps")
    return workflow
  }

  @Test func `the map of red is the red half divided by the number of pixels`() async throws {
    var workflow = try workflow([halves()])
    workflow.request.targets = ["red"]
    let result = try await workflow.run()
    #expect(result.failures.isEmpty)
    #expect(
      folder.names(in: "maps") == ["json", "npz", "png"].map { "halves-grad-cam-kept-red.\($0)" })
    let file = folder.path("maps/halves-grad-cam-kept-red.npz")
    let archive = try NPZArchive(contentsOf: URL(fileURLWithPath: file))
    let expected = Tensor(
      shape: [16, 16], elements: (0..<256).map { $0 % 16 < 8 ? 1.0 / 256 : 0 })
    // Exact but for one rounding of the division.
    expectClose(try archive["map"], expected, absolute: 1e-9, relative: 1e-6)
    expectClose(try archive["aligned"], expected, absolute: 1e-9, relative: 1e-6)
    expectClose(
      try archive["scores"], Tensor(shape: [3], elements: [0.5, 0, 0.5]), absolute: 1e-6,
      relative: 0)
    #expect(try archive["input"].shape == [3, 16, 16])
  }

  @Test func `the manifest names what is needed to repeat the map`() async throws {
    _ = try await workflow([halves()]).run()
    let name = try #require(folder.names(in: "maps").first { $0.hasSuffix(".json") })
    let data = try Data(contentsOf: URL(fileURLWithPath: folder.path("maps/" + name)))
    let manifest = try JSONDecoder().decode(ExplanationManifest.self, from: data)
    #expect(manifest.method == "grad-cam")
    #expect(manifest.settings == ["rectified": "true"])
    #expect(manifest.layer?.name == "kept")
    #expect(manifest.layer?.shape == [3, 16, 16])
    // Red and blue are equal; the first comes first.
    #expect(manifest.classIndex == 0 && manifest.classLabel == "red")
    #expect(abs(manifest.explainedScore - 0.5) < 1e-6)
    #expect(manifest.provenance.modelSHA256.count == 64)
    #expect(manifest.provenance.seed == nil)
    #expect(String(decoding: data, as: UTF8.self).contains("\"seed\" : null"))
  }

  @Test func `one bad picture does not stop the others`() async throws {
    let bad = try folder.write("not a picture", to: "bad.png")
    let missing = folder.path("missing.png")
    let reported = Mutex<[String]>([])
    let result = try await workflow([bad, halves(), missing]).run(
      WorkflowReporter(failure: { failure in reported.withLock { $0.append(failure.path) } }))
    #expect(Set(result.failures.map(\.path)) == [bad, missing])
    #expect(Set(reported.withLock { $0 }) == [bad, missing])
    #expect(result.failures.allSatisfy { $0.message.contains($0.path) })
    #expect(result.inputs.map(\.input) == [folder.path("halves.png")])
  }

  @Test func `names of files never collide`() async throws {
    let picture = try halves()
    var workflow = try workflow([picture, picture])
    workflow.request.targets = ["red", "0"]
    workflow.formats = [.npz]
    let result = try await workflow.run()
    let files = result.inputs.flatMap(\.explanations).flatMap(\.files)
    #expect(files.count == 4 && Set(files).count == 4)
    #expect(folder.names(in: "maps").count { $0.hasSuffix(".npz") } == 4)
  }

  @Test func `the default layer is announced`() async throws {
    let notes = Mutex<[String]>([])
    _ = try await workflow([halves()]).run(
      WorkflowReporter(note: { note in notes.withLock { $0.append(note) } }))
    #expect(notes.withLock { $0 }.contains { $0.hasPrefix("layer: kept (default") })
  }

  @Test func `a folder stands for its pictures in order`() async throws {
    _ = try halves()
    try FileManager.default.copyItem(
      atPath: folder.path("halves.png"), toPath: folder.path("another.png"))
    _ = try folder.write("text", to: "notes.txt")
    let result = try await workflow([folder.path("")]).run()
    #expect(result.failures.isEmpty)
    #expect(
      result.inputs.map { URL(fileURLWithPath: $0.input).lastPathComponent }
        == ["another.png", "halves.png"])
  }
}
