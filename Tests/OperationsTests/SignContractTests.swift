import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct SignContractTests {
  /// Every choice of signs of the inputs; numbers that are not negative are 0 now and then.
  @Test(arguments: OperationCatalog.samples)
  func `a result said not to be negative is not negative`(sample: OperationSample) throws {
    var generator = SeededGenerator(seed: 11)
    let core = try sample.core
    for choice in 0..<(1 << sample.inputs.count) {
      let signs = sample.inputs.indices.map { Sign(isNonNegative: choice >> $0 & 1 == 1) }
      let site = SignSite(signs: signs, values: signs.indices.map { ValueID($0) })
      guard core.sign(at: site) == .nonNegative else { continue }
      for kind in NumberKind.allCases {
        let inputs = zip(sample.inputs, signs).map { input, sign in
          var tensor = ReferenceTensor.random(input.shape, kind, using: &generator)
          if sign == .nonNegative { tensor.elements = tensor.elements.map { max($0, 0) } }
          return tensor
        }
        let result = try sample.evaluate(inputs)
        #expect(!result.elements.contains { $0 < 0 }, "\(signs) \(kind): \(result)")
      }
    }
  }

  @Test func `a square is not negative, a product may be`() {
    let product = Binary(.multiply)
    let signs: [Sign] = [.any, .any]
    #expect(
      product.sign(at: SignSite(signs: signs, values: [ValueID(3), ValueID(3)])) == .nonNegative)
    #expect(product.sign(at: SignSite(signs: signs, values: [ValueID(3), ValueID(4)])) == .any)
  }

  @Test func `signs are found along a graph of any depth, which may grow`() {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    var y = x.rectified
    for _ in 0..<40 { y = y * 2 + y.squareRoot }
    var signs = Signs()
    #expect(signs.sign(of: y.id, in: builder.graph) == .nonNegative)
    #expect(signs.sign(of: x.id, in: builder.graph) == .any)
    let difference = y - x
    #expect(signs.sign(of: difference.id, in: builder.graph) == .any)
    let magnitude = difference.absolute
    #expect(signs.sign(of: magnitude.id, in: builder.graph) == .nonNegative)
  }
}
