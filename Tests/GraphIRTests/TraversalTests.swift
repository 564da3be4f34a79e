import GraphIR
import Operations
import TensorCore
import Testing

/// A diamond with a side branch: `0 → 1 → {2, 3} → 4`, and `6 = 1 + 5` that no output needs.
struct TraversalTests {
  static func diamond() throws -> Graph {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    let top = x.rectified
    let sum = top.exponential + top.sign
    _ = top + builder.constant(1)
    builder.output("y", sum)
    return try builder.finish()
  }

  @Test func `dependents are what a value influences, itself included`() throws {
    let graph = try Self.diamond()
    #expect(graph.dependents(of: [ValueID(2)]) == [false, false, true, false, true, false, false])
    #expect(graph.dependents(of: [ValueID(0)]) == [true, true, true, true, true, false, true])
    #expect(graph.dependents(of: []) == [Bool](repeating: false, count: 7))
  }

  @Test func `ancestors are what a value is computed from, itself included`() throws {
    let graph = try Self.diamond()
    #expect(graph.ancestors(of: [ValueID(3)]) == [true, true, false, true, false, false, false])
    #expect(
      graph.ancestors(of: [ValueID(2), ValueID(5)])
        == [true, true, true, false, false, true, false])
  }

  @Test func `what no output needs is not live`() throws {
    #expect(try Self.diamond().live == [true, true, true, true, true, false, false])
  }

  @Test func `constants depend on no input, at any depth`() throws {
    let builder = GraphBuilder()
    var constant = builder.constant(0.5)
    for _ in 0..<40 { constant = constant.sign }
    let x = builder.input("x", shape: [2])
    builder.output("y", x * constant)
    let isConstant = try builder.finish().nodes.map(\.isConstant)
    #expect(isConstant == [Bool](repeating: true, count: 41) + [false, false])
  }

  @Test func `a user is listed once, in order, however often it uses a value`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    _ = x * x
    _ = x.sign
    #expect(builder.graph.users == [[1, 2], [], []])
  }
}
