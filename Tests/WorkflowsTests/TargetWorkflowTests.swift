import Explanations
import Foundation
import ImageData
import Synchronization
import TensorCore
import TestSupport
import Testing
import Workflows

/// Outputs and targets of networks as people have them, from file to file.
@Suite(.needsShared("cases/networks"))
struct TargetWorkflowTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A network whose pixels are 0…1.
  private func model(_ name: String) throws -> ModelSettings {
    var information = ModelInformation()
    information.mean = [0]
    information.scale = [1]
    information.isUnitRange = true
    let path = try #require(SharedData.path("cases/networks/\(name)/model.onnx"))
    return ModelSettings(path: path, overrides: information)
  }

  private func explain(
    _ name: String, _ picture: String, target: String,
    note: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> ExplanationManifest {
    let input = try #require(SharedData.path("cases/networks/\(name)/\(picture)"))
    var request = ExplanationRequest(
      model: try model(name), inputs: [input], methods: [try ChosenMethod("grad-cam")])
    request.targets = [target]
    var workflow = ExplainWorkflow(request)
    workflow.folder = folder.path("maps")
    let result = try await workflow.run(WorkflowReporter(note: note))
    #expect(result.failures.isEmpty)
    let file = try #require(
      result.inputs.first?.explanations.first?.files.first { $0.hasSuffix(".json") })
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    return try JSONDecoder().decode(ExplanationManifest.self, from: data)
  }

  @Test func aRegionIsAPictureOfTheOutput() async throws {
    let pixels = (0..<48 * 64).flatMap { index -> [UInt8] in
      Array(repeating: index / 64 < 10 && index % 64 < 5 ? 255 : 0, count: 3)
    }
    let path = folder.path("corner.png")
    try Picture(width: 64, height: 48, pixels: pixels).writePNG(to: path)
    let manifest = try await explain("unet", "image.png", target: "1@region:" + path)
    #expect(manifest.positions?.count == 50 && manifest.positions?.grid == [48, 64])
    #expect(manifest.output == "mask" && manifest.target.contains("corner.png"))
    let wrong = folder.path("wrong.png")
    try Picture(width: 5, height: 4, pixels: [UInt8](repeating: 255, count: 60))
      .writePNG(to: wrong)
    await #expect {
      _ = try await explain("unet", "image.png", target: "1@region:" + wrong)
    } throws: { "\($0)".contains("5×4") && "\($0)".contains("64×48") }
  }

  @Test func likenessIsThatOfTheOtherPicture() async throws {
    let other = try #require(SharedData.path("cases/networks/embedding-output/other.png"))
    let manifest = try await explain(
      "embedding-output", "image.png", target: "similarity:" + other)
    // By ONNX Runtime; the picture has eight bits.
    #expect(abs(manifest.explainedScore + 0.428353) < 0.01 && manifest.probability == nil)
  }

  @Test func theBestBoxIsSaid() async throws {
    let notes = Mutex<[String]>([])
    let manifest = try await explain(
      "softmax-per-position", "images.png", target: "2"
    ) { note in notes.withLock { $0.append(note) } }
    #expect(manifest.positions?.position == [28])
    #expect(abs((manifest.probability ?? 0) - 0.997867) < 1e-3)
    #expect(notes.withLock { $0.contains { $0.contains("boxes [1×160×4], values") } })
  }

  @Test func theScoresAreThoseOfTheNetwork() async throws {
    let input = try #require(SharedData.path("cases/networks/cat-1-p/x.png"))
    let result = try await PredictWorkflow(model: model("cat-1-p"), inputs: [input]).run()
    let probabilities = try #require(result.predictions.first).top.map(\.probability)
    #expect(abs((probabilities[0] ?? 0) - 0.538582) < 1e-2)
    #expect(abs((probabilities[0] ?? 0) + (probabilities[1] ?? 0) - 1) < 1e-5)
  }

  @Test func inspectListsOutputs() throws {
    let result = try InspectWorkflow(model: model("label-first")).run()
    #expect(result.outputs.map(\.role) == [.label, .classes])
    #expect(result.output == "probabilities" && result.activation == "softmax")
  }
}
