import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// Relevance that must pass some channels of a value.
struct RelevanceFilterTests {
  static let composites = CompositeCatalog.entries.map(\.id)

  @Test(arguments: composites, [1, 2])
  func `all channels of a value that everything passes change nothing`(
    id: String, rank: Int
  ) throws {
    let composite = try CompositeCatalog.composite(id).make()
    let site = try Site(RelevanceNetwork(spatialRank: rank), at: .passage)
    let plain = try site.relevance(composite, through: nil)
    let filtered = try site.relevance(composite, through: Set(0..<6))
    let values = try site.values([plain, filtered])
    expectClose(values[1], values[0], absolute: 1e-12, relative: 1e-12)
  }

  /// The parts of a branch add up to what passes the branch, which is not all.
  @Test(arguments: composites, [1, 2])
  func `maps of channels add up`(id: String, rank: Int) throws {
    let composite = try CompositeCatalog.composite(id).make()
    let site = try Site(RelevanceNetwork(spatialRank: rank), at: .branch)
    let parts = try [[0, 3], [1], [2, 4, 5]].map { try site.relevance(composite, through: Set($0)) }
    let sum = parts.dropFirst().reduce(parts[0], +)
    let values = try site.values([
      sum, site.relevance(composite, through: Set(0..<6)), site.relevance(composite, through: nil),
    ])
    let scale = values[1].elements.map(abs).max() ?? 0
    expectClose(values[0], values[1], absolute: 1e-9 * scale, relative: 0)
    #expect(
      zip(values[1].elements, values[2].elements).contains { abs($0 - $1) > 1e-3 * scale }, "\(id)")
  }

  /// Nothing is absorbed under z⁺ without biases but by stabilizers of 1e-6.
  @Test(arguments: [1, 2])
  func `the sum of a map is the relevance of its channels`(rank: Int) throws {
    let composite = CompositeCatalog.zPlus.make()
    let site = try Site(RelevanceNetwork(spatialRank: rank, isBiased: false), at: .passage)
    let whole = try site.builder.relevances(
      of: [site.seed], at: [site.value], composite: composite)[0]
    let values = try site.values([whole, site.relevance(composite, through: [2, 5])])
    let length = values[0].elements.count / 6
    let expected = [2, 5].reduce(0.0) { sum, channel in
      sum + values[0].elements[channel * length..<(channel + 1) * length].reduce(0, +)
    }
    #expect(abs(expected) > 1e-3)
    #expect(abs(values[1].elements.reduce(0, +) - expected) < 1e-3 * abs(expected))
  }

  /// The layer before the filter is no last layer: its rule is that of the others.
  ///
  /// x = [1, 2]; hidden = [1 + 2·2, 3 + 2·1] = [5, 5]; score = 2·5 + 5 = 15, of which hidden get 10 and 5. The flat rule of
  /// the last layer gives them 7.5 each; the second hidden number is 3 + 2.
  @Test func `a filter leaves each layer its rule`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2])
    let first = builder.constant(Tensor(shape: [2, 2], elements: [1, 2, 3, 1]))
    let second = builder.constant(Tensor(shape: [1, 2], elements: [2, 1]))
    let hidden = x.product(first, transposesRight: true).rectified
    let y = hidden.product(second, transposesRight: true)
    var composite = CompositeCatalog.zPlus.make()
    composite.last = RuleChoice("flat")
    let filter = RelevanceFilter(
      hidden, factors: builder.constant(Tensor(shape: [1, 2], elements: [0, 1])))
    let relevance = try builder.relevances(
      of: [Seed(y, weights: builder.constant(Tensor(shape: [1, 1], elements: [15])))], at: [x],
      composite: composite, through: filter)[0]
    let value = try preciseReferenceValues(
      of: builder.finish(), [relevance.id],
      inputs: ["x": ReferenceTensor(shape: [1, 2], elements: [1, 2])])[0]
    expectClose(
      value, ReferenceTensor(shape: [1, 2], elements: [7.5 * 3 / 5, 7.5 * 2 / 5]), absolute: 1e-5,
      relative: 0)
  }
}

/// The network of relevance tests with a value in it.
private struct Site {
  enum Place { case passage, branch }

  let builder = GraphBuilder()
  let value: Value
  let seed: Seed
  private let input: Value
  private let network: RelevanceNetwork

  /// Takes the first activation, or the convolution beside the shortcut.
  init(_ network: RelevanceNetwork, at place: Place) throws {
    self.network = network
    let (x, scores) = network.build(builder)
    input = x
    seed = Seed(scores, weights: builder.constant(Tensor(shape: [1, 2], elements: [1, -0.5])))
    let graph = builder.graph
    let convolutions = graph.nodes.indices.filter { graph.nodes[$0].operation is Convolution }
    let rectified = graph.nodes.firstIndex { $0.inputs.contains(ValueID(convolutions[0])) }
    value = builder.value(
      ValueID(place == .passage ? try #require(rectified) : convolutions[1]))
  }

  func relevance(_ composite: Composite, through channels: Set<Int>?) throws -> Value {
    let filter = channels.map { channels in
      RelevanceFilter(
        value,
        factors: builder.constant(
          Tensor(
            shape: Shape([1, 6] + value.shape.positions.map { _ in 1 }),
            elements: (0..<6).map { channels.contains($0) ? 1 : 0 })))
    }
    return try builder.relevances(
      of: [seed], at: [input], composite: composite, through: filter)[0]
  }

  func values(_ wanted: [Value]) throws -> [ReferenceTensor] {
    try preciseReferenceValues(
      of: builder.finish(), wanted.map(\.id), inputs: ["x": network.input])
  }
}
