import GraphIR
import ONNXSchema
import TensorCore
import Testing

@testable import ONNXFormat

/// What cannot be imported spoils only what depends on it.
struct RefusalTests {
  /// `scores` is the logistic function of `raw`; `boxes` depends on an unknown operator, and
  /// `joined` on shapes that do not fit.
  private func file(outputs: [String]) throws -> ONNXFile {
    let nodes = [
      TestModel.node("Exp", ["x"], ["raw"], name: "body"),
      TestModel.node("NonMaxSuppression", ["raw"], ["boxes"], name: "choice"),
      TestModel.node("Relu", ["boxes"], ["finished"]),
      TestModel.node("Add", ["raw", "weights"], ["joined"], name: "join"),
      TestModel.node("Sigmoid", ["raw"], ["scores"]),
    ]
    return try TestModel.file(
      TestModel.graph(
        inputs: [("x", ["n", "4"])], outputs: outputs, nodes: nodes,
        initializers: [TestModel.floats("weights", [3], [1, 2, 3])]))
  }

  @Test func `a choice of the largest behind the scores is left out, one before them refused`()
    throws
  {
    let count = TestModel.integers("k", [2])
    let nodes = [
      TestModel.node("Sigmoid", ["x"], ["scores"]),
      TestModel.node("TopK", ["scores", "k"], ["best", "places"], name: "choice"),
      TestModel.node("Exp", ["best"], ["behind"]),
    ]
    let file = try TestModel.file(
      TestModel.graph(
        inputs: [("x", ["1", "4"])], outputs: ["scores", "best", "places", "behind"], nodes: nodes,
        initializers: [count]))
    let imported = try file.imported()
    #expect(imported.graph.outputs.map(\.name) == ["scores"])
    #expect(imported.refusedOutputs.map(\.name) == ["best", "places", "behind"])
    let error = #expect(throws: ONNXError.self) { try file.imported(outputs: ["behind"]) }
    #expect(error?.description.contains("the largest depends on the data") == true)
    #expect(error?.description.contains("choice") == true)
  }

  @Test func `nodes that no output needs may be anything`() throws {
    let imported = try file(outputs: ["scores"]).imported()
    #expect(imported.graph.outputs.map(\.name) == ["scores"])
    #expect(imported.layers.map(\.valueName) == ["raw", "scores"])
    #expect(imported.refusedOutputs.isEmpty)
  }

  @Test func `outputs that cannot be had are told apart from those that can`() throws {
    let imported = try file(outputs: ["finished", "scores", "joined"]).imported(batch: 2)
    #expect(imported.graph.outputs.map(\.name) == ["scores"])
    #expect(imported.graph[imported.graph.outputs[0].value].shape == [2, 4])
    #expect(imported.refusedOutputs.map(\.name) == ["finished", "joined"])
    #expect(imported.refusedOutputs.map(\.error.code) == [.unsupportedOperator, .malformedFile])
    #expect(imported.refusedOutputs[0].error.description.contains("\"choice\""))
    #expect(imported.refusedOutputs[1].error.description.contains("\"join\""))
  }

  @Test func `without any output the reasons are given`() throws {
    let error = try #require(throws: ONNXError.self) {
      try file(outputs: ["finished", "joined"]).imported()
    }
    #expect(error.code == .unsupportedOperator)
    #expect(error.description.contains("test.onnx: 1 node cannot be imported"), "\(error)")
  }

  @Test func `any value of the file can be asked for`() throws {
    let file = try file(outputs: ["finished"])
    let imported = try file.imported(outputs: ["raw"])
    #expect(imported.graph.outputs.map(\.name) == ["raw"])
    #expect(imported.layers.map(\.nodeName) == ["body"])
    let refused = try #require(throws: ONNXError.self) { try file.imported(outputs: ["boxes"]) }
    #expect(refused.description.contains("NonMaxSuppression"))
    let unknown = try #require(throws: ONNXError.self) { try file.imported(outputs: ["nothing"]) }
    #expect(unknown.description.contains("no value \"nothing\""))
  }
}
