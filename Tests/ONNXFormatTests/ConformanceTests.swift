import Foundation
import GraphExecution
import GraphIR
import GraphRewriting
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// Runs the ONNX project's own tests for every operator that is imported.
struct ConformanceTests {
  /// The way every graph takes: rewritten, compiled, run.
  private let runner: ConformanceCase.Runner = { graph, inputs in
    try Program(graph.canonicalized()).run(inputs).byName
  }

  @Test(.needsShared("data/onnx-conformance"))
  func selectedOperatorTestsPass() throws {
    let root = try #require(SharedData.folder("data/onnx-conformance"))
    let report = ConformanceReport(ConformanceCase.all(in: root), runner)
    print(report.summary)
    #expect(report.unexplained.isEmpty, "\(report.failures)")
    #expect(report.passed.count >= 347)
  }

  @Test(.enabled(if: ConformanceReport.systemData != nil, "libonnx-testdata is not installed"))
  func allOperatorTestsPass() throws {
    let root = try #require(ConformanceReport.systemData)
    let report = ConformanceReport(ConformanceCase.all(in: root), runner)
    print(report.summary)
    #expect(report.unexplained.isEmpty, "\(report.failures)")
    #expect(report.passed.count >= 862)
  }
}

/// The outcomes of many cases.
struct ConformanceReport {
  private(set) var passed: [String] = []
  private(set) var failed: [(name: String, reason: String)] = []
  private(set) var outOfScope: [(name: String, reason: String)] = []

  /// How many cases use operators that are not imported.
  private(set) var unsupportedCount = 0

  /// The ONNX project's test data, where the system has it; `VITRINE_ONNX_TESTDATA` overrides.
  static let systemData: URL? = {
    let path =
      ProcessInfo.processInfo.environment["VITRINE_ONNX_TESTDATA"]
      ?? "/usr/share/libonnx-testdata/data"
    return FileManager.default.fileExists(atPath: path) ? URL(filePath: path) : nil
  }()

  /// Runs cases, leaving out those with inputs too large for a slow runner.
  init(
    _ cases: [ConformanceCase], _ runner: ConformanceCase.Runner, maximumInputBytes: Int = 8_000_000
  ) {
    for item in cases {
      guard item.inputBytes <= maximumInputBytes else {
        outOfScope.append((item.name, "inputs of \(item.inputBytes) bytes take too long"))
        continue
      }
      switch item.run(runner) {
      case .passed: passed.append(item.name)
      case .failed(let reason): failed.append((item.name, reason))
      case .outOfScope(let reason): outOfScope.append((item.name, reason))
      case .unsupported: unsupportedCount += 1
      }
    }
  }

  /// Failures that are not ours.
  static let explained: Set = [
    // The files of these hold bfloat16 bits as uint16 numbers, or shapes that contradict the model.
    "test_cast_BFLOAT16_to_FLOAT", "test_cast_FLOAT_to_BFLOAT16",
    "test_castlike_BFLOAT16_to_FLOAT", "test_castlike_BFLOAT16_to_FLOAT_expanded",
    "test_castlike_FLOAT_to_BFLOAT16", "test_castlike_FLOAT_to_BFLOAT16_expanded",
    // Expects 2.4 as the length of a resized axis where the text of the standard, ONNX Runtime
    // and PyTorch say 2.
    "test_resize_downsample_scales_linear_align_corners",
    "test_resize_downsample_scales_cubic_align_corners",
    // Remainders by infinity, which arithmetic cannot express (newer test data only).
    "test_mod_float_edge_cases_fmod_0_float16", "test_mod_float_edge_cases_fmod_0_float32",
    "test_mod_float_edge_cases_fmod_0_float64",
  ]

  /// The names of the failed cases that are not explained.
  var unexplained: [String] {
    failed.map(\.name).filter { !Self.explained.contains($0) }
  }

  /// The failed cases, one per line.
  var failures: String {
    failed.map { "\($0.name): \($0.reason)" }.joined(separator: "\n")
  }

  /// The counts, and every case that did not pass with its reason.
  var summary: String {
    let lines = outOfScope.map { "  out of scope \($0.name): \($0.reason)" }
    let counts =
      "ONNX operator tests: passed \(passed.count), explained failures "
      + "\(failed.count - unexplained.count), other failures \(unexplained.count), "
      + "out of scope \(outOfScope.count), operators not imported \(unsupportedCount)"
    return (lines + failed.map { "  not passed \($0.name): \($0.reason)" } + [counts])
      .joined(separator: "\n")
  }
}
