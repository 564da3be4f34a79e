import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

struct GradientTests {
  @Test func `a second use adds its gradient`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [3])
    let y = x * x + x
    let ones = builder.constant(1).broadcast(to: [3])
    let gradient = try builder.gradients(of: [Seed(y, weights: ones)], withRespectTo: [x])
    builder.output("gradient", gradient[0])
    let result = try run(builder, ["x": Tensor(shape: [3], elements: [-1, 0.5, 2])])
    expectClose(
      result, Tensor(shape: [3], elements: [-1, 2, 5]), absolute: 1e-12, relative: 0)
  }

  @Test func `a value without influence is an error that names it`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    let other = x * 2
    builder.name(other, "side branch")
    let y = x.rectified
    #expect {
      try builder.gradients(of: [Seed(y, weights: y)], withRespectTo: [other])
    } throws: { "\($0)".contains("side branch") }
  }

  @Test func `several values are differentiated in one pass`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2])
    let first = x * 3
    let second = first * first
    let ones = builder.constant(1).broadcast(to: [2])
    let gradients = try builder.gradients(
      of: [Seed(second, weights: ones)], withRespectTo: [x, first, second])
    builder.output("gradient", .concatenated(gradients, axis: 0))
    let result = try run(builder, ["x": Tensor(shape: [2], elements: [1, 2])])
    expectClose(
      result, Tensor(shape: [6], elements: [18, 36, 6, 12, 1, 1]), absolute: 1e-12, relative: 0)
  }

  /// A small network with every kind of layer that networks for spectra have.
  @Test func `gradients of gradients agree with central differences`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 7])
    var generator = SeededGenerator(seed: 5)
    let weights = builder.constant(Tensor.random([3, 2, 3], using: &generator))
    let dense = builder.constant(Tensor.random([9, 2], using: &generator))
    let direction = builder.constant(Tensor.random([1, 2, 7], using: &generator))
    let convolution = Convolution(
      window: SlidingWindow(rank: 1, strides: [2], paddingBefore: [1], paddingAfter: [0]))
    let hidden = x.convolved(with: weights, convolution).applying(.tanh).reshaped(to: [1, 9])
    let scores = builder.apply(LogSoftmax(axis: 1), [hidden.product(dense)])
    let seed = builder.constant(Tensor(shape: [1, 2], elements: [1, -0.5]))
    let gradient = try builder.gradients(of: [Seed(scores, weights: seed)], withRespectTo: [x])[0]
    // The gradient of ⟨gradient, direction⟩ is the Hessian times the direction.
    let product = try builder.gradients(
      of: [Seed(gradient, weights: direction)], withRespectTo: [x])[0]
    builder.output("gradient", gradient)
    builder.output("product", product)
    let graph = try builder.finish()
    let point = Tensor.random([1, 2, 7], using: &generator)
    let along = try #require(graph[direction.id].operation as? Constant).tensor
    let step = 1e-4
    func gradientAt(_ factor: Double) throws -> ReferenceTensor {
      let moved = ReferenceTensor(
        shape: point.shape,
        elements: zip(point.elements, along.elements).map { Double($0) + factor * Double($1) })
      return try preciseReferenceValues(of: graph, [gradient.id], inputs: ["x": moved])[0]
    }
    let (ahead, behind) = (try gradientAt(step), try gradientAt(-step))
    let expected = ReferenceTensor(
      shape: point.shape,
      elements: zip(ahead.elements, behind.elements).map { ($0 - $1) / (2 * step) })
    let actual = try preciseReferenceValues(
      of: graph, [product.id], inputs: ["x": ReferenceTensor(point)])[0]
    // Central differences are accurate to about step² = 1e-8.
    expectClose(actual, expected, absolute: 1e-6, relative: 1e-6)
  }

  private func run(_ builder: GraphBuilder, _ inputs: [String: Tensor]) throws -> Tensor {
    try #require(referenceOutputs(of: builder.finish(), inputs: inputs)["gradient"])
  }
}
