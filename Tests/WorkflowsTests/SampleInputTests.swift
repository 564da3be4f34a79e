import Explanations
import Foundation
import ImageData
import Synchronization
import TensorCore
import TestSupport
import Testing

@testable import Workflows

/// What stands for the inputs of a network: files, numbers, arrays and tables.
struct SampleInputTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static func path(_ name: String, _ file: String) throws -> String {
    try #require(SharedData.path("cases/networks/\(name)/\(file)"))
  }

  /// Explains a case with unrectified Grad-CAM and gives the arrays that were written.
  private func explain(
    _ name: String, _ arguments: [String], table: String? = nil,
    _ reporter: WorkflowReporter = WorkflowReporter()
  ) async throws -> (result: ExplainResult, archives: [NPZArchive]) {
    let model = ModelSettings(path: try Self.path(name, "model.onnx"))
    var request = ExplanationRequest(
      model: model, inputs: arguments,
      methods: [try ChosenMethod("grad-cam", settings: ["rectified": "false"])])
    request.table = table
    var workflow = ExplainWorkflow(request)
    workflow.folder = folder.path("maps")
    let result = try await workflow.run(reporter)
    let files = result.inputs.flatMap(\.explanations).flatMap(\.files)
    let archives = try files.filter { $0.hasSuffix(".npz") }.map {
      try NPZArchive(contentsOf: URL(fileURLWithPath: $0))
    }
    return (result, archives)
  }

  private func expect(_ map: Tensor, _ name: String, _ key: String) throws {
    let file = URL(fileURLWithPath: try Self.path(name, "expected.npz"))
    let expected = try NPZArchive(contentsOf: file)[key]
    let range = Double((expected.elements.max() ?? 0) - (expected.elements.min() ?? 0))
    expectClose(
      map.reshaped(to: expected.shape), expected, absolute: 1e-3 * range, relative: 0, name)
  }

  @Test(
    .needsShared("cases/networks"),
    arguments: [
      ("sentinel-13-bands", "bands.npy"), ("ecg-12-lead", "ecg.npy"), ("eegnet", "eeg.npy"),
      ("conv3d", "volume.npy"), ("no-batch-axis", "input.npy"),
      ("state-input", "audio=audio.npy state=state.npy"),
      ("two-inputs-vector", "image=image.npy numbers=numbers.npy"),
    ])
  func `arrays are what the network takes`(name: String, arguments: String) async throws {
    let paths = try arguments.split(separator: " ").map { argument in
      let parts = argument.split(separator: "=").map(String.init)
      let file = try Self.path(name, parts[parts.count - 1])
      return parts.count == 2 ? parts[0] + "=" + file : file
    }
    let (result, archives) = try await explain(name, paths)
    #expect(result.failures.isEmpty)
    try expect(try #require(archives.first)["map"], name, "grad_cam")
    let figure = try #require(result.inputs.first?.explanations.first?.files.first)
    #expect(try Picture(reading: figure).width > 400)
  }

  @Test(.needsShared("cases/networks")) func `two inputs share a figure`() async throws {
    let paths = try ["before", "after"].map {
      $0 + "=" + (try Self.path("two-inputs", $0 + ".npy"))
    }
    let (result, archives) = try await explain("two-inputs", paths)
    try expect(try archives[0]["map"], "two-inputs", "before:grad_cam")
    try expect(try archives[1]["map"], "two-inputs", "after:grad_cam")
    let figures = try #require(result.inputs.first).explanations.map { $0.files[0] }
    #expect(Set(figures).count == 1 && archives.count == 2)
  }

  @Test(.needsShared("cases/networks")) func `a state is zeros unless it is given`() async throws {
    let notes = Mutex<[String]>([])
    let (result, archives) = try await explain(
      "state-input", [Self.path("state-input", "audio.npy")],
      WorkflowReporter(note: { text in notes.withLock { $0.append(text) } }))
    try expect(
      try #require(archives.first)["scores"], "state-input", "zero-state:output:logits")
    // A state has no map of its own unless it is asked for.
    #expect(result.inputs.first?.explanations.count == 1)
    #expect(notes.withLock { $0.contains { $0.contains("state [8×4] is a state") } })
  }

  @Test(.needsShared("cases/networks")) func `a table has a row for each sample`() async throws {
    let image = try Self.path("two-inputs-vector", "image.npy")
    let table = folder.path("samples.csv")
    let lines = ["image,numbers,label", "\(image),0 1 0 0 1 0.5,mole", "\(image),zeros,"]
    try lines.joined(separator: "\n").write(toFile: table, atomically: true, encoding: .utf8)
    let (result, archives) = try await explain("two-inputs-vector", [], table: table)
    #expect(result.inputs.count == 2 && archives.count == 2 && result.failures.isEmpty)
    let bad = folder.path("bad.csv")
    try "image,age\n\(image),3".write(toFile: bad, atomically: true, encoding: .utf8)
    let error = await #expect(throws: WorkflowError.self) {
      try await explain("two-inputs-vector", [], table: bad)
    }
    #expect(error?.description.contains("column \"age\"") == true)
    #expect(error?.description.contains("image [3×64×64], numbers [6]") == true)
  }

  @Test(
    .needsShared("cases/networks"),
    arguments: [
      (["a.png"], "before, after are missing; give before=FILE after=FILE"),
      (["before=a.png", "x=b.png"], "no input \"x\"; the network takes before [3×64×64]"),
      (["before=a.png"], "after is missing"),
    ])
  func `what is missing is named`(arguments: [String], message: String) async throws {
    let error = await #expect(throws: WorkflowError.self) {
      try await explain("two-inputs", arguments)
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test(.needsShared("cases/networks")) func `numbers are constants or one for each`() throws {
    let model = try Model(
      contentsOf: URL(fileURLWithPath: Self.path("two-inputs-vector", "model.onnx")))
    let input = model.inputs[1]
    #expect(try ConstantInput("ones", for: input)?.values == [1, 1, 1, 1, 1, 1])
    #expect(try ConstantInput("2.5", for: input)?.values == Array(repeating: 2.5, count: 6))
    #expect(try ConstantInput("1,2;3 4,5,6", for: input)?.values == [1, 2, 3, 4, 5, 6])
    #expect(try ConstantInput("a.png", for: input) == nil)
    #expect(throws: WorkflowError.self) { try ConstantInput("1,2", for: input) }
  }

  @Test func `a channel is stretched between percentiles`() {
    let values = (0..<101).map(Float.init) + [.nan]
    let bytes = StretchedChannel(values).bytes
    #expect(bytes[0] == 0 && bytes[2] == 0 && bytes[98] == 255 && bytes[100] == 255)
    #expect(bytes[50] == 128 && bytes[101] == 0)
    #expect(StretchedChannel([3, 3]).bytes == [0, 0])
  }

  @Test func `a montage shows each voxel where its map is`() {
    let volume = Tensor(shape: [3, 2, 4], elements: (0..<24).map(Float.init))
    let montage = VolumeMontage(volume)
    let map = montage.arranged(volume)
    #expect(map.shape == [montage.picture.height, montage.picture.width])
    #expect(Set(map.elements) == Set(volume.elements) && montage.shown == [0, 1, 2])
    #expect(map[0, 0] == 0 && map[0, montage.picture.width - 1] == 11)
  }
}
