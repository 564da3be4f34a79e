import Evaluation
import ExplanationQuality
import Explanations
import Foundation
import ImageData
import Synchronization
import TestSupport
import Testing
import Workflows

@testable import EvaluationWorkflows

/// Evaluations from files to the page.
struct EvaluateWorkflowTests {
  /// Pictures of a red square in the upper left quarter, and where it is.
  static func prepared(_ count: Int = 4) throws -> (folder: TemporaryFolder, model: String) {
    let folder = try TemporaryFolder()
    let model = folder.path("tiny.onnx")
    try TinyNetwork.writePictures(to: URL(fileURLWithPath: model))
    try FileManager.default.createDirectory(
      atPath: folder.path("pictures"), withIntermediateDirectories: true)
    var boxes = "image,category,x0,y0,x1,y1\n"
    for index in 0..<count {
      var pixels = [UInt8](repeating: 40, count: 3 * 16 * 16)
      for row in 0..<8 {
        for column in 0..<8 { pixels[3 * (16 * row + column)] = UInt8(200 + 5 * index + row) }
      }
      let picture = Picture(width: 16, height: 16, pixels: pixels)
      try picture.writePNG(to: folder.path("pictures/\(index).png"))
      boxes += "\(index).png,red,0,0,8,8\n"
    }
    _ = try folder.write(boxes, to: "boxes.csv")
    return (folder, model)
  }

  static func workflow(_ folder: TemporaryFolder, _ model: String) throws -> EvaluateWorkflow {
    var information = ModelInformation()
    information.outputMeaning = .logits
    var request = ExplanationRequest(
      model: ModelSettings(path: model, overrides: information),
      inputs: [folder.path("pictures")], methods: [try ChosenMethod("layer-cam")])
    request.layers = ["kept"]
    var workflow = EvaluateWorkflow(request)
    workflow.folder = folder.path("evaluation")
    return workflow
  }

  @Test func `a map that marks the object is told to do so`() async throws {
    let (folder, model) = try Self.prepared()
    var workflow = try Self.workflow(folder, model)
    workflow.truth = folder.path("boxes.csv")
    let result = try await workflow.run()
    #expect(result.inputCount == 4 && result.isComplete && result.failures.isEmpty)
    let figures = Dictionary(grouping: result.figures, by: \.metric)
    let rank = try #require(figures["rank-accuracy"]?.first { !$0.isControl })
    #expect(
      rank.mean == 1
        && rank.unbeaten.allSatisfy {
          $0.contains("other input") || $0.contains("Intensity") || $0.contains("activations")
        })
    let random = try #require(figures["auc"]?.first { $0.method == "Random order" })
    #expect(abs((random.mean ?? 0) - 0.5) < 0.15)
    #expect(result.verdict.count == 3)
    for file in result.files { #expect(FileManager.default.fileExists(atPath: file)) }
    let page = try String(contentsOfFile: result.files[0], encoding: .utf8)
    #expect(page.contains("Few inputs") && page.contains("How it was measured"))
    let table = try String(contentsOfFile: folder.path("evaluation/scores.csv"), encoding: .utf8)
    #expect(table.split(separator: "\n").count > 4 * 50)
  }

  @Test func `what is told again is the same`() async throws {
    let (folder, model) = try Self.prepared()
    var workflow = try Self.workflow(folder, model)
    workflow.truth = folder.path("boxes.csv")
    workflow.metrics = try ChosenMetric.list(["insertion:steps=4", "energy"])
    _ = try await workflow.run()
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.path("evaluation/summary.csv")))
    workflow.tellsOnly = true
    _ = try await workflow.run()
    let after = try Data(contentsOf: URL(fileURLWithPath: folder.path("evaluation/summary.csv")))
    #expect(before == after)
  }

  @Test func `a metric of truth without truth, and truth for others, are said`() async throws {
    let (folder, model) = try Self.prepared(2)
    var workflow = try Self.workflow(folder, model)
    workflow.metrics = try ChosenMetric.list(["energy"])
    await #expect(throws: WorkflowError.self) { try await workflow.run() }
    workflow.metrics = []
    workflow.truth = try folder.write(
      "image,category,x0,y0,x1,y1\nelsewhere.png,red,0,0,8,8\n", to: "other.csv")
    let warnings = Mutex<[String]>([])
    let reporter = WorkflowReporter(warning: { text in warnings.withLock { $0.append(text) } })
    await #expect(throws: (any Error).self) { try await workflow.run(reporter) }
    #expect(warnings.withLock { $0.contains { $0.contains("nothing that truth marks") } })
    #expect(warnings.withLock { $0.contains { $0.contains("2 of 2 files have no truth") } })
    #expect(warnings.withLock { $0.contains { $0.contains("elsewhere.png") } })
  }

  @Test func `without a metric that is decided upon nothing is decided`() async throws {
    let (folder, model) = try Self.prepared(3)
    var workflow = try Self.workflow(folder, model)
    workflow.metrics = try ChosenMetric.list(["gini"])
    let none = try await workflow.run()
    #expect(!none.figures.isEmpty && none.verdict.isEmpty)
    workflow.metrics = try ChosenMetric.list(["insertion:steps=4", "gini"])
    let some = try await workflow.run()
    #expect(some.verdict.count == 2)
    #expect(some.verdict.allSatisfy { $0.lowercased().contains("insertion") })
  }

  @Test func `halves are judged apart, and together they are all`() async throws {
    let (folder, model) = try Self.prepared(8)
    var workflow = try Self.workflow(folder, model)
    workflow.metrics = try ChosenMetric.list([
      "insertion:steps=4", "insertion:steps=4:fill=zero", "gini",
    ])
    var counts: [Int] = []
    for half in EvaluationHalf.allCases {
      workflow.half = half
      let result = try await workflow.run()
      counts.append(result.inputCount)
      let page = try String(contentsOfFile: result.files[0], encoding: .utf8)
      #expect(page.contains(half == .tune ? "for trying methods" : "for judging once"))
    }
    #expect(counts.reduce(0, +) == 8 && !counts.contains(0) && !counts.contains(8))
    workflow.half = nil
    #expect(try await workflow.run().inputCount == 8)
  }

  @Test func `a metric of one's own stands in the tables`() async throws {
    let (folder, model) = try Self.prepared(3)
    var workflow = try Self.workflow(folder, model)
    let metric = Metric(
      id: "highest", title: "Highest value", summary: "the largest value of the map",
      formula: "max L", source: "this test", topic: .complexity, direction: .none,
      bounds: (nil, nil),
      procedure: .map { map, _ in Measurement(map.values.max().map(Double.init)) })
    workflow.metrics = [try ChosenMetric(metric), try ChosenMetric(parsing: "insertion:steps=4")]
    let result = try await workflow.run()
    let figure = try #require(result.figures.first { $0.metric == "highest" && !$0.isControl })
    #expect(try #require(figure.mean) > 0 && figure.count == 3)
  }

  @Test func `one metric is compared with itself where another fill hides`() async throws {
    let (folder, model) = try Self.prepared(4)
    var workflow = try Self.workflow(folder, model)
    workflow.request.methods = try ["layer-cam", "grad-cam", "relevance-map"].map {
      try ChosenMethod($0)
    }
    workflow.metrics = try ChosenMetric.list([
      "insertion:steps=4", "insertion:steps=4:fill=zero", "deletion:steps=4",
    ])
    let result = try await workflow.run()
    let page = try String(contentsOfFile: result.files[0], encoding: .utf8)
    #expect(page.contains("Insertion (steps 4), by fill"))
    #expect(!page.contains("Deletion (steps 4), by fill"))
  }

  @Test func `an estimate computes nothing that is kept`() async throws {
    let (folder, model) = try Self.prepared(2)
    let workflow = try Self.workflow(folder, model)
    let estimate = try await workflow.estimate()
    #expect(estimate.passCount > 100 && estimate.mapCount > 5)
    #expect(!FileManager.default.fileExists(atPath: folder.path("evaluation")))
  }

  @Test func `what is left with random weights is told beside its floor`() async throws {
    let (folder, model) = try Self.prepared()
    var workflow = try Self.workflow(folder, model)
    workflow.metrics = try ChosenMetric.list([
      "randomization", "randomization-floor", "other-class",
    ])
    let result = try await workflow.run()
    let page = try String(contentsOfFile: result.files[0], encoding: .utf8)
    #expect(page.contains("Sanity") && page.contains("fall to the floor"))
    #expect(page.contains("above kept") && page.contains("Like other class"))
    let curves = try String(contentsOfFile: folder.path("evaluation/curves.csv"), encoding: .utf8)
    // Above the layer there is nothing that its activations depend on.
    #expect(curves.contains("randomization,Sum of activations,kept,1,0.5,1.0,0.0"))
  }
}
