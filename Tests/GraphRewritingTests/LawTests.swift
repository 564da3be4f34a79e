import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// Laws of simplification on random graphs, against the literal evaluator.
struct LawTests {
  private static let randomGraphs = Result { try (0..<2_000).map { try RandomGraph(seed: $0) } }

  @Test func `laws keep what random graphs compute, together and each alone`() throws {
    var applied = Set<String>()
    for random in try Self.randomGraphs.get() {
      var names = Set<String>()
      let simplified = try random.graph.simplified(by: SimplificationLaws.all) {
        names.insert($0.name)
      }
      try Self.expectOutputs(of: simplified, random, "all laws")
      for law in SimplificationLaws.all where names.contains(law.name) {
        try Self.expectOutputs(of: random.graph.simplified(by: [law]), random, law.name)
      }
      applied.formUnion(names)
    }
    #expect(Set(SimplificationLaws.all.map(\.name)).subtracting(applied) == [])
  }

  @Test func `simplification ends where nothing is left to simplify`() throws {
    for random in try Self.randomGraphs.get().prefix(200) {
      let simplified = try random.graph.simplified()
      #expect(try "\(simplified.simplified())" == "\(simplified)")
    }
  }

  @Test func `folding of affine maps keeps what random graphs compute`() throws {
    for random in try Self.randomGraphs.get() {
      try Self.expectOutputs(of: random.graph.canonicalized(), random, "canonicalized")
    }
  }

  @Test func `random graphs hold every operation`() throws {
    let nodes = try Self.randomGraphs.get().flatMap(\.graph.nodes)
    #expect(Set(nodes.map { type(of: $0.operation).name }).count == 31)
  }

  @Test func `names of laws are unique`() {
    #expect(Set(SimplificationLaws.all.map(\.name)).count == SimplificationLaws.all.count)
  }

  /// Double precision leaves nine digits after everything that a graph may cancel.
  private static func expectOutputs(
    of graph: Graph, _ random: RandomGraph, _ rewrite: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let actual = try preciseReferenceOutputs(of: graph, inputs: random.inputs)
    #expect(actual.keys == random.outputs.keys, sourceLocation: sourceLocation)
    for (name, expected) in random.outputs {
      expectClose(
        try #require(actual[name]), expected, absolute: 1e-9, relative: 1e-9,
        "\(rewrite), seed \(random.seed)", sourceLocation: sourceLocation)
    }
  }
}
