import GraphExecution
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct ConstantStorageTests {
  private func stored(_ build: (GraphBuilder) -> Void) throws -> (Graph, Graph) {
    let builder = GraphBuilder()
    build(builder)
    let graph = try builder.finish()
    return (graph, try graph.storingConstants())
  }

  /// The operations on constants that results need.
  private func constantArithmetic(_ graph: Graph) -> [String] {
    zip(graph.nodes, graph.live)
      .filter { node, isLive in isLive && node.isConstant && !(node.operation is Constant) }
      .map { node, _ in type(of: node.operation).name }
  }

  @Test func `arithmetic on weights is done once`() throws {
    let (graph, result) = try stored { b in
      let x = b.input("x", shape: [1, 3, 40, 50])
      let scale = b.constant(.seeded([3, 1, 1], seed: 1))
      let variance = b.constant(Tensor(shape: [3, 1, 1], elements: [1, 2, 3]))
      let factor = scale / (variance + 1e-3).squareRoot
      // Larger than what is stored in any case, and stored instead of what it is made of.
      let bias = b.constant(.seeded([1, 3, 40, 50], seed: 2)) * 2
      b.output("y", x * factor + bias)
    }
    #expect(constantArithmetic(result).isEmpty)
    let inputs = ["x": Tensor.seeded([1, 3, 40, 50], seed: 3)]
    let expected = try Program(graph).run(inputs).byName["y"]
    let actual = try Program(result).run(inputs).byName["y"]
    expectClose(
      try #require(actual), try #require(expected), absolute: 1e-6, relative: 1e-6)
  }

  @Test func `what would be stored twice stays arithmetic`() throws {
    let (_, result) = try stored { b in
      let x = b.input("x", shape: [1, 100])
      let weights = b.constant(.seeded([100, 100], seed: 1))
      b.output("y", x.product(weights))
      b.output("p", x.product(weights.positive))
      b.output("r", x * b.constant(1).broadcast(to: [200, 100]))
    }
    #expect(constantArithmetic(result).sorted() == ["broadcast", "unary"])
  }

  /// As the gradient of a linear layer behind a mean: few weights, repeated over many positions.
  @Test func `operands of what is too large are stored`() throws {
    let (graph, result) = try stored { b in
      let x = b.input("x", shape: [1, 8, 40, 50])
      let weights = b.constant(.seeded([8, 1, 1], seed: 1)) * 0.5 + 1
      b.output("y", x * weights.broadcast(to: [1, 8, 40, 50]).positive)
    }
    #expect(constantArithmetic(graph).count == 4)
    #expect(constantArithmetic(result).sorted() == ["broadcast", "unary"])
    let inputs = ["x": Tensor.seeded([1, 8, 40, 50], seed: 2)]
    let expected = try Program(graph).run(inputs).byName["y"]
    let actual = try Program(result).run(inputs).byName["y"]
    expectClose(
      try #require(actual), try #require(expected), absolute: 1e-6, relative: 1e-6)
  }
}

extension Tensor {
  /// Numbers in −1…1 that are always the same.
  fileprivate static func seeded(_ shape: Shape, seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return .random(shape, using: &generator, -1...1)
  }
}
