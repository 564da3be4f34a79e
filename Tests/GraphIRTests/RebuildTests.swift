import GraphIR
import Operations
import TensorCore
import Testing

struct RebuildTests {
  private static func names(of graph: Graph) -> [String] {
    graph.nodes.map { node in
      node.operation is Unary ? node.operation.settings : type(of: node.operation).name
    }
  }

  @Test func `a copy without rewriting keeps what outputs need, and every input`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    _ = builder.input("unused", shape: [3])
    _ = x.exponential
    builder.output("first", x.sign)
    builder.output("second", x)
    var rebuild = Rebuild(try builder.finish(), protecting: [])
    let graph = try rebuild.run { _ in nil }
    #expect(Self.names(of: graph) == ["input", "input", "sign"])
    #expect(
      graph.outputs == [
        GraphOutput(name: "first", value: ValueID(2)),
        GraphOutput(name: "second", value: ValueID(0)),
      ])
  }

  @Test func `equal operations on equal values are copied once`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    builder.output("y", (x.sign * builder.constant(2)) + (x.sign * builder.constant(2)))
    var rebuild = Rebuild(try builder.finish(), protecting: [])
    let graph = try rebuild.run { _ in nil }
    #expect(Self.names(of: graph) == ["input", "sign", "constant", "binary", "binary"])
  }

  @Test func `a protected value survives under all its names`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    let kept = x.exponential
    builder.name(kept, "kept")
    builder.name(kept, "alias")
    builder.name(x.logarithm, "dropped")
    builder.output("y", x.sign)
    let source = try builder.finish()
    var rebuild = Rebuild(source, protecting: ["alias", "no such name"])
    #expect(rebuild.protected == [kept.id])
    let graph = try rebuild.run { _ in nil }
    #expect(Self.names(of: graph) == ["input", "exponential", "sign"])
    #expect(graph.value(named: "kept") == ValueID(1))
    #expect(graph.value(named: "alias") == ValueID(1))
    #expect(graph.value(named: "dropped") == nil)
  }

  @Test func `a protected value is not made one with an equal one`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    let (before, kept) = (x.sign, x.sign)
    builder.name(kept, "kept")
    builder.output("y", (before * kept) + x.sign)
    var rebuild = Rebuild(try builder.finish(), protecting: ["kept"])
    var seen = Set<ValueID>()
    let graph = try rebuild.run { site in
      seen = site.kept
      return nil
    }
    #expect(Self.names(of: graph) == ["input", "sign", "sign", "binary", "binary"])
    #expect(graph.value(named: "kept") == ValueID(2))
    #expect(seen == [ValueID(2)])
    #expect(graph.nodes[3].inputs == [ValueID(1), ValueID(2)])
    #expect(graph.nodes[4].inputs == [ValueID(3), ValueID(1)])
  }

  @Test func `a rewrite sees copied inputs, and users get what it returns`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    let middle = x.exponential
    builder.name(middle, "middle")
    builder.output("y", middle.logarithm)
    builder.output("z", middle)
    var rebuild = Rebuild(try builder.finish(), protecting: [])
    let graph = try rebuild.run { site in
      guard (site.node.operation as? Unary)?.function == .exponential else { return nil }
      #expect(site.inputs.map(\.shape) == [[2]])
      return site.inputs[0].sign.absolute
    }
    #expect(Self.names(of: graph) == ["input", "sign", "absolute", "logarithm"])
    #expect(graph.nodes[3].inputs == [ValueID(2)])
    #expect(graph.value(named: "middle") == ValueID(2))
    #expect(graph.outputs.map(\.value.index) == [3, 2])
  }

  @Test func `a failure of a rewrite is the failure of the copy`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    builder.output("y", x.sign)
    var rebuild = Rebuild(try builder.finish(), protecting: [])
    #expect { try rebuild.run { site in site.inputs.first?.reshaped(to: [5]) } } throws: {
      ($0 as? GraphError)?.code == .shapeMismatch
    }
  }

  @Test func `an inserted graph takes values for its inputs, and leaves names and outputs behind`()
    throws
  {
    let other = GraphBuilder()
    let (a, b) = (other.input("a", shape: [2]), other.input("b", shape: [2]))
    let sum = a + b
    other.name(sum, "sum")
    other.output("sum", sum)
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2]).sign
    let handles = try builder.insert(try other.finish(), inputs: ["a": x])
    #expect(handles.map(\.id) == [ValueID(1), ValueID(2), ValueID(3)])
    let graph = try builder.finish()
    #expect(graph.inputs.map(\.name) == ["x", "b"])
    #expect(graph.nodes[3].inputs == [ValueID(1), ValueID(2)])
    #expect(graph.names.isEmpty && graph.outputs.isEmpty)
  }

  @Test func `an inserted graph refuses a value of another shape`() throws {
    let other = GraphBuilder()
    other.output("y", other.input("a", shape: [2]).sign)
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [3])
    let graph = try other.finish()
    #expect { try builder.insert(graph, inputs: ["a": x]) } throws: {
      ($0 as? GraphError)?.code == .malformedGraph
    }
  }
}
