import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// How relevance is divided at joins, at maxima, and in the last layer.
struct RelevanceSplitTests {
  static let composites: [(name: String, composite: Composite)] = [
    ("equal", changed { $0.sum = .equal }), ("absolute", changed { $0.sum = .absolute }),
    ("pooling", changed { $0.pooling = .proportional }),
    ("last", changed { $0.last = RuleChoice(GammaRule()) }),
  ]

  /// One sum and one difference, with values that cancel and values that vanish.
  @Test(arguments: SumSplit.allCases, [1.0, -1.0])
  func `joins are divided as their formulas say`(split: SumSplit, sign: Double) throws {
    let (a, b) = ([1, 2, -3, 0, 0.5, 2.0], [3, -0.5, -1, 0, -0.5, -1.5].map { $0 * sign })
    let relevance: [Double] = [1, -2, 3, 4, 0.25, -0.75]
    var expected: [[Double]] = [[], []]
    for ((a, b), r) in zip(zip(a, b.map { $0 * sign }), relevance) {
      let sum = a + b
      let parts: (Double, Double) =
        switch split {
        case .signed: (a / (sum + (sum < 0 ? -1e-6 : 1e-6)), b / (sum + (sum < 0 ? -1e-6 : 1e-6)))
        case .unstabilized: sum == 0 ? (0, 0) : (a / sum, b / sum)
        case .absolute: (abs(a) / (abs(a) + abs(b) + 1e-6), abs(b) / (abs(a) + abs(b) + 1e-6))
        case .equal: (0.5, 0.5)
        }
      expected[0].append(r * parts.0)
      expected[1].append(r * parts.1)
    }
    let builder = GraphBuilder()
    let (x, y) = (builder.input("a", shape: [1, 6]), builder.input("b", shape: [1, 6]))
    let seed = builder.constant(Tensor(shape: [1, 6], elements: relevance.map(Float.init)))
    let found = try builder.relevances(
      of: [Seed(sign > 0 ? x + y : x - y, weights: seed)], at: [x, y],
      composite: Self.changed { $0.sum = split })
    let values = try preciseReferenceValues(
      of: builder.finish(), found.map(\.id),
      inputs: [
        "a": ReferenceTensor(shape: [1, 6], elements: a),
        "b": ReferenceTensor(shape: [1, 6], elements: b),
      ])
    for (value, numbers) in zip(values, expected) {
      // The number 1e-6 is rounded to single precision in the graph.
      expectClose(
        value, ReferenceTensor(shape: [1, 6], elements: numbers), absolute: 1e-9, relative: 1e-6)
    }
  }

  /// Windows of three in steps of two, with padding; in the fourth nothing is positive.
  @Test(arguments: [1, 2])
  func `a maximum is divided among positive parts`(rank: Int) throws {
    let x: [Double] = [1, 3, -2, 2, 2, -1, -4, -0.5, -3, 0.25]
    let relevance: [Double] = [1, 2, -3, 4, 0.5]
    var expected = [Double](repeating: 0, count: 10)
    for (placement, r) in relevance.enumerated() {
      let taps = (2 * placement - 1...2 * placement + 1).filter { x.indices.contains($0) }
      let sum = taps.reduce(0) { $0 + max(x[$1], 0) }
      let best = taps.max { (x[$0], -$0) < (x[$1], -$1) } ?? 0
      for tap in taps where sum > 0 { expected[tap] += r * max(x[tap], 0) / sum }
      if sum == 0 { expected[best] += r }
    }
    let unit = [Int](repeating: 1, count: rank - 1)
    let zeros = unit.map { _ in 0 }
    let pooling = PoolingWindow(
      kernel: unit + [3],
      window: SlidingWindow(
        rank: rank, strides: unit + [2], paddingBefore: zeros + [1], paddingAfter: zeros + [0]))
    let builder = GraphBuilder()
    let input = builder.input("x", shape: Shape([1, 1] + unit + [10]))
    let seed = builder.constant(
      Tensor(shape: Shape([1, 1] + unit + [5]), elements: relevance.map(Float.init)))
    let found = try builder.relevances(
      of: [Seed(builder.apply(MaxPooling(pooling), [input]), weights: seed)], at: [input],
      composite: Self.changed { $0.pooling = .proportional })
    let value = try preciseReferenceValues(
      of: builder.finish(), [found[0].id],
      inputs: ["x": ReferenceTensor(shape: input.shape, elements: x)])[0]
    expectClose(
      value, ReferenceTensor(shape: input.shape, elements: expected), absolute: 1e-9,
      relative: 1e-9)
  }

  @Test func `a maximum over all positions is divided the same way`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 3])
    let ones = builder.constant(1).broadcast(to: [1, 2, 1])
    let found = try builder.relevances(
      of: [Seed(x.reduced(.maximum, over: [2]), weights: ones)], at: [x],
      composite: Self.changed { $0.pooling = .proportional })
    let value = try preciseReferenceValues(
      of: builder.finish(), [found[0].id],
      inputs: ["x": ReferenceTensor(shape: [1, 2, 3], elements: [1, 3, -1, -2, -1, -3])])[0]
    expectClose(
      value, ReferenceTensor(shape: [1, 2, 3], elements: [0.25, 0.75, 0, 0, 1, 0]),
      absolute: 1e-9, relative: 0)
  }

  @Test(arguments: composites.indices)
  func `a signed pass is the difference of passes`(index: Int) throws {
    let composite = Self.composites[index].composite
    let network = RelevanceNetwork(spatialRank: 1)
    let parts = try [[1, 0], [0, 1], [1, -0.5]].map { try run(network, composite, seed: $0) }
    let difference = ReferenceTensor(
      shape: parts[0].shape,
      elements: zip(parts[0].elements, parts[1].elements).map { $0 - 0.5 * $1 })
    expectClose(parts[2], difference, absolute: 1e-9, relative: 1e-9)
  }

  @Test(arguments: composites.indices)
  func `one axis is two axes of which one has extent 1`(index: Int) throws {
    let composite = Self.composites[index].composite
    let flat = try run(RelevanceNetwork(spatialRank: 1), composite, seed: [1, -1])
    let tall = try run(
      RelevanceNetwork(spatialRank: 1, hasUnitAxis: true), composite, seed: [1, -1])
    expectClose(
      ReferenceTensor(shape: flat.shape, elements: tall.elements), flat, absolute: 1e-12,
      relative: 1e-12)
  }

  /// Hidden values 10 and 10 come from 2 and 4 through weights [1, 2] and [3, 1].
  @Test func `the last layer has a rule of its own`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 1])
    let plain = Convolution(window: SlidingWindow(rank: 1))
    let first = builder.constant(Tensor(shape: [2, 2, 1], elements: [1, 2, 3, 1]))
    let second = builder.constant(Tensor(shape: [1, 2, 1], elements: [2, 1]))
    let hidden = x.convolved(with: first, plain).rectified
    let y = (hidden.convolved(with: second, plain) * 2).reshaped(to: [1, 1])
    let one = builder.constant(Tensor(shape: [1, 1], elements: [1]))
    let found = try builder.relevances(
      of: [Seed(y, weights: one)], at: [x, hidden],
      composite: Self.changed { $0.last = RuleChoice(FlatRule()) })
    let values = try preciseReferenceValues(
      of: builder.finish(), found.map(\.id),
      inputs: ["x": ReferenceTensor(shape: [1, 2, 1], elements: [2, 4])])
    for (value, numbers) in zip(values, [[0.4, 0.6], [0.5, 0.5]]) {
      expectClose(
        value, ReferenceTensor(shape: [1, 2, 1], elements: numbers), absolute: 1e-5, relative: 0)
    }
  }

  /// Half of the relevance passes a convolution, half goes around it: the one below is not last.
  @Test func `a layer that another follows on some way is not the last`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 1])
    let plain = Convolution(window: SlidingWindow(rank: 1))
    let first = builder.constant(Tensor(shape: [1, 2, 1], elements: [1, 3]))
    let one = builder.constant(Tensor(shape: [1, 1, 1], elements: [1]))
    let hidden = x.convolved(with: first, plain)
    let found = try builder.relevances(
      of: [Seed(hidden + hidden.convolved(with: one, plain), weights: one)], at: [x],
      composite: Self.changed { $0.last = RuleChoice(FlatRule()) })
    let value = try preciseReferenceValues(
      of: builder.finish(), [found[0].id],
      inputs: ["x": ReferenceTensor(shape: [1, 2, 1], elements: [2, 4])])[0]
    expectClose(
      value, ReferenceTensor(shape: [1, 2, 1], elements: [2 / 14.0, 12 / 14.0]), absolute: 1e-5,
      relative: 0)
  }

  @Test func `alpha 0 and beta -1 is z-plus with negated weights`() throws {
    var generator = SeededGenerator(seed: 5)
    let weights = Tensor.random([3, 8], using: &generator)
    let input = ReferenceTensor(Tensor.random([1, 8], using: &generator))
    let dual = try AlphaBetaRule(alpha: 0, beta: -1, bias: .ignored)
    var results: [ReferenceTensor] = []
    let rules: [(any RelevanceRule, Float)] = [(dual, 1), (ZPlusRule(), -1)]
    for (rule, sign) in rules {
      let builder = GraphBuilder()
      let x = builder.input("x", shape: [1, 8])
      let signed = Tensor(shape: weights.shape, elements: weights.elements.map { sign * $0 })
      let seed = builder.constant(Tensor(shape: [1, 3], elements: [1, 2, -0.5]))
      let found = try builder.relevances(
        of: [Seed(x.product(builder.constant(signed), transposesRight: true), weights: seed)],
        at: [x], composite: Composite(convolution: rule, dense: rule))
      results += try preciseReferenceValues(
        of: builder.finish(), [found[0].id], inputs: ["x": input])
    }
    // The stabilizer has the sign of the sum, so that even it agrees.
    expectClose(results[0], results[1], absolute: 1e-12, relative: 1e-12)
    #expect(results[0].elements.contains { abs($0) > 0.1 })
    #expect(throws: GraphError.self) { try AlphaBetaRule(alpha: -0.5, beta: -1.5) }
  }

  private static func changed(_ change: (inout Composite) -> Void) -> Composite {
    var composite = CompositeCatalog.zPlus.make()
    change(&composite)
    return composite
  }

  private func run(
    _ network: RelevanceNetwork, _ composite: Composite, seed: [Float]
  ) throws -> ReferenceTensor {
    let builder = GraphBuilder()
    let (x, y) = network.build(builder)
    let weights = builder.constant(Tensor(shape: [1, 2], elements: seed))
    let found = try builder.relevances(
      of: [Seed(y, weights: weights)], at: [x], composite: composite)
    return try preciseReferenceValues(
      of: builder.finish(), [found[0].id], inputs: ["x": network.input])[0]
  }
}
