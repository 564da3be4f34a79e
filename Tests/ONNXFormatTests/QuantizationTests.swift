import Foundation
import GraphExecution
import GraphIR
import GraphRewriting
import ONNXSchema
import Operations
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// Quantized numbers: exact, and without their zero points in the graph.
struct QuantizationTests {
  /// The shortest way there and back, with a movement and a max pooling between.
  private func file(zero: Int64, type: Int32) throws -> ONNXFile {
    var zeroPoint = TestModel.integers("zero", [zero])
    zeroPoint.dims = []
    zeroPoint.dataType = type
    zeroPoint.int32Data = zeroPoint.int64Data.map { Int32($0) }
    zeroPoint.int64Data = []
    let nodes = [
      TestModel.node("QuantizeLinear", ["x", "scale", "zero"], ["q"]),
      TestModel.node("MaxPool", ["q"], ["pooled"], ints: ["kernel_shape": [1]]),
      TestModel.node("Flatten", ["pooled"], ["flat"]),
      TestModel.node("DequantizeLinear", ["flat", "scale", "zero"], ["y"]),
    ]
    return try TestModel.file(
      TestModel.graph(
        inputs: [("x", ["1", "1", "7"])], outputs: ["q", "y"], nodes: nodes,
        initializers: [TestModel.floats("scale", [], [0.5]), zeroPoint]))
  }

  private let x = Tensor(shape: [1, 1, 7], elements: [-100, -0.75, -0.25, 0, 0.25, 1.3, 100])

  @Test(arguments: [
    (Int64(0), Int32(2), [0, 0, 0, 0, 0, 3, 200] as [Float]),
    (-128, 3, [-128, -128, -128, -128, -128, -125, 72]),
    (10, 3, [-128, 8, 10, 10, 10, 13, 127]),
    (100, 2, [0, 98, 100, 100, 100, 103, 255]),
  ])
  func `halves go to even numbers, and what is beyond saturates`(
    zero: Int64, type: Int32, expected: [Float]
  ) throws {
    let graph = try file(zero: zero, type: type).graph()
    let results = try Program(graph.canonicalized()).run(["x": x]).byName
    #expect(results["q"]?.elements == expected)
    #expect(results["y"]?.elements == expected.map { ($0 - Float(zero)) / 2 })
  }

  /// Relevance would stay in an offset.
  @Test func `the zero point is in no value on the way`() throws {
    let graph = try file(zero: -100, type: 3).imported(outputs: ["y"]).graph.canonicalized()
    let functions = graph.nodes.compactMap { ($0.operation as? Binary)?.function }
    #expect(!functions.contains(.add) && !functions.contains(.subtract))
  }

  @Test func `gradients pass rounding straight through where nothing saturates`() throws {
    let graph = try file(zero: 100, type: 2).imported(outputs: ["y"]).graph
    let results = try withGradient(graph, at: x)
    #expect(results["gradient"]?.elements == [0, 1, 1, 1, 1, 1, 0])
  }

  @Test func `the scale of dynamic quantization is no way for gradients`() throws {
    let nodes = [
      TestModel.node("DynamicQuantizeLinear", ["x"], ["q", "scale", "zero"]),
      TestModel.node("DequantizeLinear", ["q", "scale", "zero"], ["y"]),
    ]
    let graph = try TestModel.file(
      TestModel.graph(inputs: [("x", ["1", "7"])], outputs: ["y"], nodes: nodes)
    ).graph()
    let x = Tensor(shape: [1, 7], elements: [-1.2, -0.75, -0.25, 0, 0.25, 1.3, 2.1])
    let results = try withGradient(graph, at: x)
    #expect(results["gradient"]?.elements == Array(repeating: 1, count: 7))
    expectClose(try #require(results["y"]), x, absolute: 3.4 / 255 / 2 + 1e-6, relative: 0)
  }

  /// The outputs of a graph, and the gradient of the sum of its first.
  private func withGradient(_ graph: Graph, at x: Tensor) throws -> [String: Tensor] {
    let builder = GraphBuilder(graph)
    let output = builder.value(graph.outputs[0].value)
    let input = try #require(graph.inputs.first)
    let ones = builder.constant(1).broadcast(to: output.shape)
    let gradients = try builder.gradients(
      of: [Seed(output, weights: ones)], withRespectTo: [builder.value(input.value)])
    builder.output("gradient", gradients[0])
    return try Program(builder.finish()).run(["x": x]).byName
  }
}
