import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// Relevance through whole graphs: what holds whatever the weights are.
struct RelevanceTests {
  static let ruleIDs = RelevanceRuleCatalog.entries.map(\.id)

  /// All rules but alpha-beta, which conserves only where both branches are alive.
  @Test(arguments: ruleIDs.filter { $0 != "alpha-beta" })
  func `relevance is conserved without biases`(id: String) throws {
    let rule = try RelevanceRuleCatalog.rule(id).make()
    let composite = Composite(convolution: rule, dense: rule)
    let outputs = try run(
      RelevanceNetwork(spatialRank: 2, isBiased: false), [composite], seeds: [[1, 0.5]])
    let sum = outputs[0].elements.reduce(0, +)
    // Stabilizers of 1e-6 absorb that much of denominators of about 0.1 in five layers.
    #expect(abs(sum - 1.5) < 1e-3, "\(id): \(sum)")
  }

  /// Twelve inputs to each output: contributions of both signs are there.
  @Test(arguments: [1, 2, 3.5] as [Float])
  func `alpha-beta conserves where both branches are alive`(alpha: Float) throws {
    var generator = SeededGenerator(seed: 8)
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 12])
    let weights = builder.constant(Tensor.random([4, 12], using: &generator))
    let rule = try AlphaBetaRule(alpha: alpha)
    let seed = builder.constant(Tensor(shape: [1, 4], elements: [1, -2, 0.5, 3]))
    let relevance = try builder.relevances(
      of: [Seed(x.product(weights, transposesRight: true), weights: seed)], at: [x],
      composite: Composite(convolution: rule, dense: rule))[0]
    let input = ReferenceTensor(Tensor.random([1, 12], using: &generator))
    let result = try preciseReferenceValues(
      of: builder.finish(), [relevance.id], inputs: ["x": input])[0]
    #expect(abs(result.elements.reduce(0, +) - 2.5) < 1e-4)
  }

  @Test(arguments: ruleIDs)
  func `relevance is linear in what the scores start with`(id: String) throws {
    let rule = try RelevanceRuleCatalog.rule(id).make(bias: .once)
    let composite = Composite(convolution: rule, dense: rule)
    let parts = try run(
      RelevanceNetwork(spatialRank: 1), [composite], seeds: [[1, 0], [0, 1], [2, -0.5]])
    let combined = ReferenceTensor(
      shape: parts[0].shape,
      elements: zip(parts[0].elements, parts[1].elements).map { 2 * $0 - 0.5 * $1 })
    expectClose(parts[2], combined, absolute: 1e-9, relative: 1e-9)
  }

  @Test(arguments: CompositeCatalog.entries.map(\.id))
  func `one axis is two axes of which one has extent 1`(id: String) throws {
    let composite = try CompositeCatalog.composite(id).make()
    let flat = try run(RelevanceNetwork(spatialRank: 1), [composite], seeds: [[1, -1]])[0]
    let tall = try run(
      RelevanceNetwork(spatialRank: 1, hasUnitAxis: true), [composite], seeds: [[1, -1]])[0]
    expectClose(
      ReferenceTensor(shape: flat.shape, elements: tall.elements), flat, absolute: 1e-12,
      relative: 1e-12)
  }

  @Test(arguments: [1, 2])
  func `LRP-0 with biases is gradient times input`(spatialRank: Int) throws {
    let rule = try RelevanceRuleCatalog.rule("zero").make()
    let network = RelevanceNetwork(spatialRank: spatialRank)
    var composite = Composite(convolution: rule, dense: rule)
    composite.averaging = RuleChoice(rule)
    let relevance = try run(network, [composite], seeds: [[1, 0]])[0]
    let builder = GraphBuilder()
    let (x, y) = network.build(builder)
    let seed = builder.constant(Tensor(shape: [1, 2], elements: [1, 0]))
    let gradient = try builder.gradients(of: [Seed(y, weights: seed)], withRespectTo: [x])[0]
    // Relevance starts with 1, not with the score.
    builder.output("product", gradient * x / (y * seed).sum(over: .axes([1])).reshaped(to: [1]))
    let expected = try #require(
      preciseReferenceOutputs(of: builder.finish(), inputs: ["x": network.input])["product"])
    let scale = expected.elements.map(abs).max() ?? 0
    // The sum of branches is stabilized by 1e-6.
    expectClose(relevance, expected, absolute: 1e-3 * scale, relative: 0)
  }

  @Test func `a gate takes nothing, an activation of several parts passes all`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 3])
    let pooled = x.mean(over: .positions)
    let gated = x * pooled.logistic
    let swish = gated * gated.logistic
    let hardSwish = swish * (swish * (1 / 6) + 0.5).applying(.clip(lower: 0, upper: 1))
    let ones = builder.constant(1).broadcast(to: [1, 2, 3])
    let relevance = try builder.relevances(
      of: [Seed(hardSwish, weights: ones)], at: [x], composite: CompositeCatalog.zPlus.make())[0]
    builder.output("relevance", relevance)
    let result = try referenceOutputs(
      of: builder.finish(),
      inputs: ["x": Tensor(shape: [1, 2, 3], elements: [1, -2, 3, 4, 5, -6])])["relevance"]
    #expect(result == Tensor(shape: [1, 2, 3], repeating: 1))
  }

  @Test func `magnitudes divide relevance where values cancel`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 1, 2])
    let weights = builder.constant(Tensor(shape: [1, 1, 1], elements: [-0.75]))
    let branch = x.convolved(with: weights, Convolution(window: SlidingWindow(rank: 1)))
    let sum = x + branch
    let ones = builder.constant(1).broadcast(to: [1, 1, 2])
    var composite = CompositeCatalog.epsilon.make()
    for (split, expected) in [(SumSplit.signed, -3), (.absolute, 3 / 7.0)] {
      composite.sum = split
      let parts = try builder.relevances(
        of: [Seed(sum, weights: ones)], at: [branch], composite: composite)
      builder.removeOutputs()
      builder.output("branch", parts[0])
      let result = try referenceOutputs(
        of: builder.finish(), inputs: ["x": Tensor(shape: [1, 1, 2], elements: [1, 2])])["branch"]
      expectClose(
        try #require(result), Tensor(shape: [1, 1, 2], repeating: Float(expected)),
        absolute: 1e-4, relative: 0)
    }
  }

  /// The flat rule gives both channels the same; it is used in front only.
  @Test func `the first layer has a rule of its own`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 1])
    let plain = Convolution(window: SlidingWindow(rank: 1))
    let first = builder.constant(Tensor(shape: [2, 2, 1], elements: [1, 2, 3, 1]))
    let second = builder.constant(Tensor(shape: [1, 2, 1], elements: [2, 1]))
    let hidden = ((x - 1) * 2).convolved(with: first, plain).rectified
    let y = hidden.convolved(with: second, plain)
    let one = builder.constant(Tensor(shape: [1, 1, 1], elements: [1]))
    let composite = Composite(
      first: FlatRule(), convolution: ZPlusRule(), dense: FlatRule())
    let relevances = try builder.relevances(
      of: [Seed(y, weights: one)], at: [x, hidden], composite: composite)
    let values = try preciseReferenceValues(
      of: builder.finish(), relevances.map(\.id),
      inputs: ["x": ReferenceTensor(shape: [1, 2, 1], elements: [2, 3])])
    // The first convolution receives [2, 4] and gives [10, 10].
    let expected = [[0.5, 0.5], [20.0 / 30, 10.0 / 30]]
    for (value, numbers) in zip(values, expected) {
      expectClose(
        value, ReferenceTensor(shape: [1, 2, 1], elements: numbers), absolute: 1e-5, relative: 0)
    }
  }

  @Test func `an offset that no layer absorbs counts as a bias where biases count`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 1])
    let factor = builder.constant(Tensor(shape: [2, 1], elements: [3, 1]))
    let offset = builder.constant(Tensor(shape: [2, 1], elements: [6, -1]))
    let y = x * factor + offset
    let ones = builder.constant(1).broadcast(to: [1, 2, 1])
    let input = ReferenceTensor(shape: [1, 2, 1], elements: [2, 4])
    // Contributions 6 of 12, and 4 of 3; z⁺ takes only the positive part of the offset.
    let cases: [(BiasHandling, [Double])] = [
      (.ignored, [1, 1]), (.once, [0.5, 4.0 / 3]), (.positive, [0.5, 1]),
    ]
    for (bias, expected) in cases {
      let relevance = try builder.relevances(
        of: [Seed(y, weights: ones)], at: [x],
        composite: CompositeCatalog.zPlus.make(bias: bias))[0]
      let value = try preciseReferenceValues(
        of: builder.finish(), [relevance.id], inputs: ["x": input])[0]
      expectClose(
        value, ReferenceTensor(shape: [1, 2, 1], elements: expected), absolute: 1e-5, relative: 0)
    }
  }

  @Test func `what relevance cannot pass is named`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 3])
    let soft = builder.apply(LogSoftmax(axis: 1), [x])
    let ones = builder.constant(1).broadcast(to: [1, 2, 3])
    let composite = CompositeCatalog.zPlus.make()
    #expect {
      try builder.relevances(of: [Seed(soft, weights: ones)], at: [x], composite: composite)
    } throws: { "\($0)".contains("logSoftmax") }
    let other = x.exponential
    builder.name(other, "side")
    #expect {
      try builder.relevances(
        of: [Seed(x.rectified, weights: ones)], at: [other], composite: composite)
    } throws: { "\($0)".contains("side") }
  }

  private func run(
    _ network: RelevanceNetwork, _ composites: [Composite], seeds: [[Float]]
  ) throws -> [ReferenceTensor] {
    let builder = GraphBuilder()
    let (x, y) = network.build(builder)
    var wanted: [ValueID] = []
    for composite in composites {
      for seed in seeds {
        let weights = builder.constant(Tensor(shape: [1, 2], elements: seed))
        wanted.append(
          try builder.relevances(
            of: [Seed(y, weights: weights)], at: [x], composite: composite)[0].id)
      }
    }
    return try preciseReferenceValues(
      of: builder.finish(), wanted, inputs: ["x": network.input])
  }
}
