import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// Transpositions between operations that know their axes by place disappear.
struct AxisOrderTests {
  /// A network, with gradients of its scores with respect to its input and to the layers.
  private struct Explained {
    var graph: Graph
    let inputs: [String: ReferenceTensor]
    let inputCount: Int
    let layerCounts: [Int]
    let shuffledCount: Int
  }

  private static func explained(_ seed: UInt64) throws -> Explained {
    var network = ChannelsLastNetwork(seed: seed)
    network.build(blocks: 4)
    let builder = network.builder
    let scores = builder.value(try #require(builder.graph.outputs.first?.value))
    let weights = builder.constant(Tensor(shape: [2, 3], elements: [1, -2, 3, 0.5, 1, -1]))
    let targets = [network.input] + network.layers
    let gradients = try builder.gradients(
      of: [Seed(scores, weights: weights)], withRespectTo: targets)
    for (index, gradient) in gradients.enumerated() {
      builder.output("gradient \(index)", gradient)
    }
    return Explained(
      graph: try builder.finish(), inputs: ["x": network.sample()], inputCount: network.inputCount,
      layerCounts: network.layers.map(\.shape.elementCount),
      shuffledCount: network.shuffledCount)
  }

  @Test(arguments: UInt64(0)..<24)
  func `of networks with channels last, only what comes in and goes out is transposed`(
    seed: UInt64
  ) throws {
    let explained = try Self.explained(seed)
    let simplified = try explained.graph.simplified()
    try Self.expectOutputs(of: simplified, explained)
    // The input and its gradient, the gradients of layers, which are outputs of their own shape, and
    // what the network shuffles, with its gradient.
    let boundary =
      2 * explained.inputCount + explained.layerCounts.reduce(0, +)
      + 2 * explained.shuffledCount
    #expect(simplified.transposedCount <= boundary)
    let laws = try explained.graph.simplified(by: SimplificationLaws.all)
    #expect(laws.transposedCount > simplified.transposedCount)
  }

  @Test(arguments: UInt64(0)..<12)
  func `layers that are kept stand in the order of the file, and are used`(seed: UInt64) throws {
    var network = ChannelsLastNetwork(seed: seed)
    network.build(blocks: 4)
    let source = try network.builder.finish()
    let names = Set((0..<4).map { "block \($0)" })
    let kept = try source.canonicalized(keeping: names)
    let inputs = ["x": network.sample()]
    func gradients(_ graph: Graph) throws -> [ReferenceTensor] {
      let builder = GraphBuilder(graph)
      let scores = builder.value(try #require(graph.outputs.first?.value))
      let weights = builder.constant(Tensor(shape: [2, 3], elements: [1, -2, 3, 0.5, 1, -1]))
      let layers = try names.sorted().map { builder.value(try #require(graph.value(named: $0))) }
      let gradients = try builder.gradients(
        of: [Seed(scores, weights: weights)], withRespectTo: layers)
      builder.removeOutputs()
      for (index, value) in (layers + gradients).enumerated() { builder.output("\(index)", value) }
      let outputs = try preciseReferenceOutputs(of: builder.finish().simplified(), inputs: inputs)
      return try (0..<8).map { try #require(outputs["\($0)"]) }
    }
    for (actual, expected) in try zip(gradients(kept), gradients(source)) {
      expectClose(actual, expected, absolute: 1e-9, relative: 1e-9, "seed \(seed)")
    }
  }

  @Test func `no random graph transposes more than laws alone leave`() throws {
    for seed in UInt64(0)..<200 {
      let graph = try RandomGraph(seed: seed).graph
      let laws = try graph.simplified(by: SimplificationLaws.all).transposedCount
      #expect(try graph.simplified().transposedCount <= laws, "seed \(seed)")
    }
  }

  @Test func `what has no partner stays where it is`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 3, 4])
    let rows = x.rectified.transposed([0, 2, 1])
    let weights = builder.constant(Tensor(shape: [2, 3, 5], repeating: 0.5))
    builder.output("y", rows.product(weights))
    let graph = try builder.finish().simplified()
    #expect(graph.transposedCount == 24)
    #expect(graph.nodes.map { type(of: $0.operation).name }.suffix(3).first == "transpose")
  }

  @Test func `what is transposed is transposed where it is smallest`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 3, 4, 5])
    let last = x.transposed([0, 2, 3, 1])
    builder.output("y", last.rectified.sum(over: .axes([1])))
    let graph = try builder.finish().simplified()
    #expect(graph.transposedCount == 2 * 3 * 5)
    try SimplificationTests.expectEqualOutputs(builder.finish(), graph)
  }

  @Test func `an affine map behind a transposition is folded, before a kept layer too`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 3, 6])
    let y = x.convolved(
      with: CanonicalizationTests.weights(builder, [4, 3, 3]),
      CanonicalizationTests.plain)
    let last = y.transposed([0, 2, 1])
    let norm =
      last * CanonicalizationTests.weights(builder, [1, 1, 4])
      + CanonicalizationTests.weights(builder, [4])
    let layer = norm.rectified
    builder.name(layer, "layer")
    builder.output("y", layer.sum(over: .axes([1])))
    let graph = try builder.finish()
    let folded = try graph.canonicalized(keeping: ["layer"])
    let layerID = try #require(folded.value(named: "layer"))
    #expect(folded[layerID].shape == [1, 4, 4])
    // Input, convolution, rectifier, transposition and sum.
    #expect(CanonicalizationTests.computedCount(folded) == 5)
    try SimplificationTests.expectEqualOutputs(graph, folded)
  }

  private static func expectOutputs(
    of graph: Graph, _ explained: Explained, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let expected = try preciseReferenceOutputs(of: explained.graph, inputs: explained.inputs)
    let actual = try preciseReferenceOutputs(of: graph, inputs: explained.inputs)
    for (name, tensor) in expected {
      expectClose(
        try #require(actual[name]), tensor, absolute: 1e-9, relative: 1e-9, name,
        sourceLocation: sourceLocation)
    }
  }
}
