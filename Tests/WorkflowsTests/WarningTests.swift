import Explanations
import Foundation
import GraphIR
import ImageData
import ONNXFormat
import Operations
import Synchronization
import TensorCore
import TestSupport
import Testing
import Workflows

/// What is said of maps that rest on little, on differences, or on nothing of the class.
struct WarningTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The warnings about the class 0 of a network whose layer `kept` is a picture, left half red.
  private func warnings(
    _ method: String, _ settings: [String: String] = [:], labels: [String] = ["a", "b"],
    head: (Value) -> Value
  ) async throws -> [String] {
    let builder = GraphBuilder()
    let kept = builder.input("input", shape: [1, 3, 16, 16]).rectified
    builder.name(kept, "kept")
    builder.output("scores", head(kept))
    let names = labels.map { "\"\($0)\"" }.joined(separator: ", ")
    let known =
      #"{"mean": 0, "scale": 1, "value_range": "0..1", "preprocessing": "none", "labels": ["#
      + names + "]}"
    let path = folder.path("network.onnx")
    try ONNXWriter(metadata: ["vitrine": known])
      .write(try builder.finish(), to: URL(fileURLWithPath: path))
    let picture = folder.path("halves.png")
    let pixels = (0..<256).flatMap { $0 % 16 < 8 ? [255, 0, 0] : [0, 0, 255] as [UInt8] }
    try Picture(width: 16, height: 16, pixels: pixels).writePNG(to: picture)
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: ModelSettings(path: path), inputs: [picture],
        methods: [try ChosenMethod(method, settings: settings)]))
    workflow.request.layers = ["kept"]
    workflow.request.targets = ["a"]
    workflow.folder = folder.path("maps")
    let warnings = Mutex<[String]>([])
    let result = try await workflow.run(
      WorkflowReporter(warning: { warning in warnings.withLock { $0.append(warning) } }))
    #expect(result.failures.isEmpty)
    return warnings.withLock { $0 }
  }

  /// Scores `w · mean + b` of the first and the second channel.
  private func pooled(_ kept: Value, weight: Float, bias: Float) -> Value {
    let weights = Tensor(
      shape: [3, 2], elements: [weight, 0, 0, weight, 0, 0])
    let means = kept.mean(over: .positions).reshaped(to: [1, 3])
    return means.product(kept.builder.constant(weights)) + bias
  }

  @Test(arguments: [(Float(0), false), (Float(0.1), false), (Float(10), true)])
  func `relevance that biases keep is missed`(bias: Float, isMissed: Bool) async throws {
    let warnings = try await warnings("lrp", ["bias": "once"]) {
      pooled($0, weight: 0.1, bias: bias)
    }
    let said = warnings.filter { $0.contains("rests on little") }
    #expect(said.count == (isMissed ? 1 : 0), "\(warnings)")
    // 0.05 of 10.05 arrives.
    if isMissed { #expect(said[0].contains("0.5 % of the relevance for a")) }
  }

  /// There is nothing against it that could arrive.
  @Test func `an only score misses nothing`() async throws {
    let warnings = try await warnings("relevance-cam", labels: ["a"]) { kept in
      let weights = Tensor(shape: [3, 1], elements: [1, 0, 0])
      let means = kept.mean(over: .positions).reshaped(to: [1, 3])
      return means.product(kept.builder.constant(weights))
    }
    #expect(warnings.filter { $0.contains("rests on little") }.isEmpty, "\(warnings)")
  }

  @Test(arguments: [("z-plus", "one-hot"), ("z-plus", "balanced"), ("epsilon-plus", "one-hot")])
  func `z-plus without a contrast is blind to classes`(
    composite: String, contrast: String
  ) async throws {
    let warnings = try await warnings("lrp", ["composite": composite, "contrast": contrast]) {
      pooled($0, weight: 1, bias: 0)
    }
    let isBlind = composite == "z-plus" && contrast == "one-hot"
    #expect(warnings.contains { $0.contains("maps of all classes look alike") } == isBlind)
  }

  /// Shares `1 / (2 + 128 g)` of 200 positions with `g = 0.01` and 56 with another.
  @Test(arguments: [(Float(-0.022_81), true), (Float(-0.01), false), (Float(0.02), false)])
  func `shares that almost cancel are doubted`(slope: Float, isDoubted: Bool) async throws {
    let warnings = try await warnings("grad-cam-pp") { kept in
      let weights = (0..<768 * 2).map { index -> Float in
        guard index % 2 == 0, index / 2 < 256 else { return 0 }
        return index / 2 < 200 ? 0.01 : slope
      }
      return kept.reshaped(to: [1, 768]).product(
        kept.builder.constant(Tensor(shape: [768, 2], elements: weights)))
    }
    let said = warnings.contains { $0.contains("differences of almost equal numbers") }
    #expect(said == isDoubted, "\(warnings)")
  }
}
