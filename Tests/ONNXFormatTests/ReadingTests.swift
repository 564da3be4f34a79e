import Foundation
import GraphIR
import ONNXSchema
import SwiftProtobuf
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// What a file says, and what is wrong with it.
struct ReadingTests {
  @Test(arguments: 0...8)
  func `numbers of every type are decoded exactly`(index: Int) throws {
    let cases: [(code: Int32, bytes: [UInt8], expected: [Float])] = [
      (1, [0, 0, 128, 63, 0, 0, 32, 192], [1, -2.5]),
      (10, [0, 60, 1, 0, 255, 251, 0, 252], [1, 0x1p-24, -65504, -.infinity]),
      (16, [128, 63, 32, 192], [1, -2.5]),
      (11, [0, 0, 0, 0, 0, 0, 4, 192], [-2.5]),
      (7, [254, 255, 255, 255, 255, 255, 255, 255], [-2]),
      (6, [255, 255, 255, 255, 1, 1, 0, 0], [-1, 257]),
      (3, [255, 127], [-1, 127]),
      (2, [255, 127], [255, 127]),
      (9, [0, 2], [0, 1]),
    ]
    var message = Onnx_TensorProto()
    message.dataType = cases[index].code
    message.dims = [Int64(cases[index].expected.count)]
    message.rawData = Data(cases[index].bytes)
    let tensor = try TensorDecoder(external: ExternalData(folder: nil)).decode(message)
    #expect(tensor.floats == cases[index].expected)
  }

  @Test func `a tensor whose data has the wrong length is named`() throws {
    let node = TestModel.node("Add", ["x", "weights"], ["y"])
    let bad = TestModel.floats("weights", [3], [1, 2])
    let file = try TestModel.file(
      TestModel.graph(inputs: [("x", ["3"])], outputs: ["y"], nodes: [node], initializers: [bad]))
    let error = try #require(throws: ONNXError.self) { try file.graph() }
    #expect(error.code == .malformedFile)
    #expect(error.description.contains("tensor \"weights\": 3 numbers are declared"))
  }

  @Test func `every unsupported operator is listed`() throws {
    let nodes = [
      TestModel.node("Optional", ["x"], ["a"], name: "loop"),
      TestModel.node("Relu", ["a"], ["b"]),
      TestModel.node("Optional", ["b"], ["c"]),
      TestModel.node("Mystery", ["c", "x"], ["y"], name: "odd", domain: "com.microsoft"),
    ]
    let file = try TestModel.file(
      TestModel.graph(inputs: [("x", ["n", "4"])], outputs: ["y"], nodes: nodes))
    let error = try #require(throws: ONNXError.self) { try file.graph() }
    #expect(error.code == .unsupportedOperator)
    for part in [
      "3 nodes", "2 × Optional (opset 17), such as Optional node \"loop\"", "[n×4]",
      "com.microsoft",
      "test.onnx",
    ] {
      #expect(error.description.contains(part), "\(part) is not in: \(error)")
    }
    #expect(!error.description.contains("Relu"))
  }

  @Test func `an open dimension is named, and can be given`() throws {
    let file = try TestModel.file(
      TestModel.graph(
        inputs: [("spectrum", ["batch", "1", "points"])], outputs: ["y"],
        nodes: [TestModel.node("Relu", ["spectrum"], ["y"])]))
    let error = try #require(throws: ONNXError.self) { try file.graph() }
    #expect(error.code == .unboundDimension)
    #expect(error.description.contains("axis 2") && error.description.contains("\"points\""))
    let graph = try file.graph(inputShapes: ["spectrum": [3, 1, 50]])
    #expect(graph.inputs.map(\.shape) == [[3, 1, 50]])
    let wrong = try #require(throws: ONNXError.self) {
      try file.graph(inputShapes: ["spectrum": [3, 2, 50]])
    }
    #expect(wrong.code == .unboundDimension)
  }

  /// As Keras networks with a Normalization have them behind tf2onnx.
  @Test func `what nothing reads is no input`() throws {
    let inputs = [("left", ["1", "1", "3"]), ("x", ["batch", "4"]), ("over", ["?"])]
    let relu = TestModel.node("Relu", ["x"], ["y"])
    let file = try TestModel.file(
      TestModel.graph(inputs: inputs, outputs: ["y"], nodes: [relu]))
    #expect(file.inputs.map(\.name) == ["x"])
    #expect(try file.graph(batch: 2).inputs.map(\.shape) == [[2, 4]])
    let copied = try TestModel.file(
      TestModel.graph(inputs: inputs, outputs: ["y", "left"], nodes: [relu]))
    #expect(copied.inputs.map(\.name) == ["left", "x"])
  }

  @Test func `a batch that has no place is refused`() throws {
    let file = try TestModel.file(
      TestModel.graph(
        inputs: [("x", ["1", "4"])], outputs: ["y"], nodes: [TestModel.node("Relu", ["x"], ["y"])]))
    #expect(try file.graph().inputs.map(\.shape) == [[1, 4]])
    #expect(throws: ONNXError.self) { try file.graph(batch: 8) }
  }

  @Test(arguments: [
    (["x"], ["a"], ["a"], "made twice"), (["missing"], ["a"], ["b"], "made by nothing"),
    (["b"], ["a"], ["b"], "form a cycle"),
  ])
  func `names that do not fit are reported`(
    first: [String], firstOutput: [String], second: [String], message: String
  ) throws {
    let nodes = [
      TestModel.node("Relu", first, firstOutput), TestModel.node("Relu", ["a"], second),
    ]
    let file = try TestModel.file(
      TestModel.graph(inputs: [("x", ["1"])], outputs: ["a"], nodes: nodes))
    let error = try #require(throws: ONNXError.self) { try file.graph() }
    #expect(error.code == .malformedFile)
    #expect(error.description.contains(message), "\(error)")
  }

  @Test func `names of layers survive operators that do nothing`() throws {
    let nodes = [
      TestModel.node("Relu", ["x"], ["a"], name: "activation"),
      TestModel.node("Identity", ["a"], ["b"], name: "nothing"),
      TestModel.node("Exp", ["b"], ["y"], name: "last"),
    ]
    let file = try TestModel.file(
      TestModel.graph(inputs: [("x", ["1", "4"])], outputs: ["y", "b"], nodes: nodes))
    let imported = try file.imported()
    #expect(imported.layers.map(\.nodeName) == ["activation", "nothing", "last"])
    #expect(imported.value(named: "b") == imported.value(named: "activation"))
    #expect(imported.graph.value(named: "y") == imported.value(named: "last"))
    #expect(imported.graph.outputs.map(\.name) == ["y", "b"])
  }

  @Test(arguments: [Data(), Data([0]), Data("not a model".utf8), Data(repeating: 0xff, count: 64)])
  func `what is not a model is refused`(bytes: Data) throws {
    let error = try #require(throws: ONNXError.self) { try ONNXFile(bytes, name: "x.onnx") }
    #expect(error.code == .malformedFile)
    #expect(error.description.hasPrefix("x.onnx: "))
  }

  @Test func `weights are read from the file, not from the message`() throws {
    let values = (0..<1000).map { Float($0) }
    var large = TestModel.floats("large", [1000], [])
    large.rawData = values.littleEndian
    let small = TestModel.floats("small", [1], [2])
    let data = try TestModel.data(
      TestModel.graph(
        inputs: [("x", ["1000"])], outputs: ["y"],
        nodes: [
          TestModel.node("Mul", ["x", "small"], ["a"]),
          TestModel.node("Add", ["a", "large"], ["y"]),
        ], initializers: [small, large]))
    let layout = WeightLayout(data, url: nil)
    #expect(layout.rawData.keys.sorted() == [1])
    #expect(layout.skeleton.count == data.count - 4005)
    let graph = try ONNXFile(data, name: "large").graph()
    let outputs = try referenceOutputs(
      of: graph, inputs: ["x": Tensor(shape: [1000], repeating: 1)])
    #expect(outputs["y"]?.elements == values.map { $0 + 2 })

    let url = FileManager.default.temporaryDirectory
      .appending(path: "vitrine-\(UUID().uuidString).onnx")
    defer { try? FileManager.default.removeItem(at: url) }
    try data.write(to: url)
    let file = try ONNXFile(contentsOf: url)
    let again = try referenceOutputs(
      of: file.graph(), inputs: ["x": Tensor(shape: [1000], repeating: 1)])
    #expect(again["y"]?.elements == values.map { $0 + 2 })
    try data.prefix(3000).write(to: url)
    let error = try #require(throws: ONNXError.self) { try file.graph() }
    #expect(error.code == .unreadable && error.description.contains("shorter"))
  }
}

extension [Float] {
  /// The numbers as little-endian bytes.
  fileprivate var littleEndian: Data {
    Data(
      flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) } }
    )
  }
}
