import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

struct SimplificationTests {
  @Test func `what no output needs is dropped, inputs stay`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    _ = builder.input("unused", shape: [5])
    _ = x.exponential.logarithm
    builder.output("y", x.rectified)
    let graph = try builder.finish().simplified()
    #expect(graph.nodes.count == 3)
    #expect(graph.inputs.map(\.name) == ["x", "unused"])
    try expectEqualOutputs(builder.finish(), graph)
  }

  @Test func `equal subexpressions are shared`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    builder.output("y", x.exponential * x.exponential)
    let graph = try builder.finish().simplified()
    #expect(graph.nodes.count == 3)
    try expectEqualOutputs(builder.finish(), graph)
  }

  @Test func `a rectified value has no negative part`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2]).rectified
    builder.output("y", x.positive + x.negative + x.absolute)
    let graph = try builder.finish().simplified()
    #expect(graph.nodes.map { type(of: $0.operation).name } == ["input", "unary", "binary"])
    try expectEqualOutputs(builder.finish(), graph)
  }

  @Test func `signs are known behind any number of operations`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2]).rectified
    let sum = (0..<40).reduce(x) { sum, _ in (sum + x).reshaped(to: [2, 1]).reshaped(to: [2]) }
    builder.output("y", sum.absolute)
    let graph = try builder.finish().simplified()
    #expect(!graph.nodes.contains { ($0.operation as? Unary)?.function == .absolute })
    try expectEqualOutputs(builder.finish(), graph)
  }

  @Test(arguments: 0..<4)
  func `a factor that two summands share is taken out, on whichever sides it stands`(
    sides: Int
  ) throws {
    let builder = GraphBuilder()
    let (x, y, z) = (
      builder.input("x", shape: [2, 3]), builder.input("y", shape: [2, 3]),
      builder.input("z", shape: [2, 3])
    )
    builder.output(
      "sum", (sides & 1 == 0 ? x * y : y * x) + (sides & 2 == 0 ? x * z : z * x))
    let graph = try builder.finish()
    let simplified = try graph.simplified()
    let functions = simplified.nodes.compactMap { ($0.operation as? Binary)?.function }
    #expect(functions == [.add, .multiply])
    try expectEqualOutputs(graph, simplified)
  }

  @Test func `a factor that is repeated along an axis stays where it is`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 1])
    let (y, z) = (builder.input("y", shape: [2, 3]), builder.input("z", shape: [2, 3]))
    builder.output("sum", x * y + z * x)
    let graph = try builder.finish().simplified()
    #expect(graph.nodes.count == 6)
    try expectEqualOutputs(builder.finish(), graph)
  }

  @Test func `a product of what is not negative is not negative, one with zero is the bias`() throws
  {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 5]).rectified
    let weights = builder.constant(Tensor(shape: [3, 2, 1], repeating: 0.5))
    let bias = builder.constant(Tensor(shape: [3], elements: [1, 2, 3]))
    let plain = Convolution(window: SlidingWindow(rank: 1))
    let z = x.convolved(with: weights, plain)
    let zero = builder.constant(0)
    let stabilized = z.isLess(than: zero).choosing(z - 1, else: z + 1)
    builder.output("y", stabilized + x.negative.convolved(with: -weights, bias: bias, plain))
    let graph = try builder.finish().simplified()
    #expect(graph.nodes.count { $0.operation is Convolution } == 1)
    #expect(!graph.nodes.contains { $0.operation is Select })
    try expectEqualOutputs(builder.finish(), graph)
  }

  @Test func `movements collapse`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 3, 4])
    let turned = x.transposed([2, 0, 1]).transposed([1, 2, 0])
    builder.output("y", turned.reshaped(to: [24]).reshaped(to: [2, 3, 4]).rectified)
    let graph = try builder.finish().simplified()
    #expect(graph.nodes.count == 2)
    try expectEqualOutputs(builder.finish(), graph)
  }

  @Test func `the sum of a broadcast is a product`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 3, 1])
    builder.output("y", x.broadcast(to: [2, 3, 8]).mean(over: .positions))
    let graph = try builder.finish().simplified()
    #expect(!graph.nodes.contains { $0.operation is Reduction })
    try expectEqualOutputs(builder.finish(), graph)
  }

  @Test func `kept names survive, also on values that became one`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    let first = x.rectified
    builder.name(first, "first")
    let second = first + 0
    builder.name(second, "second")
    builder.output("y", second)
    let graph = try builder.finish().simplified(keeping: ["first", "second"])
    #expect(graph.value(named: "first") == graph.value(named: "second"))
    #expect(graph.value(named: "first") != nil)
    try expectEqualOutputs(builder.finish(), graph)
  }

  struct Kept: CustomStringConvertible, Sendable {
    let description: String
    /// Makes the kept value, and the result of it.
    let build: @Sendable (Value) -> (kept: Value, result: Value)
  }

  /// What a law would make one with its neighbors.
  static let kept = [
    Kept(description: "transposed and back") { x in
      let kept = x.transposed([1, 0])
      return (kept, kept.transposed([1, 0]))
    },
    Kept(description: "reshaped and back") { x in
      let kept = x.builder.apply(Reshape(to: [6]), [x])
      return (kept, x.builder.apply(Reshape(to: [2, 3]), [kept]))
    },
    Kept(description: "negated twice") { x in
      let kept = -x
      return (kept, -kept)
    },
    Kept(description: "repeated and added up") { x in
      let kept = x.reshaped(to: [2, 3, 1]).broadcast(to: [2, 3, 4])
      return (kept, kept.sum(over: .axes([2])).reshaped(to: [2, 3]))
    },
    Kept(description: "a common factor") { x in
      let kept = x * x.exponential
      return (kept, kept + x * x.absolute)
    },
    Kept(description: "what another branch computes too") { x in
      let kept = x.exponential
      return (kept, kept * kept + x.exponential)
    },
    Kept(description: "a sum with zero beside what is added to") { x in
      let sum = x.exponential
      let kept = sum + 0
      return (kept, kept * kept + sum)
    },
  ]

  @Test(arguments: kept)
  func `who used a kept value goes on using it, so that its gradient stays`(example: Kept) throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 3])
    let (kept, result) = example.build(x.absolute)
    builder.name(kept, "kept")
    builder.name(result, "result")
    builder.output("result", result)
    let graph = try builder.finish()
    let simplified = try graph.simplified(keeping: ["kept", "result"])
    try expectEqualOutputs(
      Self.withGradient(graph), Self.withGradient(simplified).simplified())
  }

  /// The graph with the gradient of its result with respect to the value that is kept.
  private static func withGradient(_ graph: Graph) throws -> Graph {
    let builder = GraphBuilder(graph)
    let kept = builder.value(try #require(graph.value(named: "kept")))
    let result = builder.value(try #require(graph.value(named: "result")))
    let weights = result.shape.elementCount
    let seed = builder.constant(
      Tensor(shape: result.shape, elements: (0..<weights).map { Float($0 + 1) }))
    builder.output(
      "gradient",
      try builder.gradients(of: [Seed(result, weights: seed)], withRespectTo: [kept])[0])
    return try builder.finish()
  }

  /// Expects equal outputs on seeded inputs, in double precision.
  static func expectEqualOutputs(
    _ left: Graph, _ right: Graph, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var generator = SeededGenerator(seed: 2)
    var inputs: [String: Tensor] = [:]
    for input in left.inputs {
      inputs[input.name] = Tensor.random(input.shape, using: &generator)
    }
    let (expected, actual) = (
      try referenceOutputs(of: left, inputs: inputs),
      try referenceOutputs(of: right, inputs: inputs)
    )
    #expect(expected.keys.sorted() == actual.keys.sorted(), sourceLocation: sourceLocation)
    for (name, tensor) in expected {
      expectClose(
        try #require(actual[name]), tensor, absolute: 1e-6, relative: 1e-6,
        sourceLocation: sourceLocation)
    }
  }

  private func expectEqualOutputs(_ left: Graph, _ right: Graph) throws {
    try Self.expectEqualOutputs(left, right)
  }
}
