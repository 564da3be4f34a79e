import Foundation
import GraphExecution
import GraphIR
import ONNXSchema
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// What ONNX Runtime's optimizer writes is what it made it of.
struct RuntimeOperatorTests {
  /// A node of the optimizer beside the nodes of the standard that it stands for.
  struct Case: CustomTestStringConvertible {
    let inputs: [(String, Shape)]
    let fused: Onnx_NodeProto
    let plain: [Onnx_NodeProto]

    var testDescription: String { "\(fused.opType) with \(inputs.count) inputs" }

    /// - Parameters:
    ///   - shapes: The inputs, called `a`, `b`, … in order.
    ///   - fused: The node of the optimizer; its output is called `y`.
    ///   - plain: The nodes that it stands for; the last output is called `y`.
    init(_ shapes: [Shape], _ fused: Onnx_NodeProto, _ plain: [Onnx_NodeProto]) {
      inputs = zip("abcdefgh", shapes).map { (String($0), $1) }
      self.fused = fused
      self.plain = plain
    }

    func run(_ nodes: [Onnx_NodeProto], _ values: [String: Tensor]) throws -> Tensor {
      let file = try TestModel.file(
        TestModel.graph(
          inputs: inputs.map { ($0.0, $0.1.extents.map { String($0) }) }, outputs: ["y"],
          nodes: nodes), opset: 20)
      return try #require(try Program(file.graph()).run(values).byName["y"])
    }
  }

  private static func fused(
    _ type: String, _ inputs: [String], ints: [String: [Int64]] = [:],
    numbers: [String: Float] = [:], lists: [String: [Float]] = [:], words: [String: String] = [:],
    flags: [String: Int64] = [:]
  ) -> Onnx_NodeProto {
    TestModel.node(
      type, inputs, ["y"], ints: ints, domain: "com.microsoft", numbers: numbers, lists: lists,
      words: words, flags: flags)
  }

  static let products: [Case] = [
    Case(
      [[1, 2, 5, 5], [3, 2, 3, 3], [3], [1, 3, 3, 3]],
      fused("FusedConv", ["a", "b", "c", "d"], words: ["activation": "Relu"]),
      [
        TestModel.node("Conv", ["a", "b", "c"], ["v"]),
        TestModel.node("Add", ["v", "d"], ["w"]), TestModel.node("Relu", ["w"], ["y"]),
      ]),
    Case(
      [[1, 2, 9], [4, 1, 3]],
      fused(
        "FusedConv", ["a", "b"], ints: ["pads": [1, 1]], lists: ["activation_params": [0.2]],
        words: ["activation": "LeakyRelu"], flags: ["group": 2]),
      [
        TestModel.node("Conv", ["a", "b"], ["v"], ints: ["pads": [1, 1]], flags: ["group": 2]),
        TestModel.node("LeakyRelu", ["v"], ["y"], numbers: ["alpha": 0.2]),
      ]),
    Case(
      [[2, 3], [4, 3], [4]],
      fused(
        "FusedGemm", ["a", "b", "c"], words: ["activation": "Tanh"], flags: ["transB": 1]),
      [
        TestModel.node("Gemm", ["a", "b", "c"], ["v"], flags: ["transB": 1]),
        TestModel.node("Tanh", ["v"], ["y"]),
      ]),
    Case(
      [[2, 4, 3], [2, 4, 5]],
      fused("FusedMatMul", ["a", "b"], numbers: ["alpha": 1], flags: ["transA": 1]),
      [
        TestModel.node("Transpose", ["a"], ["v"], ints: ["perm": [0, 2, 1]]),
        TestModel.node("MatMul", ["v", "b"], ["y"]),
      ]),
    Case(
      [[4, 2, 3], [2, 3, 5]],
      fused("FusedMatMul", ["a", "b"], flags: ["transBatchA": 1]),
      [
        TestModel.node("Transpose", ["a"], ["v"], ints: ["perm": [1, 0, 2]]),
        TestModel.node("MatMul", ["v", "b"], ["y"]),
      ]),
  ]

  static let functions: [Case] = [
    Case([[2, 6]], fused("Gelu", ["a"]), [TestModel.node("Gelu", ["a"], ["y"])]),
    Case(
      [[2, 6], [6]], fused("BiasGelu", ["a", "b"]),
      [TestModel.node("Add", ["a", "b"], ["v"]), TestModel.node("Gelu", ["v"], ["y"])]),
    Case(
      [[2, 6], [6]], fused("FastGelu", ["a", "b"]),
      [
        TestModel.node("Add", ["a", "b"], ["v"]),
        TestModel.node("Gelu", ["v"], ["y"], words: ["approximate": "tanh"]),
      ]),
    Case(
      [[2, 6], []], fused("QuickGelu", ["a"], numbers: ["alpha": 1]),
      [TestModel.node("Sigmoid", ["a"], ["v"]), TestModel.node("Mul", ["a", "v"], ["y"])]),
    Case(
      [[2, 3, 6], [2, 3, 6], [6], [6], [6]],
      fused("SkipLayerNormalization", ["a", "b", "c", "d", "e"], numbers: ["epsilon": 1e-4]),
      [
        TestModel.node("Sum", ["a", "b", "e"], ["v"]),
        TestModel.node("LayerNormalization", ["v", "c", "d"], ["y"], numbers: ["epsilon": 1e-4]),
      ]),
    Case(
      [[2, 3, 6], [2, 1, 6]],
      fused("BiasSoftmax", ["a", "b"], flags: ["axis": 2, "is_inner_broadcast": 0]),
      [TestModel.node("Add", ["a", "b"], ["v"]), TestModel.node("Softmax", ["v"], ["y"])]),
  ]

  @Test(arguments: products + functions)
  func `a fused operator is what it stands for`(item: Case) throws {
    var values: [String: Tensor] = [:]
    for (index, input) in item.inputs.enumerated() {
      values[input.0] = .seeded(input.1, seed: UInt64(index + 3))
    }
    let expected = try item.run(item.plain, values)
    let actual = try item.run([item.fused], values)
    expectClose(actual, expected, absolute: 1e-6, relative: 1e-5)
  }

  @Test func `an activation that is not known is named`() throws {
    let item = Case(
      [[1, 2, 5], [3, 2, 3]], Self.fused("FusedConv", ["a", "b"], words: ["activation": "Odd"]), [])
    #expect {
      try item.run([item.fused], [:])
    } throws: { "\($0)".contains("\"Odd\" is not known") }
  }
}
