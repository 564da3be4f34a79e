import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// The account of where relevance went.
struct RelevanceLedgerTests {
  typealias Column = RelevanceLedger.Column

  static let handlings: [BiasHandling] = [.ignored, .positive, .once, .twice, .proportional]

  static let biasOnly: [(bias: BiasHandling, expected: [Double])] = [
    (.ignored, [2, 1, 0, 0, 1, 1]), (.positive, [2, 0.5, 1.5, 0, 0, 1]),
    (.twice, [2, 1 / 3.0, 5 / 3.0, 0, 0, 1]), (.proportional, [2, 1, 0, 0, 1, 1]),
  ]

  /// Every operation, in double precision: nothing is missing but rounding.
  @Test(arguments: CompositeCatalog.entries.map(\.id), handlings)
  func `what is received is passed or accounted for`(id: String, bias: BiasHandling) throws {
    let composite = try CompositeCatalog.composite(id).make(bias: bias)
    try expectBalance(composite, "\(id) \(bias)")
  }

  @Test(arguments: SumSplit.allCases, PoolingSplit.allCases)
  func `splits are accounted for`(sum: SumSplit, pooling: PoolingSplit) throws {
    var composite = CompositeCatalog.epsilonPlus.make()
    composite.sum = sum
    composite.pooling = pooling
    try expectBalance(composite, "\(sum) \(pooling)")
  }

  @Test(arguments: RelevanceRuleCatalog.entries.map(\.id))
  func `every rule is accounted for`(id: String) throws {
    let rule = try RelevanceRuleCatalog.rule(id).make()
    try expectBalance(Composite(first: rule, convolution: rule, dense: rule), id)
  }

  /// A rule that knows nothing of ledgers and leaves out negative outputs.
  private struct PositiveOutputsRule: RelevanceRule {
    let bias: BiasHandling

    func inputRelevance(at site: LinearSite) -> Value {
      let output = site.map.apply(site.input, site.map.weights, bias: site.map.bias)
      return site.proportional(
        to: [(site.input, site.map.weights)], bias: site.countedBias(bias),
        relevance: output.isGreater(than: 0) * site.relevance, .tiny)
    }
  }

  @Test(arguments: handlings)
  func `what a rule leaves out is accounted for`(bias: BiasHandling) throws {
    let rule = PositiveOutputsRule(bias: bias)
    try expectBalance(Composite(first: rule, convolution: rule, dense: rule), "\(bias)")
  }

  /// `x = [1, 2]`, `W = [[−1, −1], [1, 0]]`, `b = [5, 1]`: the first output is alive only through
  /// its bias; both get relevance 1.
  @Test(arguments: biasOnly)
  func `a unit alive only through its bias`(bias: BiasHandling, expected: [Double]) throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2])
    let weights = builder.constant(Tensor(shape: [2, 2], elements: [-1, -1, 1, 0]))
    let offset = builder.constant(Tensor(shape: [2], elements: [5, 1]))
    let y = x.product(weights, bias: offset, transposesRight: true)
    builder.name(y, "head")
    let ones = builder.constant(1).broadcast(to: [1, 2])
    let ledger = try builder.relevanceLedger(
      of: [Seed(y.rectified, weights: ones)], at: [x],
      composite: CompositeCatalog.zPlus.make(bias: bias))
    #expect(ledger.entries.map(\.name) == ["head"])
    #expect(ledger.entries.map(\.operation) == ["matrixProduct"])
    let table = try preciseReferenceValues(
      of: builder.finish(), [ledger.table.id],
      inputs: ["x": ReferenceTensor(shape: [1, 2], elements: [1, 2])])[0]
    // The second row is what arrived. Stabilizers absorb about 1e-6.
    let arrived = [expected[1], 0, 0, 0, 0, 0]
    expectClose(
      table, ReferenceTensor(shape: [1, 2, 6], elements: expected + arrived), absolute: 3e-6,
      relative: 0)
  }

  /// Large stabilizers: `z = [2, 0]`, ε 0.5, so a fifth of the first is absorbed, all of the second
  /// lost.
  @Test func `stabilizers and dead units are told apart`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 1])
    let weights = builder.constant(Tensor(shape: [2, 1], elements: [2, 0]))
    let seed = builder.constant(Tensor(shape: [1, 2], elements: [10, 3]))
    let rule = EpsilonRule(.epsilon(0.5))
    let ledger = try builder.relevanceLedger(
      of: [Seed(x.product(weights, transposesRight: true), weights: seed)], at: [x],
      composite: Composite(convolution: rule, dense: rule))
    let sums = try preciseReferenceValues(
      of: builder.finish(), [ledger.entries[0].sums.id],
      inputs: ["x": ReferenceTensor(shape: [1, 1], elements: [1])])[0]
    expectClose(
      sums, ReferenceTensor(shape: [1, 6], elements: [13, 8, 0, 2, 3, 0]), absolute: 1e-12,
      relative: 1e-12)
  }

  @Test func `samples have accounts of their own and the relevance is the same`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 2])
    let weights = builder.constant(Tensor(shape: [1, 2], elements: [1, 3]))
    let y = x.product(weights, transposesRight: true)
    let seed = builder.constant(Tensor(shape: [2, 1], elements: [1, -4]))
    let composite = CompositeCatalog.zPlus.make()
    let plain = try builder.relevances(of: [Seed(y, weights: seed)], at: [x], composite: composite)
    let ledger = try builder.relevanceLedger(
      of: [Seed(y, weights: seed)], at: [x], composite: composite)
    let input = ReferenceTensor(shape: [2, 2], elements: [1, 1, -1, -2])
    let values = try preciseReferenceValues(
      of: builder.finish(), [plain[0].id, ledger.relevances[0].id, ledger.entries[0].sums.id],
      inputs: ["x": input])
    #expect(values[0].elements == values[1].elements)
    // The second sample has no positive contribution: what it receives is lost.
    let expected: [Double] = [1, 1, 0, 0, 0, 0, -4, 0, 0, 0, -4, 0]
    expectClose(
      values[2], ReferenceTensor(shape: [2, 6], elements: expected), absolute: 1e-6, relative: 0)
  }

  @Test func `values whose first axis cannot count samples are refused`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 3])
    let flat = x.reshaped(to: [3, 2])
    let weights = builder.constant(Tensor(shape: [1, 2], elements: [1, 3]))
    let y = flat.product(weights, transposesRight: true).reshaped(to: [1, 3])
    let head = y.product(
      builder.constant(Tensor(shape: [2, 3], repeating: 1)), transposesRight: true
    )
    .reshaped(to: [2, 1])
    let ones = builder.constant(1).broadcast(to: [2, 1])
    _ = try builder.relevanceLedger(
      of: [Seed(head, weights: ones)], at: [x], composite: CompositeCatalog.zPlus.make())
    #expect { try builder.finish() } throws: { "\($0)".contains("one input at a time") }
  }

  private func expectBalance(_ composite: Composite, _ comment: String) throws {
    let builder = GraphBuilder()
    let network = RelevanceNetwork(spatialRank: 1)
    let (x, y) = network.build(builder)
    let seed = builder.constant(Tensor(shape: [1, 2], elements: [1, -0.25]))
    let ledger = try builder.relevanceLedger(
      of: [Seed(y, weights: seed)], at: [x], composite: composite)
    let table = try preciseReferenceValues(
      of: builder.finish(), [ledger.table.id], inputs: ["x": network.input])[0].elements
    let width = Column.allCases.count
    let rows = stride(from: 0, to: table.count, by: width).map { Array(table[$0..<$0 + width]) }
    // Head, mean, convolution, two poolings, join, two convolutions; and the arrival.
    #expect(rows.count >= 9, "\(comment): \(ledger.entries.map(\.operation))")
    var (start, lost) = (0.75, 0.0)
    for (row, entry) in zip(rows, ledger.entries) {
      let rest = row[0] - row[1...4].reduce(0, +)
      let scale = row[0...4].map(abs).max() ?? 0
      #expect(abs(rest) <= 1e-6 * scale, "\(comment) \(entry.name) \(entry.operation): \(row)")
      lost += row[2...4].reduce(0, +)
      start = max(start, scale)
    }
    let arrived = rows[rows.count - 1][0]
    #expect(abs(0.75 - lost - arrived) <= 1e-5 * start, "\(comment): \(lost) and \(arrived)")
  }
}
