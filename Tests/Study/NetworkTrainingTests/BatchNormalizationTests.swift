import GraphExecution
import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

struct BatchNormalizationTests {
  /// Two samples, two channels, two points; by hand.
  @Test func `a small example is normalized as by hand`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 2, 2])
    let scale = builder.input("scale", shape: [2])
    let shift = builder.input("shift", shape: [2])
    builder.output("moments", x.batchMoments)
    builder.output(
      "y", x.batchNormalized(scale: scale, shift: shift, BatchNormalization(epsilon: 0)))
    let results = try Program(builder.finish()).run([
      "x": Tensor(shape: [2, 2, 2], elements: [1, 3, 0, 0, 5, 7, 4, 4]),
      "scale": Tensor(shape: [2], elements: [1, 2]),
      "shift": Tensor(shape: [2], elements: [0, -1]),
    ])
    // Channel 0: 1, 3, 5, 7 (mean 4, variance 5); channel 1: 0, 0, 4, 4 (mean 2, variance 4).
    let moments = try #require(results["moments"])
    expectClose(
      moments, Tensor(shape: [2, 2], elements: [4, 2, 5, 4]), absolute: 1e-6, relative: 0)
    let root = Float(5).squareRoot()
    let y = try #require(results["y"])
    expectClose(
      y,
      Tensor(
        shape: [2, 2, 2],
        elements: [-3 / root, -1 / root, -3, -3, 1 / root, 3 / root, 1, 1]),
      absolute: 1e-6, relative: 1e-6)
  }

  /// Shapes with whole and padded blocks of channels, one sample, one position, and planes.
  static let shapes: [Shape] = [
    [3, 16, 10], [2, 20, 7], [4, 3, 33], [1, 5, 9], [6, 17, 1], [2, 4, 3, 5],
  ]

  @Test(arguments: shapes, [false, true])
  func `values and gradients equal the reference`(shape: Shape, isRectified: Bool) throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: shape)
    let scale = builder.input("scale", shape: [shape[1]])
    let shift = builder.input("shift", shape: [shape[1]])
    let seed = builder.input("seed", shape: shape)
    let normalized = x.batchNormalized(scale: scale, shift: shift)
    let y = isRectified ? normalized.rectified : normalized
    let targets = [x, scale, shift]
    let gradients = try builder.gradients(of: [Seed(y, weights: seed)], withRespectTo: targets)
    builder.output("moments", x.batchMoments)
    builder.output("y", y)
    for (name, gradient) in zip(["x", "scale", "shift"], gradients) {
      builder.output("gradient of " + name, gradient)
    }
    var generator = SeededGenerator(seed: 7)
    let inputs = [
      "x": Tensor.random(shape, using: &generator),
      "scale": Tensor.random([shape[1]], using: &generator),
      "shift": Tensor.random([shape[1]], using: &generator),
      "seed": Tensor.random(shape, using: &generator),
    ]
    let graph = try builder.finish()
    let actual = try Program(graph).run(inputs)
    for (name, expected) in try referenceOutputs(of: graph, inputs: inputs) {
      let result = try #require(actual[name])
      // Single precision; sums over up to 100 numbers.
      expectClose(result, expected, absolute: 3e-5, relative: 3e-5, name)
    }
  }

  /// The reference of the gradient is checked against the definition of a derivative.
  @Test func `the gradient agrees with central differences in double precision`() throws {
    let shape: Shape = [3, 2, 4]
    let builder = GraphBuilder()
    let x = builder.input("x", shape: shape)
    let scale = builder.input("scale", shape: [2])
    let shift = builder.input("shift", shape: [2])
    let seed = builder.input("seed", shape: shape)
    let y = x.batchNormalized(scale: scale, shift: shift).rectified
    let moments = x.batchMoments
    let weighted = (y * seed).reduced(.sum, over: [0, 1, 2]).reshaped(to: [])
    let total = weighted + (moments * moments).reduced(.sum, over: [0, 1]).reshaped(to: [])
    let names = ["x", "scale", "shift"]
    let gradients = try builder.gradients(
      of: [Seed(total, weights: builder.constant(1))], withRespectTo: [x, scale, shift])
    builder.output("total", total)
    for (name, gradient) in zip(names, gradients) { builder.output(name + "'", gradient) }
    let graph = try builder.finish()
    var generator = SeededGenerator(seed: 3)
    var inputs: [String: ReferenceTensor] = [:]
    for input in graph.inputs {
      inputs[input.name] = ReferenceTensor(Tensor.random(input.shape, using: &generator))
    }
    let results = try preciseReferenceOutputs(of: graph, inputs: inputs)
    for name in names {
      let given = try #require(inputs[name])
      var expected = given
      for index in given.elements.indices {
        func total(_ change: Double) throws -> Double {
          var changed = inputs
          changed[name]?.elements[index] += change
          return try #require(preciseReferenceOutputs(of: graph, inputs: changed)["total"])
            .elements[0]
        }
        expected.elements[index] = try (total(1e-5) - total(-1e-5)) / 2e-5
      }
      let actual = try #require(results[name + "'"])
      expectClose(actual, expected, absolute: 1e-7, relative: 1e-6, name)
    }
  }

  @Test func `scale and shift must have one number per channel`() {
    #expect {
      try BatchNormalization().outputShape(for: [[2, 3, 4], [3], [2]])
    } throws: { "\($0)".contains("3 channels") }
  }
}
