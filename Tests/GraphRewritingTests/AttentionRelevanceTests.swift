import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// Relevance through attention and normalization.
struct AttentionRelevanceTests {
  private func numbers(_ seed: UInt64, _ shape: Shape) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return Tensor.random(shape, using: &generator)
  }

  private func relevance(
    _ block: AttentionBlock, _ composite: Composite
  ) throws -> ReferenceTensor {
    let builder = GraphBuilder()
    let (x, y) = block.build(builder)
    let relevance = try builder.relevances(
      of: [Seed(y, weights: builder.constant(numbers(31, y.shape)))], at: [x],
      composite: composite)[0]
    return try preciseReferenceValues(
      of: builder.finish(), [relevance.id],
      inputs: ["x": ReferenceTensor(numbers(29, x.shape))])[0]
  }

  static let blocks = [
    AttentionBlock(), AttentionBlock(isBiased: false), AttentionBlock(isMasked: true),
  ]

  static let handlings = ProductSplit.allCases.flatMap { product in
    NormalizationHandling.allCases.map { (product, $0) }
  }

  @Test(arguments: blocks, handlings)
  func `relevance is that of the sums by hand`(
    block: AttentionBlock, handling: (ProductSplit, NormalizationHandling)
  ) throws {
    let (product, normalization) = handling
    var composite = CompositeCatalog.epsilon.make()
    composite.product = product
    composite.normalization = normalization
    let actual = try relevance(block, composite)
    func rows(_ tensor: Tensor) -> [[Double]] {
      (0..<block.tokens).map { t in
        (0..<block.width).map { Double(tensor.elements[t * block.width + $0]) }
      }
    }
    let shape: Shape = [1, block.tokens, block.width]
    let expected = LiteralAttention(block, rows(numbers(29, shape)))
      .relevance(rows(numbers(31, shape)), product, normalization)
    let scale = expected.joined().map(abs).max() ?? 0
    #expect(scale > 0.1)
    expectClose(
      actual, ReferenceTensor(shape: shape, elements: expected.flatMap(\.self)),
      absolute: 1e-9 * scale, relative: 1e-9)
  }

  /// Without biases all of it arrives where looks are taken for granted; a softmax keeps a part.
  @Test func `relevance of values is conserved`() throws {
    let total = numbers(31, [1, 5, 4]).elements.reduce(0.0) { $0 + Double($1) }
    var composite = CompositeCatalog.epsilon.make()
    composite.product = .values
    let block = AttentionBlock(isBiased: false)
    let kept = try relevance(block, composite).elements.reduce(0, +)
    #expect(abs(kept - total) < 1e-3)
    composite.product = .halves
    let part = try relevance(block, composite).elements.reduce(0, +)
    #expect(abs(part - total) > 1e-2)
  }

  /// A mean that is a summand hands relevance from one number to the others; the sum is the same.
  @Test func `the statistics of a normalization are constants or summands`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 3])
    let centered = x - x.mean(over: .axes([1]))
    let y = centered * ((centered * centered).mean(over: .axes([1])) + 1).squareRoot.reciprocal
    let seed = Seed(y, weights: builder.constant(Tensor(shape: [1, 3], elements: [1, 2, 3])))
    var composite = CompositeCatalog.epsilon.make()
    composite.normalization = .identity
    let identity = try builder.relevances(of: [seed], at: [x], composite: composite)[0]
    composite.normalization = .linear
    let linear = try builder.relevances(of: [seed], at: [x], composite: composite)[0]
    let values = try preciseReferenceValues(
      of: builder.finish(), [identity.id, linear.id],
      inputs: ["x": ReferenceTensor(shape: [1, 3], elements: [1, 2, 6])])
    #expect(values[0].elements == [1, 2, 3])
    // The mean is 3; numbers are −2, −1 and 3 above it, and get 1 · 1/−2, 2 · 2/−1 and 3 · 6/3.
    let numbers: [Double] = [1, 2, 6]
    let own: [Double] = [-0.5, -4, 6]
    let ofMean: Double = 1.5 + 6 - 3
    let expected = (0..<3).map { own[$0] + ofMean * numbers[$0] / 9 }
    expectClose(
      values[1], ReferenceTensor(shape: [1, 3], elements: expected), absolute: 1e-4, relative: 0)
  }
}
