import GraphExecution
import ONNXSchema
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// Bodies whose course is known when a file is read.
struct ControlFlowTests {
  /// A graph whose inputs have no declared shapes.
  private func body(
    _ inputs: [String], _ outputs: [String], _ nodes: [Onnx_NodeProto]
  ) -> Onnx_GraphProto {
    TestModel.graph(inputs: inputs.map { ($0, []) }, outputs: outputs, nodes: nodes)
  }

  private func node(
    _ type: String, _ inputs: [String], _ outputs: [String], _ attributes: NodeAttribute...
  ) -> Onnx_NodeProto {
    var node = TestModel.node(type, inputs, outputs, name: "the \(type)")
    node.attribute = attributes.map(\.proto)
    return node
  }

  private func condition(_ value: Int64) -> Onnx_TensorProto {
    var tensor = TestModel.integers("condition", [value])
    tensor.dims = []
    return tensor
  }

  @Test(arguments: [(1, [2, 4]), (0, [1, 4])] as [(Int64, [Float])])
  func `a known condition chooses a branch, which sees what is around it`(
    truth: Int64, expected: [Float]
  ) throws {
    let choice = node(
      "If", ["condition"], ["y"],
      .graph("then_branch", body([], ["a"], [TestModel.node("Add", ["x", "x"], ["a"])])),
      .graph("else_branch", body([], ["b"], [TestModel.node("Mul", ["x", "x"], ["b"])])))
    let file = try TestModel.file(
      TestModel.graph(
        inputs: [("x", ["2"])], outputs: ["y"], nodes: [choice], initializers: [condition(truth)]))
    let result = try Program(file.graph()).run(["x": Tensor(shape: [2], elements: [1, 2])])
    #expect(result.byName["y"]?.elements == expected)
  }

  @Test func `a loop is repeated as often as is known, and its rounds are stacked`() throws {
    let rounds = body(
      ["i", "goes", "v"], ["goes", "w", "square"],
      [
        TestModel.node("Add", ["v", "x"], ["w"]), TestModel.node("Mul", ["w", "w"], ["square"]),
      ])
    let loop = node("Loop", ["count", "", "x"], ["last", "squares"], .graph("body", rounds))
    let file = try TestModel.file(
      TestModel.graph(
        inputs: [("x", ["2"])], outputs: ["last", "squares"], nodes: [loop],
        initializers: [TestModel.integers("count", [3])]))
    let result = try Program(file.graph()).run(["x": Tensor(shape: [2], elements: [1, -1])]).byName
    #expect(result["last"]?.elements == [4, -4])
    #expect(result["squares"] == Tensor(shape: [3, 2], elements: [4, 4, 9, 9, 16, 16]))
  }

  @Test func `a scan goes over the elements, from the end if asked`() throws {
    let step = body(
      ["s", "e"], ["t", "kept"],
      [TestModel.node("Add", ["s", "e"], ["t"]), TestModel.node("Identity", ["t"], ["kept"])])
    let scan = node(
      "Scan", ["start", "x"], ["last", "sums"], .graph("body", step),
      .integer("num_scan_inputs", 1), .integers("scan_input_directions", [1]))
    let file = try TestModel.file(
      TestModel.graph(
        inputs: [("x", ["3", "1"])], outputs: ["last", "sums"], nodes: [scan],
        initializers: [TestModel.floats("start", [1], [10])]))
    let result = try Program(file.graph()).run(["x": Tensor(shape: [3, 1], elements: [1, 2, 3])])
      .byName
    #expect(result["last"]?.elements == [16])
    #expect(result["sums"]?.elements == [13, 15, 16])
  }

  @Test func `a course that depends on the data is refused by name`() throws {
    let choice = node(
      "If", ["x"], ["y"],
      .graph("then_branch", body([], ["x"], [])), .graph("else_branch", body([], ["x"], [])))
    let file = try TestModel.file(
      TestModel.graph(inputs: [("x", ["1"])], outputs: ["y"], nodes: [choice]))
    let error = try #require(throws: ONNXError.self) { try file.graph() }
    #expect(error.code == .outOfScope)
    #expect(error.description.contains("the If") && error.description.contains("the condition"))
  }

  @Test func `what is wrong in a body is told with its place`() throws {
    let wrong = body([], ["a"], [TestModel.node("NoSuchThing", ["x"], ["a"], name: "inner")])
    let choice = node(
      "If", ["condition"], ["y"], .graph("then_branch", wrong), .graph("else_branch", wrong))
    let file = try TestModel.file(
      TestModel.graph(
        inputs: [("x", ["2"])], outputs: ["y"], nodes: [choice], initializers: [condition(1)]))
    let error = try #require(throws: ONNXError.self) { try file.graph() }
    #expect(error.code == .unsupportedOperator)
    #expect(
      error.description.contains("\"the If\"") && error.description.contains("\"inner\""),
      "\(error)")
  }
}
