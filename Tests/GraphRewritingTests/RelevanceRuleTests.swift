import Foundation
import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// Relevance rules at single linear maps.
struct RelevanceRuleTests {
  static let twoByTwo: [(id: String, expected: [Float])] = [
    ("zero", [-0.4, 2.4]), ("epsilon", [-0.4, 2.4]), ("z-plus", [1.6, 0.4]),
    // No negative contribution to the second output: its negative branch is empty.
    ("alpha-beta", [3.2, -0.2]), ("w-square", [1.4, 0.6]), ("flat", [1, 1]),
    // First output negative: contributions [1, −2.5]; second positive: [3.75, 2.5].
    ("gamma", [-0.066_666_7, 2.066_666_7]),
    // Bounds −2 and 1 of the sample: contributions [1 + 2, −2 + 2] and [3 + 6, 2 + 1].
    ("box", [1.75, 0.25]),
  ]

  /// Hand-computed for a kernel of three positions and a bias of 0.3.
  ///
  /// `x = [1, 2, 0, 1]`, `w = [1, −1, 2]`, padding 1: without bias `Z = [4, 1, 4, 0]`, and 0.25 is
  /// lost where nothing arrives.
  @Test(arguments: [
    (BiasHandling.ignored, [0, 0.75, 0, -0.25]), (.proportional, [0, 0.75, 0, -0.25]),
    (.twice, [0, 0.652_174, 0, -0.217_391]), (.once, [0, 0.697_674, 0, -0.232_558]),
    (.positive, [0, 0.697_674, 0, -0.232_558]),
  ])
  func `z-plus through a convolution`(bias: BiasHandling, expected: [Float]) throws {
    let result = try convolutionRelevance(ZPlusRule(bias: bias), bias: 0.3)
    expectClose(
      result, Tensor(shape: [1, 1, 4], elements: expected), absolute: 1e-6, relative: 2e-6)
  }

  @Test func `only the positive part of a bias counts unless it counts as it is`() throws {
    let positive = try convolutionRelevance(ZPlusRule(bias: .positive), bias: -0.5)
    let ignored = try convolutionRelevance(ZPlusRule(), bias: -0.5)
    // Z = [3.5, 0.5, 3.5, −0.5]: contributions to outputs 0 and 2 are 2 · 2 and 1 · 2 + 2 · 1.
    let once = try convolutionRelevance(ZPlusRule(bias: .once), bias: -0.5)
    #expect(positive == ignored)
    expectClose(
      once, Tensor(shape: [1, 1, 4], elements: [0, 4 / 3.5 - 1 / 3.5, 0, -1 / 3.5]),
      absolute: 1e-6, relative: 2e-6)
  }

  /// `x = [1, −2]`, `W = [[1, 1], [3, −1]]` (rows are outputs), `R = [1, 1]`: contributions are
  /// `[1, −2]` and `[3, 2]`, so outputs −1 and 5.
  @Test(arguments: twoByTwo)
  func `two inputs, two outputs`(id: String, expected: [Float]) throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2])
    let weights = builder.constant(Tensor(shape: [2, 2], elements: [1, 1, 3, -1]))
    let rule = try RelevanceRuleCatalog.rule(id).make()
    let y = x.product(weights, transposesRight: true)
    let seed = builder.constant(Tensor(shape: [1, 2], elements: [1, 1]))
    let relevance = try builder.relevances(
      of: [Seed(y, weights: seed)], at: [x],
      composite: Composite(convolution: rule, dense: rule))[0]
    builder.output("relevance", relevance)
    let result = try #require(
      referenceOutputs(
        of: builder.finish(), inputs: ["x": Tensor(shape: [1, 2], elements: [1, -2])])[
          "relevance"])
    expectClose(result, Tensor(shape: [1, 2], elements: expected), absolute: 1e-5, relative: 0)
  }

  @Test func `every entry in a folder is in its catalog`() throws {
    let sources = SharedData.packageRoot.appending(path: "Sources/GraphRewriting/Relevance")
    func count(_ text: String, in folder: String) throws -> Int {
      let files = try FileManager.default.contentsOfDirectory(
        at: sources.appending(path: folder), includingPropertiesForKeys: nil)
      return try files.reduce(0) { count, file in
        try count + String(contentsOf: file, encoding: .utf8).components(separatedBy: text).count
          - 1
      }
    }
    #expect(try count("= RelevanceRuleEntry(", in: "Rules") == RelevanceRuleCatalog.entries.count)
    #expect(try count("= CompositeEntry(", in: "Composites") == CompositeCatalog.entries.count)
  }

  @Test func `every rule of the catalog is checked by hand`() {
    #expect(RelevanceRuleCatalog.entries.map(\.id).sorted() == Self.twoByTwo.map(\.id).sorted())
  }

  /// Inputs 3 and −1 and a bias of 2 that would absorb half of the relevance.
  @Test func `the share of a bias can be given to the inputs`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2])
    let weights = builder.constant(Tensor(shape: [1, 2], elements: [1, 1]))
    let bias = builder.constant(Tensor(shape: [1], elements: [2]))
    let y = x.product(weights, bias: bias, transposesRight: true)
    let seed = builder.constant(Tensor(shape: [1, 1], elements: [1]))
    let cases: [(BiasHandling, [Float])] = [
      (.once, [0.75, -0.25]), (.ignored, [1.5, -0.5]), (.proportional, [1.125, -0.125]),
      (.twice, [0.5, -0.166_666_7]),
    ]
    for (handling, expected) in cases {
      let relevance = try builder.relevances(
        of: [Seed(y, weights: seed)], at: [x],
        composite: CompositeCatalog.epsilon.make(bias: handling))[0]
      builder.removeOutputs()
      builder.output("relevance", relevance)
      let result = try #require(
        referenceOutputs(
          of: builder.finish(), inputs: ["x": Tensor(shape: [1, 2], elements: [3, -1])])[
            "relevance"])
      expectClose(result, Tensor(shape: [1, 2], elements: expected), absolute: 1e-5, relative: 0)
    }
  }

  @Test func `senseless settings are refused`() throws {
    #expect { try AlphaBetaRule(alpha: 2, beta: 2) } throws: { "\($0)".contains("should be 1") }
    #expect { try AlphaBetaRule(alpha: 0.5) } throws: { "\($0)".contains("not negative") }
    #expect { try AlphaBetaRule(alpha: .nan) } throws: { _ in true }
    #expect { try RelevanceRuleCatalog.rule("gama") } throws: { "\($0)".contains("gamma") }
    #expect {
      try RelevanceRuleCatalog.rule("gamma").make(["epsilon": [1]])
    } throws: { "\($0)".contains("no setting \"epsilon\"; it has gamma") }
    #expect {
      try RelevanceRuleCatalog.rule("alpha-beta").make(["alpha": [3]])
    } throws: { "\($0)".contains("should be 1") }
    #expect { try CompositeCatalog.composite("lrp") } throws: { "\($0)".contains("z-plus") }
  }

  private func convolutionRelevance(_ rule: any RelevanceRule, bias: Float) throws -> Tensor {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 1, 4])
    let weights = builder.constant(Tensor(shape: [1, 1, 3], elements: [1, -1, 2]))
    let operation = Convolution(
      window: SlidingWindow(rank: 1, paddingBefore: [1], paddingAfter: [1]))
    let bias = builder.constant(Tensor(shape: [1], elements: [bias]))
    let y = x.convolved(with: weights, bias: bias, operation)
    let seed = builder.constant(Tensor(shape: [1, 1, 4], elements: [1, 0, -0.5, 0.25]))
    let relevance = try builder.relevances(
      of: [Seed(y, weights: seed)], at: [x],
      composite: Composite(convolution: rule, dense: rule))[0]
    builder.output("relevance", relevance)
    return try #require(
      referenceOutputs(
        of: builder.finish(),
        inputs: ["x": Tensor(shape: [1, 1, 4], elements: [1, 2, 0, 1])])["relevance"])
  }
}
