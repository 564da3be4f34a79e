import Foundation
import GraphExecution
import GraphIR
import ONNXSchema
import Operations
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// Operators that need to know their inputs beforehand.
struct FoldedOperatorTests {
  private func standardization(of input: String) throws -> ONNXFile {
    let weights: [Float] = [1, 2, 3, 6, -1, 0, 1, 4]
    let node = TestModel.node(
      "BatchNormalization", [input, "scale", "shift", "zero", "zero"], ["w"],
      numbers: ["epsilon": 0.5], flags: ["training_mode": 1])
    let convolution = TestModel.node("Conv", ["x", "w"], ["y"])
    return try TestModel.file(
      TestModel.graph(
        inputs: [("x", ["1", "2", "4"])], outputs: ["y"], nodes: [node, convolution],
        initializers: [
          TestModel.floats("weights", [1, 2, 4], weights),
          TestModel.floats("scale", [2], [2, 1]), TestModel.floats("shift", [2], [0, 1]),
          TestModel.floats("zero", [2], [0, 0]),
        ]))
  }

  /// Means 3 and 1, variances 3.5 and 3.5, so that both are divided by 2.
  @Test func `weights are standardized by their own moments`() throws {
    let file = try standardization(of: "weights")
    let x = Tensor(shape: [1, 2, 4], elements: [1, 0, 0, 0, 0, 0, 1, 1])
    let result = try Program(file.graph()).run(["x": x]).byName["y"]
    expectClose(
      try #require(result), Tensor(shape: [1, 1, 1], elements: [-2 + 1 + 2.5]), absolute: 1e-6,
      relative: 0)
  }

  @Test func `a batch is not normalized by its own moments`() throws {
    let error = try #require(throws: ONNXError.self) { try standardization(of: "x").graph() }
    #expect(error.code == .outOfScope && error.description.contains("training mode"))
  }

  /// `x[:, 0:1] = updates`, as exporters write it.
  private func scatter(_ indices: [Int64], updates: [Int64]) throws -> ONNXFile {
    var places = TestModel.integers("indices", indices)
    places.dims = updates + [2]
    return try TestModel.file(
      TestModel.graph(
        inputs: [("x", ["1", "3", "4"]), ("u", (updates + [4]).map { String($0) })],
        outputs: ["y"],
        nodes: [TestModel.node("ScatterND", ["x", "indices", "u"], ["y"])],
        initializers: [places]))
  }

  @Test func `a box is replaced by slices, which keep positions`() throws {
    let graph = try scatter([0, 1, 0, 2], updates: [1, 2]).graph()
    #expect(!graph.nodes.contains { $0.operation is Gather })
    let x = Tensor.seeded([1, 3, 4], seed: 1)
    let u = Tensor.seeded([1, 2, 4], seed: 2)
    let result = try Program(graph).run(["x": x, "u": u]).byName["y"]
    #expect(result?.elements == Array(x.elements[..<4] + u.elements))
  }

  @Test func `single numbers are replaced where they are`() throws {
    let graph = try scatter([0, 2, 0, -3], updates: [2]).graph()
    let x = Tensor.seeded([1, 3, 4], seed: 1)
    let u = Tensor.seeded([2, 4], seed: 2)
    let result = try Program(graph).run(["x": x, "u": u]).byName["y"]
    #expect(
      result?.elements == Array(u.elements[4...] + x.elements[4..<8] + u.elements[..<4]))
  }

  @Test func `an index outside is refused`() throws {
    let error = try #require(throws: ONNXError.self) {
      try scatter([0, 3], updates: [1]).graph()
    }
    #expect(error.description.contains("outside"))
  }
}
