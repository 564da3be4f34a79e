import Explanations
import Foundation
import ImageData
import Synchronization
import TestSupport
import Testing
import Workflows

/// Runs over many pictures: where results go, what is resumed, and the page that shows all.
struct ExplainFolderTests {
  private let folder: TemporaryFolder
  private let model: ModelSettings

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.path("tiny.onnx")
    try TinyNetwork.writePictures(to: URL(fileURLWithPath: path))
    model = ModelSettings(path: path)
  }

  /// Writes pictures whose left columns are red and the others blue.
  private func write(_ names: [String], redColumns: Int = 8) throws {
    let pixels = (0..<256).flatMap { $0 % 16 < redColumns ? [255, 0, 0] : [0, 0, 255] as [UInt8] }
    for name in names {
      let path = folder.path(name)
      try FileManager.default.createDirectory(
        atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
        withIntermediateDirectories: true)
      try Picture(width: 16, height: 16, pixels: pixels).writePNG(to: path)
    }
  }

  private func workflow(_ inputs: String..., resumes: Bool = false) throws -> ExplainWorkflow {
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: model, inputs: inputs.map(folder.path), methods: [try ChosenMethod("grad-cam")]))
    workflow.folder = folder.path("maps")
    workflow.formats = [.json]
    workflow.resumes = resumes
    return workflow
  }

  /// Runs and gives the notes with the result.
  private func run(_ workflow: ExplainWorkflow) async throws -> (ExplainResult, [String]) {
    let notes = Mutex<[String]>([])
    let reporter = WorkflowReporter(note: { note in notes.withLock { $0.append(note) } })
    let result = try await workflow.run(reporter)
    return (result, notes.withLock { $0 })
  }

  /// When each result was written.
  private func dates(_ result: ExplainResult) throws -> [Date] {
    try result.inputs.flatMap(\.explanations).flatMap(\.files).map { file in
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      return try #require(attributes[.modificationDate] as? Date)
    }
  }

  @Test func `a folder without pictures stands for the folders in it, which results mirror`()
    async throws
  {
    try write(["all/a/x.png", "all/b/c/x.png"])
    let (result, _) = try await run(workflow("all"))
    #expect(
      result.inputs.flatMap(\.explanations).flatMap(\.files)
        == ["a", "b/c"].map { folder.path("maps/\($0)/x-grad-cam-kept-top1-red.json") })
  }

  @Test func `files of one name in two folders do not meet`() async throws {
    try write(["a/x.png", "b/x.png", "x.png"])
    let (result, _) = try await run(workflow("a", "b/", "x.png"))
    #expect(
      result.inputs.flatMap(\.explanations).flatMap(\.files)
        == ["a/", "b/", ""].map { folder.path("maps/\($0)x-grad-cam-kept-top1-red.json") })
  }

  @Test func `what is done is left alone when a run is resumed`() async throws {
    try write(["in/1.png", "in/2.png"])
    let (first, _) = try await run(workflow("in"))
    let before = try dates(first)
    try write(["in/3.png"])
    let (second, notes) = try await run(workflow("in", resumes: true))
    #expect(notes.contains("note: 2 of 3 pictures were explained before"))
    #expect(second.inputs.count == 3)
    #expect(second.inputs.prefix(2) == first.inputs[...])
    #expect(try Array(dates(second).prefix(2)) == before)
    let (third, _) = try await run(workflow("in"))
    #expect(try dates(third).prefix(2) != before[...])
  }

  @Test func `changed pictures, missing results and other settings are not taken for done`()
    async throws
  {
    try write(["in/1.png", "in/2.png", "in/3.png"])
    let (first, _) = try await run(workflow("in"))
    try write(["in/1.png"], redColumns: 2)
    try FileManager.default.removeItem(atPath: first.inputs[1].explanations[0].files[0])
    let (second, notes) = try await run(workflow("in", resumes: true))
    #expect(notes.contains("note: 1 of 3 pictures were explained before"))
    #expect(second.inputs[0].explanations[0].target == "blue")
    #expect(second.inputs[1] == first.inputs[1])
    var other = try workflow("in", resumes: true)
    other.request.targets = ["blue"]
    let (third, otherNotes) = try await run(other)
    #expect(otherNotes.contains { $0.contains("made with other settings (targets)") })
    #expect(third.inputs.allSatisfy { $0.explanations[0].target == "blue" })
  }

  @Test(arguments: [ExplainWorkflow.Format.png, .npz])
  func `without manifests, files that other settings made are kept`(
    format: ExplainWorkflow.Format
  ) async throws {
    try write(["in/1.png", "in/2.png"])
    func run(_ input: String, force: Bool = false) async throws -> ExplainResult {
      var workflow = try workflow(input)
      workflow.request.targets = ["red"]
      workflow.formats = [format]
      workflow.replacesFiles = force
      return try await workflow.run()
    }
    // The record knows two pictures; of one alone there is none, but its bytes are the same.
    #expect(try await run("in").failures.isEmpty)
    try write(["in/1.png"], redColumns: 4)
    #expect(try await run("in").failures.isEmpty)
    #expect(try await run("in/1.png").failures.isEmpty)
    let before = try #require(
      FileManager.default.contents(
        atPath: folder.path("maps/1-grad-cam-kept-red.\(format.rawValue)")))
    try write(["in/1.png"], redColumns: 12)
    let failures = try await run("in/1.png").failures
    #expect(failures.count == 1)
    #expect(failures.first?.message.contains("nothing tells which settings made it") == true)
    #expect(
      FileManager.default.contents(
        atPath: folder.path("maps/1-grad-cam-kept-red.\(format.rawValue)")) == before)
    #expect(try await run("in/1.png", force: true).failures.isEmpty)
  }

  @Test func `a record that was cut off counts as far as it goes`() async throws {
    try write(["in/1.png", "in/2.png"])
    _ = try await run(workflow("in"))
    let path = folder.path("maps/run.jsonl")
    let record = try #require(FileManager.default.contents(atPath: path))
    try record.dropLast(20).write(to: URL(fileURLWithPath: path))
    let (_, notes) = try await run(workflow("in", resumes: true))
    #expect(notes.contains("note: 1 of 2 pictures were explained before"))
  }

  @Test func `rests of killed runs are removed, files of running ones are not`() async throws {
    try write(["in/1.png", "in/2.png"])
    _ = try await run(workflow("in"))
    // No process has the greatest number there is.
    _ = try folder.write("half", to: "maps/.dat.nosync7FFFFFFF.AbCdEf")
    let running = String(getppid(), radix: 16, uppercase: true)
    _ = try folder.write("half", to: "maps/.dat.nosync\(running).AbCdEf")
    _ = try await run(workflow("in"))
    #expect(
      folder.names(in: "maps").filter { $0.hasPrefix(".") } == [".dat.nosync\(running).AbCdEf"])
  }

  @Test func `more than twelve pictures get a page with a line for each failure`() async throws {
    try write((10..<22).map { "in/\($0).png" })
    #expect(try await run(workflow("in")).0.index == nil)
    try write(["in/\"22\" <b>.png"])
    _ = try folder.write("no picture", to: "in/bad.png")
    let (result, _) = try await run(workflow("in", resumes: true))
    let index = try #require(result.index)
    let page = try String(contentsOf: URL(fileURLWithPath: index), encoding: .utf8)
    #expect(page.components(separatedBy: "src=\"data:image/jpeg;base64,/9j/").count == 14)
    #expect(page.components(separatedBy: "<b title=\"red\">red</b>").count == 14)
    #expect(page.contains("Not explained: 1") && page.contains("bad.png: "))
    #expect(page.contains("<option value=\"red\">red (13)</option>"))
    #expect(page.contains("href=\"22-b-grad-cam-kept-top1-red.json\""))
    #expect(!page.contains("<b>.png") && !page.contains("http"))
  }
}
