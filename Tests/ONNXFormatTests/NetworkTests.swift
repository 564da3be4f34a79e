import Foundation
import GraphIR
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// Networks as people publish them.
struct NetworkTests {
  @Test(
    .needsShared("data/model-mnist-cntk"),
    arguments: [
      ("model-cifar10-lenet/model.onnx", [2, 3, 32, 32], [2, 10]),
      ("model-cifar10-resnet20/model.onnx", [2, 3, 32, 32], [2, 10]),
      ("model-cifar10-resnet20/model_raw_export.onnx", [1, 3, 32, 32], [1, 10]),
      ("model-crepe-tiny/model.onnx", [2, 1, 1024], [2, 360]),
      ("model-efficientnet-lite0/model.onnx", [2, 3, 224, 224], [2, 1000]),
      ("model-fashion-cnn/model.onnx", [2, 1, 28, 28], [2, 10]),
      ("model-mnist-cntk/model.onnx", [1, 1, 28, 28], [1, 10]),
      ("model-mobilenet-v1-025-128/model.onnx", [2, 3, 128, 128], [2, 1000]),
      ("model-mobilenet-v2/model.onnx", [2, 3, 224, 224], [2, 1000]),
      ("model-squeezenet1.1/model.onnx", [2, 3, 224, 224], [2, 1000]),
      ("model-squeezenet1.1/original_fp16_opset7.onnx", [1, 3, 224, 224], [1, 1000]),
    ])
  func importsWithTheRightShapes(path: String, input: [Int], output: [Int]) throws {
    let file = try ONNXFile(contentsOf: try #require(SharedData.folder("data/" + path)))
    let imported = try file.imported(batch: input[0])
    let graph = imported.graph
    try graph.verify()
    #expect(graph.inputs.map(\.shape) == [Shape(input)])
    #expect(graph.inputs.map(\.name) == file.inputs.map(\.name))
    #expect(graph.outputs.map(\.name) == file.outputNames)
    let produced = graph.outputs.map { graph[$0.value].shape.extents.filter { $0 != 1 } }
    #expect(produced == [output.filter { $0 != 1 }])
    for layer in imported.layers {
      #expect(imported.values[layer.valueName] == layer.value)
      #expect(graph[layer.value].name != nil)
    }
  }

  @Test(
    .needsShared("data/model-mnist-cntk"),
    arguments: ["model-mnist-cntk", "model-wheat-protein"])
  func logitsEqualTheReference(folder: String) throws {
    let root = try #require(SharedData.folder("data/\(folder)"))
    let file = try ONNXFile(contentsOf: root.appending(path: "model.onnx"))
    let archive = try NPZArchive(contentsOf: root.appending(path: "reference.npz"))
    let name = try #require(archive.names.first { $0.contains("input") || $0 == "x" })
    let expectedName = try #require(
      archive.names.first { $0.contains("output") || $0.contains("logits") || $0 == "y" })
    let input = try archive.file(name).tensor.firstSample
    let expected = try archive.file(expectedName).tensor.firstSample
    let graph = try file.graph(inputShapes: [file.inputs[0].name: input.shape])
    let outputs = try referenceOutputs(of: graph, inputs: [file.inputs[0].name: input])
    let output = try #require(outputs[file.outputNames[0]])
    // Single-precision sums of a few thousand products.
    expectClose(
      output.reshaped(to: expected.shape), expected, absolute: 1e-3, relative: 1e-4, folder)
  }

  @Test(.needsShared("data/model-mobilenet-v2"))
  func layersAreKnownByNodeAndValueNames() throws {
    let url = try #require(SharedData.folder("data/model-squeezenet1.1/original_fp16_opset7.onnx"))
    let file = try ONNXFile(contentsOf: url)
    let imported = try file.imported()
    #expect(file.opset == 7)
    let dropout = try #require(imported.layers.first { $0.operatorType == "Dropout" })
    #expect(imported.value(named: dropout.valueName) == dropout.value)
    let softmax = try #require(imported.layers.last { $0.operatorType == "Softmax" })
    #expect(imported.graph.value(named: softmax.valueName) == softmax.value)
  }
}

extension Tensor {
  /// The first sample, still with an axis of samples.
  fileprivate var firstSample: Tensor {
    shape.rank > 0 && shape[0] > 1
      ? part(0).reshaped(to: Shape([1] + shape.extents.dropFirst())) : self
  }
}
