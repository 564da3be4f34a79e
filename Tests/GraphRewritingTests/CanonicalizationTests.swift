import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// Every rewrite leaves the outputs as they were.
struct CanonicalizationTests {
  struct Case: CustomStringConvertible, Sendable {
    let description: String
    /// How many nodes are left that neither are nor make constants.
    let nodeCount: Int
    let build: @Sendable (GraphBuilder) -> Value
  }

  static let cases = [
    Case(description: "batch norm after a biased convolution", nodeCount: 2) { b in
      let x = b.input("x", shape: [2, 3, 6])
      return norm(x.convolved(with: weights(b, [4, 3, 3]), bias: weights(b, [4]), plain), 4)
    },
    Case(description: "batch norm after a grouped convolution without bias", nodeCount: 2) { b in
      let x = b.input("x", shape: [1, 4, 5, 5])
      let grouped = Convolution(window: SlidingWindow(rank: 2), groups: 2)
      return norm(x.convolved(with: weights(b, [6, 2, 2, 2]), grouped), 6)
    },
    Case(description: "batch norm before an unpadded grouped convolution", nodeCount: 2) { b in
      let x = b.input("x", shape: [1, 4, 6])
      let grouped = Convolution(window: SlidingWindow(rank: 1), groups: 2)
      return norm(x, 4).convolved(with: weights(b, [6, 2, 3]), bias: weights(b, [6]), grouped)
    },
    // The offset must stay: padding is added after it.
    Case(description: "batch norm before a padded convolution", nodeCount: 4) { b in
      let x = b.input("x", shape: [1, 4, 6])
      let padded = Convolution(
        window: SlidingWindow(rank: 1, paddingBefore: [1], paddingAfter: [1]))
      return norm(x, 4).convolved(with: weights(b, [3, 4, 3]), padded)
    },
    Case(description: "batch norm after a matrix product, either way round", nodeCount: 3) { b in
      let x = b.input("x", shape: [3, 5])
      let first = norm(x.product(weights(b, [5, 4])), 4)
      return norm(first.product(weights(b, [2, 4]), transposesRight: true), 2)
    },
    Case(description: "a factor behind any number of constant operations", nodeCount: 2) { b in
      let x = b.input("x", shape: [2, 3, 6])
      let factor = (0..<40).reduce(weights(b, [4, 1])) { factor, _ in factor.absolute }
      return x.convolved(with: weights(b, [4, 3, 1]), plain) * factor
    },
    Case(description: "difference and quotient", nodeCount: 2) { b in
      let x = b.input("x", shape: [2, 3, 6])
      let y = x.convolved(with: weights(b, [4, 3, 1]), plain)
      return (y - weights(b, [4, 1])) / (weights(b, [4, 1]).absolute + 1)
    },
    // One factor per position is not one per channel.
    Case(description: "a factor per position is left alone", nodeCount: 3) { b in
      let x = b.input("x", shape: [2, 3, 4])
      return x.convolved(with: weights(b, [4, 3, 1]), plain) * weights(b, [4])
    },
    Case(description: "a convolution that is used twice is left alone", nodeCount: 4) { b in
      let x = b.input("x", shape: [2, 3, 4])
      let y = x.convolved(with: weights(b, [4, 3, 1]), plain)
      return y * weights(b, [4, 1]) + y
    },
  ]

  @Test(arguments: cases)
  func foldsWithoutChangingOutputs(example: Case) throws {
    let builder = GraphBuilder()
    builder.output("y", example.build(builder))
    let graph = try builder.finish()
    let folded = try graph.canonicalized()
    try SimplificationTests.expectEqualOutputs(graph, folded)
    #expect(Self.computedCount(folded) == example.nodeCount)
  }

  @Test func `a value that is asked for is not folded away`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 3, 6])
    let y = x.convolved(with: Self.weights(builder, [4, 3, 3]), Self.plain)
    builder.name(y, "before norm")
    builder.output("y", Self.norm(y, 4))
    let graph = try builder.finish()
    #expect(try graph.canonicalized().value(named: "before norm") == nil)
    let kept = try graph.canonicalized(keeping: ["before norm"])
    #expect(kept.value(named: "before norm") != nil)
    try SimplificationTests.expectEqualOutputs(graph, kept)
  }

  static let plain = Convolution(window: SlidingWindow(rank: 1))

  static func weights(_ builder: GraphBuilder, _ shape: Shape) -> Value {
    var generator = SeededGenerator(seed: UInt64(shape.elementCount))
    return builder.constant(Tensor.random(shape, using: &generator))
  }

  /// An affine map per channel, as batch norms are imported.
  static func norm(_ x: Value, _ channels: Int) -> Value {
    let shape = Shape([1, channels] + x.shape.positions.map { _ in 1 })
    return x * weights(x.builder, shape) + weights(x.builder, shape) * 0.5
  }

  /// How many nodes depend on an input of the graph.
  static func computedCount(_ graph: Graph) -> Int {
    graph.nodes.count { !$0.isConstant }
  }
}
