import Foundation
import GraphIR
import ONNXSchema
import SwiftProtobuf
import TensorCore

@testable import ONNXFormat

/// One test of the ONNX project: a model, and what it makes of given inputs.
struct ConformanceCase {
  /// What came of running a case.
  enum Outcome {
    case passed
    case failed(String)
    case outOfScope(String)
    case unsupported
  }

  /// Computes the outputs of a graph; the execution engine can take the reference's place.
  typealias Runner = (Graph, [String: Tensor]) throws -> [String: Tensor]

  let name: String
  let folder: URL

  /// Every case below a folder.
  static func all(in root: URL) -> [ConformanceCase] {
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    var cases: [ConformanceCase] = []
    while let file = files?.nextObject() as? URL {
      guard file.lastPathComponent == "model.onnx" else { continue }
      let folder = file.deletingLastPathComponent()
      let set = folder.appending(path: "test_data_set_0").path(percentEncoded: false)
      guard FileManager.default.fileExists(atPath: set) else { continue }
      cases.append(ConformanceCase(name: folder.lastPathComponent, folder: folder))
    }
    return cases.sorted { $0.name < $1.name }
  }

  /// The size of the first input's file.
  var inputBytes: Int {
    let file = folder.appending(path: "test_data_set_0/input_0.pb")
    return (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
  }

  /// Imports the model, computes its outputs and compares them with the expected ones.
  ///
  /// Inputs are computed values where that is possible; an operator that needs to know some of
  /// them, such as the shape of a reshape, gets them as constants.
  func run(_ runner: Runner) -> Outcome {
    do {
      let file = try ONNXFile(contentsOf: folder.appending(path: "model.onnx"))
      let inputs = try tensors("input", named: file.inputs.map(\.name))
      let imported = try imported(file, inputs)
      if let refused = imported.refusedOutputs.first { throw refused.error }
      let expected = try tensors("output", named: file.outputNames)
      return compare(try runner(imported.graph, inputs.mapValues(\.tensor)), expected)
    } catch let error as ONNXError {
      if error.code == .unsupportedOperator { return .unsupported }
      return error.code == .outOfScope
        ? .outOfScope(error.description) : .failed(error.description)
    } catch {
      return .failed("\(error)")
    }
  }

  private func imported(
    _ file: ONNXFile, _ inputs: [String: HostTensor]
  ) throws -> ImportedModel {
    let first = file.inputs.first?.name
    let bindings = [
      [:], inputs.filter { $0.key != first && !$0.value.type.isFloatingPoint },
      inputs.filter { $0.key != first }, inputs,
    ]
    var failure: ONNXError?
    for bound in bindings {
      do {
        return try file.imported(
          inputShapes: inputs.mapValues(\.shape), batch: 1, bound: bound)
      } catch {
        guard error.code == .outOfScope else { throw error }
        failure = failure ?? error
      }
    }
    throw failure ?? ONNXError(.unreadable, "no inputs")
  }

  private func tensors(_ kind: String, named names: [String]) throws -> [String: HostTensor] {
    var tensors: [String: HostTensor] = [:]
    for (index, name) in names.enumerated() {
      let file = folder.appending(path: "test_data_set_0/\(kind)_\(index).pb")
      let message = try Onnx_TensorProto(serializedBytes: try Data(contentsOf: file))
      tensors[name] = try TensorDecoder(external: ExternalData(folder: nil)).decode(message)
    }
    return tensors
  }

  /// Within 1e-3 relative, as the ONNX project compares, plus 1e-5 absolute.
  ///
  /// Half types are computed in single precision here, so that expected values of theirs are
  /// farther off: bfloat16 has 8 bits, and float16 has 11.
  private func compare(_ outputs: [String: Tensor], _ expected: [String: HostTensor]) -> Outcome {
    for (name, reference) in expected.sorted(by: { $0.key < $1.key }) {
      guard let output = outputs[name] else { return .failed("no output \(name)") }
      guard output.shape == reference.shape else {
        return .failed("\(name) has shape \(output.shape), not \(reference.shape)")
      }
      let relative: Float = reference.type == .bfloat16 ? 0x1p-6 : 1e-3
      for (index, pair) in zip(output.elements, reference.floats).enumerated() {
        let isClose =
          pair.0 == pair.1 || (pair.0.isNaN && pair.1.isNaN)
          || abs(pair.0 - pair.1) <= 1e-5 + relative * abs(pair.1)
        guard isClose else {
          return .failed("\(name)[\(index)] is \(pair.0), not \(pair.1)")
        }
      }
    }
    return .passed
  }
}
