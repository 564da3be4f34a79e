import Explanations
import Foundation
import TensorCore
import TestSupport
import Testing
import Workflows

/// Targets with positions in figures side by side and in exported networks: both give the maps of an
/// explanation by itself.
@Suite(.needsShared("cases/networks"))
struct PositionTargetTests {
  /// A network with scores at positions, and what is asked of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let network: String
    let input: String
    let targets: [String]
    /// Whether its samples stay along the first axis, so that their number can be free.
    var isFree = true

    var testDescription: String { network }

    var path: String? { SharedData.path("cases/networks/\(network)/model.onnx") }

    var inputPath: String? { SharedData.path("cases/networks/\(network)/\(input)") }
  }

  static let cases = [
    Case(
      network: "unet", input: "image.npy",
      targets: ["top@best", "1@mask", "2@5,7", "not 1@best", "0-vs-2@all", "output[2]"]),
    Case(
      network: "softmax-per-position", input: "images.npy",
      targets: ["2@best", "1@28", "not 2@best", "0-vs-1@28"]),
    Case(
      network: "ctc-time-major", input: "image.npy",
      targets: ["text[0]", "9@best", "9@18", "not 9@mask"], isFree: false),
  ]

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func request(_ example: Case) throws -> ExplanationRequest {
    var request = ExplanationRequest(
      model: ModelSettings(path: try #require(example.path)),
      methods: try ["grad-cam", "relevance-map"].map {
        try ChosenMethod($0, settings: ["rectified": "false"])
      })
    request.targets = example.targets
    return request
  }

  /// The input, and what the library makes of it without figures and files.
  private func explained(_ example: Case) throws -> (input: Tensor, maps: [Tensor]) {
    let request = try request(example)
    let model = try Model(contentsOf: URL(filePath: request.model.path))
    let plan = try ExplanationPlan(
      model, methods: request.methods,
      targets: example.targets.map { try Target($0, model: model) })
    let input = try NPYFile(contentsOf: URL(filePath: #require(example.inputPath))).tensor
    return (input, try Explainer(model, plan).explain([input.part(0)])[0].explanations.map(\.map))
  }

  @Test(.needsPython, arguments: cases)
  func exportedNetworksGiveTheMapsInONNXRuntime(example: Case) throws {
    let (input, maps) = try explained(example)
    let file = folder.path("explainer.onnx")
    var workflow = ExportWorkflow(try request(example), output: file)
    workflow.hasFreeBatch = example.isFree
    let result = try workflow.run()
    // Targets are constants of the file.
    #expect(result.inputs.count == 1)
    #expect(result.outputs.allSatisfy { !$0.name.contains(" ") })
    // Where it can be, in a batch behind another sample, which has its own best positions.
    let other = Tensor(shape: input.shape, elements: input.elements.reversed())
    let samples = (example.isFree ? [other] : []) + [input]
    let inputs = [result.inputs[0].name: Tensor.stack(samples.map { $0.part(0) })]
    try NPZArchive.write(
      inputs.map { ($0.key, $0.value) }, to: folder.url.appending(path: "explainer.in.npz"))
    let didRun = try PythonEnvironment.run("run_onnx_models.py", [folder.path(".")])
    try #require(didRun)
    let outputs = try NPZArchive(contentsOf: folder.url.appending(path: "explainer.out.npz"))
    let names = result.outputs.map(\.name).filter { $0.hasPrefix("map") }
    try #require(names.count == maps.count && Set(names).count == names.count)
    for (name, map) in zip(names, maps) {
      let actual = try outputs.file(name).tensor.part(samples.count - 1)
      let range = map.elements.map(abs).max() ?? 0
      #expect(range > 0, "\(name)")
      expectClose(actual, map, absolute: 1e-4 * Double(range), relative: 0, name)
    }
  }

  @Test(arguments: cases)
  func comparedMapsAreThose(example: Case) async throws {
    let (_, maps) = try explained(example)
    var request = try request(example)
    request.inputs = [try #require(example.inputPath)]
    request.layers = ["default"]
    var workflow = CompareWorkflow(request)
    workflow.folder = folder.path("figures")
    let result = try await workflow.run()
    #expect(result.failures.isEmpty)
    let input = try #require(result.inputs.first)
    #expect(input.files.allSatisfy { FileManager.default.fileExists(atPath: $0) })
    try #require(input.cells.count == maps.count)
    let names = input.cells.prefix(example.targets.count).map(\.target)
    #expect(Set(names).count == example.targets.count, "\(names)")
    for (cell, map) in zip(input.cells, maps) {
      let (low, high) = (map.elements.min() ?? 0, map.elements.max() ?? 0)
      #expect(cell.grid == map.shape.extents, "\(cell.target)")
      #expect(abs(cell.minimum - low) <= 1e-4 * (high - low), "\(cell.method) \(cell.target)")
      #expect(abs(cell.maximum - high) <= 1e-4 * (high - low), "\(cell.method) \(cell.target)")
    }
  }

  /// A position that there is not is refused by both before anything is written.
  @Test func positionsThatAreNotThereAreRefused() async throws {
    var request = try request(Self.cases[0])
    request.targets = ["1@48,0"]
    let file = folder.path("explainer.onnx")
    #expect {
      try ExportWorkflow(request, output: file).run()
    } throws: { "\($0)".contains("no position 48,0") }
    request.inputs = [try #require(Self.cases[0].inputPath)]
    var workflow = CompareWorkflow(request)
    workflow.folder = folder.path("figures")
    let comparing = workflow
    await #expect {
      _ = try await comparing.run()
    } throws: { "\($0)".contains("no position 48,0") }
    #expect(folder.names(in: ".").isEmpty)
  }
}

/// What is written of networks of several inputs, and of those that insist on one sample.
@Suite(.needsShared("cases/networks"))
struct ExportWorkflowTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func export(
    _ network: String, _ methods: String...
  ) throws -> ExportWorkflow.Result {
    let path = try #require(SharedData.path("cases/networks/\(network)/model.onnx"))
    var workflow = ExportWorkflow(
      ExplanationRequest(
        model: ModelSettings(path: path), methods: try methods.map { try ChosenMethod($0) }),
      output: folder.path("explainer.onnx"))
    workflow.hasFreeBatch = true
    return try workflow.run()
  }

  @Test func mapsOfSeveralInputsAreNamedAfterThem() throws {
    let result = try export("two-inputs", "lrp", "gradient")
    #expect(result.inputs.map(\.name) == ["before", "after"])
    let maps = result.outputs.map(\.name).filter { $0.hasPrefix("map") }
    #expect(
      maps == ["map_lrp_before", "map_lrp_after", "map_gradient_before", "map_gradient_after"])
  }

  @Test func inputsKeepTheirOrder() throws {
    let result = try export("two-inputs-vector", "grad-cam", "gradient-times-input")
    #expect(result.inputs.map(\.name) == ["image", "numbers"])
  }

  /// Where the file has an axis for one sample only, samples are free if they stay apart.
  @Test func oneSampleCanBecomeAnyNumber() throws {
    let result = try export("unet", "grad-cam")
    #expect(result.inputs.map(\.shape) == [["samples", "3", "48", "64"]])
    #expect(result.outputs.allSatisfy { $0.shape[0] == "samples" })
    #expect {
      try export("crnn-lstm", "grad-cam")
    } throws: { "\($0)".contains("--batch 1") }
  }
}
