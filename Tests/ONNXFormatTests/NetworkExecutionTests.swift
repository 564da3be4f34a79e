import Foundation
import GraphExecution
import GraphIR
import GraphRewriting
import ONNXFormat
import TensorCore
import TestSupport
import Testing

struct NetworkExecutionTests {
  static let names = [
    "cifar10-lenet", "cifar10-resnet20", "crepe-tiny", "efficientnet-lite0", "ftirnet",
    "mobilenet-v1-025-128", "mobilenet-v2", "squeezenet1.1", "wheat-protein",
  ]

  /// Independent values in double precision; ours are single, so 1e-4 of the largest logit.
  @Test(.needsShared("reference"), arguments: names)
  func logitsAgree(name: String) throws {
    let shared = try #require(SharedData.folder("."))
    let reference = try NPZArchive(
      contentsOf: shared.appending(path: "reference/model-\(name).npz"))
    let input = try reference["input"]
    let file = try ONNXFile(contentsOf: shared.appending(path: "data/model-\(name)/model.onnx"))
    let graph = try file.graph(batch: input.shape[0]).canonicalized()
    let program = try Program(graph)
    let result = try program.run([file.inputs[0].name: input])
    let expected = try reference["logits"]
    let scale = Double(expected.elements.map(abs).max() ?? 0)
    try expectClose(
      #require(result[file.outputNames[0]]), expected, absolute: 1e-4 * scale, relative: 0)
  }
}
