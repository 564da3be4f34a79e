import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

struct ActivationTests {
  /// All of the relevance of `f(x)` is that of `x`, however many operations `f` is written in.
  @Test(arguments: [1, 5, 40])
  func `an expression of one value is an activation of it, however long`(length: Int) throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 3])
    let y = (0..<length).reduce(x) { sum, _ in sum + x * sum.logistic }
    let weights = Tensor(shape: [1, 2, 3], elements: [1, -2, 3, -4, 5, -6])
    let relevance = try builder.relevances(
      of: [Seed(y, weights: builder.constant(weights))], at: [x],
      composite: CompositeCatalog.zPlus.make())[0]
    builder.output("relevance", relevance)
    let outputs = try referenceOutputs(
      of: builder.finish(), inputs: ["x": Tensor(shape: [1, 2, 3], repeating: 0.5)])
    #expect(outputs["relevance"] == weights)
  }
}
