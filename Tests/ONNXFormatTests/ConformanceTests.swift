import Foundation
import GraphIR
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// Runs the ONNX project's own tests for every operator that is imported.
struct ConformanceTests {
  /// How the graph is computed.
  private let runner: ConformanceCase.Runner = { graph, inputs in
    try referenceOutputs(of: graph, inputs: inputs)
  }

  @Test(.needsShared("data/onnx-conformance"))
  func selectedOperatorTestsPass() throws {
    let root = try #require(SharedData.folder("data/onnx-conformance"))
    let report = ConformanceReport(ConformanceCase.all(in: root), runner)
    print(report.summary)
    #expect(report.failed.isEmpty, "\(report.failures)")
    #expect(report.passed.count >= 1)
  }

  @Test(.enabled(if: ConformanceReport.systemData != nil, "libonnx-testdata is not installed"))
  func allOperatorTestsPass() throws {
    let root = try #require(ConformanceReport.systemData)
    let report = ConformanceReport(ConformanceCase.all(in: root), runner)
    print(report.summary)
    #expect(report.failed.isEmpty, "\(report.failures)")
    #expect(report.passed.count >= 1)
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

  init(_ cases: [ConformanceCase], _ runner: ConformanceCase.Runner) {
    for item in cases {
      switch item.run(runner) {
      case .passed: passed.append(item.name)
      case .failed(let reason): failed.append((item.name, reason))
      case .outOfScope(let reason): outOfScope.append((item.name, reason))
      case .unsupported: unsupportedCount += 1
      }
    }
  }

  /// The failed cases, one per line.
  var failures: String {
    failed.map { "\($0.name): \($0.reason)" }.joined(separator: "\n")
  }

  /// The counts, and every case that did not pass with its reason.
  var summary: String {
    let lines = outOfScope.map { "  out of scope \($0.name): \($0.reason)" }
    let counts =
      "\(passed.count) passed, \(failed.count) failed, \(outOfScope.count) out of scope, "
      + "\(unsupportedCount) with operators that are not imported"
    return (lines + failed.map { "  FAILED \($0.name): \($0.reason)" } + [counts])
      .joined(separator: "\n")
  }
}
