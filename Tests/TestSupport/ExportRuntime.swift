import Foundation
package import GraphIR
import ONNXFormat
package import TensorCore

/// Runs written models in ONNX Runtime, many in one process.
package enum ExportRuntime {
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Checks and runs every graph on its inputs.
  ///
  /// - Parameters:
  ///   - models: Graphs and their inputs.
  ///   - sampleAxis: The name of the first dimension when graphs of one sample are written for any
  ///     number of them.
  ///   - opset: The version of the operator set that is written for.
  /// - Returns: The outputs of each, or why the checker or ONNX Runtime refused it.
  /// - Throws: When models cannot be written, or the script fails as a whole.
  package static func run(
    _ models: [(graph: Graph, inputs: [String: Tensor])], sampleAxis: String? = nil,
    opset: Int = 17
  ) throws -> [Result<[String: Tensor], Failure>] {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "vitrine-export-\(UUID().uuidString)")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    for (index, model) in models.enumerated() {
      let name = folder.appending(path: "\(index)")
      try ONNXWriter(opset: opset, sampleAxis: sampleAxis).write(
        model.graph, to: name.appendingPathExtension("onnx"))
      try NPZArchive.write(
        model.inputs.map { ($0.key, $0.value) }, to: name.appendingPathExtension("in.npz"))
    }
    let path = folder.path(percentEncoded: false)
    guard try PythonEnvironment.run("run_onnx_models.py", [path]) else {
      throw Failure(description: "run_onnx_models.py failed; see its output")
    }
    return models.indices.map { index in
      let name = folder.appending(path: "\(index)")
      let message = name.appendingPathExtension("error.txt")
      if let text = try? String(contentsOf: message, encoding: .utf8) {
        return .failure(Failure(description: text))
      }
      return Result { try outputs(name.appendingPathExtension("out.npz")) }
        .mapError { Failure(description: "\($0)") }
    }
  }

  private static func outputs(_ url: URL) throws -> [String: Tensor] {
    let archive = try NPZArchive(contentsOf: url)
    var outputs: [String: Tensor] = [:]
    for name in archive.names { outputs[name] = try archive.file(name).tensor }
    return outputs
  }
}
