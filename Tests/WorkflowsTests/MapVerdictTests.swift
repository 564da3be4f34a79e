import Explanations
import Foundation
import ImageData
import Synchronization
import TestSupport
import Testing
import Workflows

/// What an evaluation found stands on the figures of single maps.
struct MapVerdictTests {
  private static func prepared(
    _ words: String, digest: String? = nil
  ) throws -> (TemporaryFolder, ExplainWorkflow) {
    let folder = try TemporaryFolder()
    let path = folder.path("tiny.onnx")
    try TinyNetwork.writePictures(to: URL(fileURLWithPath: path))
    let picture = Picture(
      width: 16, height: 16, pixels: (0..<768).map { UInt8($0 % 3 == 0 ? 200 : 20) })
    try picture.writePNG(to: folder.path("red.png"))
    let verdicts = MapVerdicts(
      modelDigest: try digest ?? ModelDigest.sha256(of: URL(fileURLWithPath: path)),
      verdicts: [
        MapVerdicts.Verdict(
          method: "grad-cam", settings: "", layer: "kept", surpassesControls: false, words: words)
      ])
    try FileManager.default.createDirectory(
      atPath: folder.path("evaluation"), withIntermediateDirectories: true)
    try JSONEncoder().encode(verdicts).write(
      to: URL(fileURLWithPath: folder.path("evaluation/" + MapVerdicts.fileName)))
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: ModelSettings(path: path), inputs: [folder.path("red.png")],
        methods: [try ChosenMethod("grad-cam"), try ChosenMethod("layer-cam")]))
    workflow.folder = folder.path("maps")
    return (folder, workflow)
  }

  @Test func `the verdict is told of the map that it is of, and drawn`() async throws {
    let (folder, workflow) = try Self.prepared("not shown to be better than a spot in the middle")
    var told = workflow
    told.evaluation = folder.path("evaluation")
    let result = try await told.run()
    let explanations = try #require(result.inputs.first?.explanations)
    #expect(
      explanations.map(\.verdict) == ["not shown to be better than a spot in the middle", nil])
    let drawn = try Data(contentsOf: URL(fileURLWithPath: explanations[0].files[0]))
    _ = try await workflow.run()
    let plain = try Data(contentsOf: URL(fileURLWithPath: explanations[0].files[0]))
    #expect(drawn != plain)
  }

  @Test func `an evaluation of another network is refused if named, and else not looked at`()
    async throws
  {
    let (folder, workflow) = try Self.prepared("poor", digest: "of another")
    var named = workflow
    named.evaluation = folder.path("evaluation")
    await #expect(throws: WorkflowError.self) { try await named.run() }
    var nearby = workflow
    nearby.nearbyEvaluation = folder.path("evaluation")
    #expect(try await nearby.run().inputs.first?.explanations.first?.verdict == nil)
    named.evaluation = folder.path("elsewhere")
    await #expect(throws: WorkflowError.self) { try await named.run() }
  }

  @Test func `an evaluation that says nothing of the maps is said to`() async throws {
    let (folder, workflow) = try Self.prepared("poor")
    var other = workflow
    other.request.methods = [try ChosenMethod("layer-cam")]
    other.evaluation = folder.path("evaluation")
    let notes = Mutex<[String]>([])
    _ = try await other.run(WorkflowReporter(note: { text in notes.withLock { $0.append(text) } }))
    #expect(notes.withLock { $0.contains { $0.contains("says nothing of these maps") } })
  }
}
