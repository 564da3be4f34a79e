import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

/// What lies beside a cut, and graphs that begin at it.
struct GraphCutTests {
  /// `first = relu(x W)`, `second = relu(first W)`, `scores = (second + first) + relu(x)`.
  private struct Residual {
    let graph: Graph
    let x: ValueID
    let first: ValueID
    let second: ValueID
    let beside: ValueID
    let scores: ValueID

    init() throws {
      var generator = SeededGenerator(seed: 3)
      let builder = GraphBuilder()
      let x = builder.input("x", shape: [2, 3])
      let weights = { builder.constant(.random([3, 3], using: &generator)) }
      let first = x.product(weights()).rectified
      builder.name(first, "first")
      let second = first.product(weights()).rectified
      builder.name(second, "second")
      let beside = x.rectified
      let scores = second + first + beside
      builder.output("scores", scores)
      _ = second.product(weights())
      graph = try builder.finish()
      self.x = x.id
      self.first = first.id
      self.second = second.id
      self.beside = beside.id
      self.scores = scores.id
    }
  }

  @Test func `what a cut takes from before it is found`() throws {
    let net = try Residual()
    #expect(
      try GraphCut(net.graph, at: net.second, results: [net.scores]).bypasses
        == [net.first, net.beside].sorted())
    #expect(
      try GraphCut(net.graph, at: net.first, results: [net.scores]).bypasses == [net.beside])
    let cut = try GraphCut(net.graph, at: net.first, results: [net.second])
    #expect(cut.dominates, "weights are constants")
    #expect(try GraphCut(net.graph, at: net.x, results: [net.scores]).dominates)
  }

  @Test func `what does not depend on a value cannot begin there`() throws {
    let net = try Residual()
    #expect {
      try GraphCut(net.graph, at: net.second, results: [net.beside])
    } throws: { error in
      (error as? GraphError)?.code == .unsuitableStructure && "\(error)".contains("second")
    }
  }

  @Test func `a graph that begins at a value gives what the whole gives`() throws {
    let net = try Residual()
    var generator = SeededGenerator(seed: 5)
    let x = Tensor.random([2, 3], using: &generator)
    var whole = net.graph
    whole.outputs += [
      GraphOutput(name: "first", value: net.first), GraphOutput(name: "second", value: net.second),
    ]
    let values = try referenceOutputs(of: whole, inputs: ["x": x])
    let builder = GraphBuilder()
    let second = builder.input("second", shape: [2, 3])
    let first = builder.input("first", shape: [2, 3])
    let scores = try builder.insert(
      [net.scores], of: net.graph, replacing: [net.second: second, net.first: first])
    builder.output("scores", scores[0])
    let tail = try builder.finish()
    // What is not replaced is computed, of the input of the whole graph; nothing else is taken over.
    #expect(tail.inputs.map(\.name).sorted() == ["first", "second", "x"])
    #expect(tail.nodes.count == 6)
    let given = ["x": x, "first": values["first"], "second": values["second"]]
    let found = try referenceOutputs(of: tail, inputs: given.compactMapValues(\.self))
    #expect(found["scores"] == values["scores"])
  }

  @Test func `a value of another shape is refused`() throws {
    let net = try Residual()
    let builder = GraphBuilder()
    let other = builder.input("other", shape: [2, 4])
    #expect {
      try builder.insert([net.scores], of: net.graph, replacing: [net.second: other])
    } throws: { "\($0)".contains("second has shape [2×3], not [2×4]") }
  }
}
