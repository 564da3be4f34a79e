import Foundation
import GraphIR
import ONNXSchema
import Operations
import SwiftProtobuf
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// What is in written files, without running them.
struct ExportStructureTests {
  private func model(
    _ writer: ONNXWriter = ONNXWriter(), _ build: (GraphBuilder) -> Void
  ) throws -> Onnx_ModelProto {
    let builder = GraphBuilder()
    build(builder)
    return try Onnx_ModelProto(serializedBytes: try writer.bytes(of: try builder.finish()))
  }

  @Test func `a file states versions, producer and sorted metadata`() throws {
    let writer = ONNXWriter(metadata: ["labels": "cat,dog", "axis": "1/cm"], graphName: "maps")
    let model = try model(writer) { b in b.output("y", b.input("x", shape: [2]).rectified) }
    #expect(model.irVersion == 8)
    #expect(model.opsetImport.map(\.version) == [17])
    #expect(model.producerName == "Vitrine")
    #expect(model.metadataProps.map(\.key) == ["axis", "labels"])
    #expect(model.metadataProps.map(\.value) == ["1/cm", "cat,dog"])
    #expect(model.graph.name == "maps")
  }

  @Test func `values keep their names and weights are raw data`() throws {
    let model = try model { b in
      let weights = b.constant(Tensor(shape: [2], elements: [1, -2]))
      b.name(weights, "scale")
      let scaled = b.input("x", shape: [3, 2]) * weights
      b.name(scaled, "scaled")
      b.output("y", scaled.rectified)
    }
    #expect(model.graph.input.map(\.name) == ["x"])
    #expect(model.graph.input[0].type.tensorType.shape.dim.map(\.dimValue) == [3, 2])
    #expect(model.graph.node.map(\.opType) == ["Mul", "Relu"])
    #expect(model.graph.node[0].input == ["x", "scale"])
    #expect(model.graph.node[0].output == ["scaled"])
    #expect(model.graph.node[1].output == ["y"])
    #expect(model.graph.initializer.map(\.dims) == [[2]])
    #expect(Array(model.graph.initializer[0].rawData) == [0, 0, 128, 63, 0, 0, 0, 192])
  }

  @Test func `what outputs do not need is left out, except inputs`() throws {
    let model = try model { b in
      let x = b.input("x", shape: [2])
      _ = b.constant(Tensor(shape: [2], repeating: 1)) * x.exponential
      _ = b.input("unused", shape: [7])
      b.output("y", x.rectified)
    }
    #expect(model.graph.node.map(\.opType) == ["Relu"])
    #expect(model.graph.initializer.isEmpty)
    #expect(model.graph.input.map(\.name) == ["x", "unused"])
  }

  @Test func `a gradient and a selection of one pooling share its winners`() throws {
    let pooling = PoolingWindow(kernel: [2], window: SlidingWindow(rank: 1, strides: [2]))
    let model = try model { b in
      let x = b.input("x", shape: [1, 2, 6])
      let g = b.input("g", shape: [1, 2, 3])
      b.output("spread", b.apply(MaxPoolingGradient(pooling), [x, g]))
      b.output("selected", b.apply(MaxPoolingSelection(pooling), [x, x]))
    }
    #expect(model.graph.node.filter { $0.opType == "MaxPool" }.count == 1)
  }

  @Test func `the same graph gives the same bytes`() throws {
    let graph = try ExportCase.networks()[0].graph
    #expect(try ONNXWriter().bytes(of: graph) == ONNXWriter().bytes(of: graph))
  }

  @Test func `ambiguous or missing names are refused`() throws {
    func expectRefusal(_ message: String, _ build: (GraphBuilder) -> Void) throws {
      #expect {
        _ = try self.model(ONNXWriter(), build)
      } throws: { error in
        (error as? ONNXError)?.code == .unwritable && "\(error)".contains(message)
      }
    }
    try expectRefusal("no outputs") { b in _ = b.input("x", shape: [1]) }
    try expectRefusal("\"x\"") { b in b.output("x", b.input("x", shape: [1]).rectified) }
    try expectRefusal("\"x\"") { b in
      b.output("y", b.input("x", shape: [1]) + b.input("x", shape: [2]))
    }
    try expectRefusal("no name") { b in b.output("", b.input("x", shape: [1])) }
  }

  @Test func `a folder that is not there is an error and leaves no file`() throws {
    let graph = try ExportCase.networks()[0].graph
    let url = URL(filePath: "/nowhere-\(UUID().uuidString)/model.onnx")
    #expect {
      try ONNXWriter().write(graph, to: url)
    } throws: { ($0 as? ONNXError)?.code == .unwritable }
    #expect(!FileManager.default.fileExists(atPath: url.path(percentEncoded: false)))
  }

  @Test func `written models are read back to the same numbers`() throws {
    var readCount = 0
    for item in try ExportCase.unary() + ExportCase.binary() + ExportCase.convolutions()
      + ExportCase.products() + ExportCase.reductions() + ExportCase.movements()
    {
      let file = try ONNXFile(try ONNXWriter().bytes(of: item.graph), name: "written")
      // Weights that are not constant, and scattering, are written but not read.
      guard let imported = try? file.imported(), imported.refusedOutputs.isEmpty else { continue }
      let graph = imported.graph
      readCount += 1
      let expected = try referenceOutputs(of: item.graph, inputs: item.inputs)
      let actual = try referenceOutputs(of: graph, inputs: item.inputs)
      for (name, tensor) in expected {
        try expectClose(
          #require(actual[name]), tensor, absolute: 1e-5, relative: 1e-5, "\(item) \(name)")
      }
    }
    #expect(readCount >= 70)
    print("\(readCount) models read back")
  }
}
