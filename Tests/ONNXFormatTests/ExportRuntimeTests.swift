import Foundation
import GraphIR
import ONNXFormat
import TensorCore
import TestSupport
import Testing

/// Written models against the reference evaluator, in ONNX Runtime; one process runs them all.
@Suite(.needsPython)
struct ExportRuntimeTests {
  /// All cases and what ONNX Runtime made of them.
  struct Batch: Sendable {
    let cases: [ExportCase]
    let results: [Result<[String: Tensor], Failure>]
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let batch = Result { try run(try allCases()) }

  private static func allCases() throws -> [ExportCase] {
    try ExportCase.convolutions() + ExportCase.poolings() + ExportCase.resizings()
      + ExportCase.unary() + ExportCase.binary() + ExportCase.reductions()
      + ExportCase.products() + ExportCase.movements() + ExportCase.networks()
  }

  /// Writes every case into a temporary folder, runs them all and reads the results.
  private static func run(_ cases: [ExportCase]) throws -> Batch {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "vitrine-export-\(UUID().uuidString)")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    for (index, item) in cases.enumerated() {
      let name = folder.appending(path: "\(index)")
      try ONNXWriter().write(item.graph, to: name.appendingPathExtension("onnx"))
      try NPZArchive.write(
        item.inputs.map { ($0.key, $0.value) }, to: name.appendingPathExtension("in.npz"))
    }
    let path = folder.path(percentEncoded: false)
    guard try PythonEnvironment.run("run_onnx_models.py", [path]) else {
      throw Failure(description: "run_onnx_models.py failed; see its output")
    }
    return Batch(
      cases: cases,
      results: cases.indices.map { index in
        let name = folder.appending(path: "\(index)")
        let message = name.appendingPathExtension("error.txt")
        if let text = try? String(contentsOf: message, encoding: .utf8) {
          return .failure(Failure(description: text))
        }
        return Result { try outputs(name.appendingPathExtension("out.npz")) }
          .mapError { Failure(description: "\($0)") }
      })
  }

  private static func outputs(_ url: URL) throws -> [String: Tensor] {
    let archive = try NPZArchive(contentsOf: url)
    var outputs: [String: Tensor] = [:]
    for name in archive.names { outputs[name] = try archive.file(name).tensor }
    return outputs
  }

  @Test func `every operation and its gradients equal the reference in ONNX Runtime`() throws {
    let batch = try Self.batch.get()
    var worst = (difference: 0.0, place: "")
    for (item, result) in zip(batch.cases, batch.results) {
      let actual: [String: Tensor]
      switch result {
      case .success(let outputs): actual = outputs
      case .failure(let failure):
        Issue.record("\(item): \(failure)")
        continue
      }
      let expected = try referenceOutputs(of: item.graph, inputs: item.inputs)
      #expect(actual.keys.sorted() == expected.keys.sorted(), "\(item)")
      for (name, tensor) in expected {
        let output = try #require(actual[name], "\(item) \(name)")
        let range = tensor.elements.filter(\.isFinite).map { Double(abs($0)) }.max() ?? 0
        // Single against double precision; the numbers are of size 1 to 10.
        expectClose(
          output, tensor, absolute: 1e-6 + 1e-5 * range, relative: 0, "\(item) \(name)")
        for (a, b) in zip(output.elements, tensor.elements) where b.isFinite && range > 0 {
          let difference = Double(abs(a - b)) / range
          if difference > worst.difference { worst = (difference, "\(item) \(name)") }
        }
      }
    }
    print("\(batch.cases.count) models; worst \(worst.difference) of range: \(worst.place)")
  }
}
