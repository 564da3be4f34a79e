import Foundation
import GraphExecution
import GraphRewriting
import ONNXFormat
import TensorCore
import TestSupport
import Testing

/// Whole networks, imported, canonicalized, compiled and run on real inputs.
struct NetworkExecutionTests {
  static let names = [
    "cifar10-lenet", "cifar10-resnet20", "crepe-tiny", "efficientnet-lite0", "ftirnet",
    "mnist-cntk", "mobilenet-v1-025-128", "mobilenet-v2", "squeezenet1.1", "wheat-protein",
  ]

  @Test(.needsShared("data"), arguments: names)
  func logitsEqualONNXRuntime(name: String) throws {
    let folder = try #require(SharedData.folder("data/model-\(name)"))
    let archive = try NPZArchive(contentsOf: folder.appending(path: "reference.npz"))
    let expected = try archive[archive.names.contains("logits") ? "logits" : "output"]
    try expectLogits(folder.appending(path: "model.onnx"), archive["input"], expected)
  }

  /// The same network as its exporter wrote it, with shape arithmetic and a fixed batch of one.
  @Test(.needsShared("data"))
  func rawExportGivesTheSameLogits() throws {
    let folder = try #require(SharedData.folder("data/model-cifar10-resnet20"))
    let archive = try NPZArchive(contentsOf: folder.appending(path: "reference.npz"))
    let (input, expected) = (try archive["input"], try archive["output"])
    for sample in 0..<input.shape[0] {
      try expectLogits(
        folder.appending(path: "model_raw_export.onnx"), Tensor.stack([input.part(sample)]),
        Tensor.stack([expected.part(sample)]))
    }
  }

  /// Half-precision weights, opset 7, dropout and a softmax at the end.
  @Test(.needsShared("data"))
  func originalSqueezeNetGivesItsProbabilities() throws {
    let folder = try #require(SharedData.folder("data/model-squeezenet1.1"))
    let archive = try NPZArchive(contentsOf: folder.appending(path: "reference.npz"))
    let logits = try archive["logits"]
    let largest = try #require(logits.elements.max())
    let powers = logits.map { exp($0 - largest) }
    let sum = powers.elements.reduce(0, +)
    let actual = try run(
      folder.appending(path: "original_fp16_opset7.onnx"), archive["input"], count: 1000)
    // The weights were rounded to half precision on their way: 2e-4 by the data's own account.
    expectClose(actual, powers.map { $0 / sum }, absolute: 2e-4, relative: 0)
  }

  /// Expected values computed with ONNX Runtime 1.23 on the first validation picture.
  @Test(.needsShared("data/model-fashion-cnn"))
  func parallelBranchesGiveTheRightLogits() throws {
    let folder = try #require(SharedData.folder("data/model-fashion-cnn"))
    let pictures = try NPZArchive(contentsOf: folder.appending(path: "fashion_val.npz"))["X"]
    let input = pictures.part(0).map { $0 / 255 }.reshaped(to: [1, 1, 28, 28])
    let expected: [Float] = [
      -11.534563, -21.677853, -19.792171, -31.811085, -14.222384, -8.615439, -25.964423, 4.6536627,
      -23.307121, 17.606714,
    ]
    try expectLogits(
      folder.appending(path: "model.onnx"), input, Tensor(shape: [1, 10], elements: expected))
  }

  /// Each within 1e-4 of the largest logit of the batch.
  private func expectLogits(_ url: URL, _ input: Tensor, _ expected: Tensor) throws {
    let scale = Double(expected.elements.map(abs).max() ?? 0)
    let actual = try run(url, input, count: expected.shape.elementCount)
    expectClose(
      actual.reshaped(to: expected.shape), expected, absolute: 1e-4 * scale, relative: 0)
  }

  private func run(_ url: URL, _ input: Tensor, count: Int) throws -> Tensor {
    let file = try ONNXFile(contentsOf: url)
    let name = file.inputs[0].name
    // Some files insist on one sample at a time.
    let isSingle = file.inputs[0].dimensions?.first == .fixed(1)
    let batches =
      isSingle ? (0..<input.shape[0]).map { Tensor.stack([input.part($0)]) } : [input]
    let graph = try file.graph(inputShapes: [name: batches[0].shape], batch: batches[0].shape[0])
    let program = try Program(graph.canonicalized())
    let outputs = try batches.flatMap { batch in
      try #require(program.run([name: batch])[file.outputNames[0]]).elements
    }
    return Tensor(shape: [1, count], elements: outputs)
  }
}
