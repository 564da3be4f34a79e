import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

@testable import GraphExecution

/// Gradients as they are compiled, against their definition.
struct GradientKernelTests {
  /// A convolution whose adjoint is asked for.
  struct Adjoint: CustomStringConvertible, Sendable {
    let description: String
    let weights: [Int]
    let window: SlidingWindow
    var groups = 1
    /// The positions of the convolution's input.
    let positions: [Int]
  }

  static let adjoints: [Adjoint] = [
    Adjoint(
      description: "the first layer of a ResNet", weights: [20, 3, 7, 7],
      window: SlidingWindow(
        rank: 2, strides: [2, 2], paddingBefore: [3, 3], paddingAfter: [3, 3]),
      positions: [14, 12]),
    Adjoint(
      description: "padding after only, as TensorFlow has it", weights: [16, 3, 3, 3],
      window: SlidingWindow(rank: 2, strides: [2, 2], paddingAfter: [1, 1]), positions: [12, 10]),
    Adjoint(
      description: "a stride longer than the kernel, and positions that nothing reaches",
      weights: [5, 2, 2, 3],
      window: SlidingWindow(rank: 2, strides: [3, 2], paddingBefore: [0, 1]),
      positions: [13, 10]),
    Adjoint(
      description: "patches", weights: [24, 3, 4, 4],
      window: SlidingWindow(rank: 2, strides: [4, 4]), positions: [16, 20]),
    Adjoint(
      description: "a stride along one axis", weights: [6, 1, 3, 3],
      window: SlidingWindow(
        rank: 2, strides: [1, 2], paddingBefore: [1, 1], paddingAfter: [1, 1]),
      positions: [7, 9]),
    Adjoint(
      description: "spectra", weights: [12, 1, 9],
      window: SlidingWindow(rank: 1, strides: [4], paddingBefore: [4], paddingAfter: [4]),
      positions: [41]),
    Adjoint(
      description: "each channel by itself", weights: [20, 1, 5, 3],
      window: SlidingWindow(rank: 2, paddingBefore: [2, 0], paddingAfter: [1, 2]), groups: 20,
      positions: [9, 8]),
    Adjoint(
      description: "volumes", weights: [4, 2, 3, 3, 2],
      window: SlidingWindow(
        rank: 3, strides: [2, 1, 2], paddingBefore: [1, 1, 0], paddingAfter: [1, 1, 0]),
      positions: [6, 5, 4]),
  ]

  @Test(arguments: adjoints)
  func `adjoints are convolutions, and agree with their definition`(adjoint: Adjoint) throws {
    let builder = GraphBuilder()
    let placements = try adjoint.window.outputPositions(
      input: adjoint.positions, kernel: Array(adjoint.weights.dropFirst(2)))
    let seed = builder.input("seed", shape: Shape([3, adjoint.weights[0]] + placements))
    let convolution = Convolution(window: adjoint.window, groups: adjoint.groups)
    builder.output(
      "gradient",
      seed.transposedConvolved(
        with: builder.weights(Shape(adjoint.weights)), convolution,
        outputPositions: adjoint.positions))
    let graph = try builder.finish()
    let inputs = ProgramTests.inputs(of: graph, seed: 6)
    let program = try Program(graph)
    let (actual, expected) = (
      try program.run(inputs), try referenceOutputs(of: graph, inputs: inputs)
    )
    try expectClose(
      #require(actual["gradient"]), #require(expected["gradient"]), absolute: 2e-5, relative: 2e-5)
    #expect(try !program.profile(inputs).contains { $0.step.contains("backward") })
  }

  /// Gradients of rectifiers and of limits, at their bounds too.
  private func gates(showsComparison: Bool) throws -> Graph {
    let builder = GraphBuilder()
    let shape = Shape([2, 4, 5])
    let (x, seed) = (builder.input("x", shape: shape), builder.input("seed", shape: shape))
    let limited = (x * 3).applying(.clip(lower: -1, upper: 2))
    let below = limited.isGreater(than: -1)
    builder.output(
      "limited", seed * (below * builder.constant(2).isGreater(than: limited)))
    builder.output("rectified", (seed + 1) * x.rectified.isGreater(than: 0))
    builder.output("own", x * x.isGreater(than: 0))
    if showsComparison { builder.output("below", below) }
    return try builder.finish()
  }

  @Test(arguments: [false, true])
  func `gates are products with comparisons`(showsComparison: Bool) throws {
    let graph = try gates(showsComparison: showsComparison)
    var inputs = ProgramTests.inputs(of: graph, seed: 9)
    let some = try #require(inputs["x"])
    // Bounds are outside, and so are zeros of both signs.
    let bounds: [Float] = [-1 / 3, 2.0 / 3, 0, -0.0, 1e-30, 5]
    inputs["x"] = Tensor(shape: some.shape, elements: bounds + some.elements.dropFirst(6))
    let (actual, expected) = (
      try Program(graph).run(inputs), try referenceOutputs(of: graph, inputs: inputs)
    )
    for (name, tensor) in expected {
      try expectClose(#require(actual[name]), tensor, absolute: 1e-6, relative: 1e-6)
    }
  }

  @Test func `a product with comparisons is one instruction`() throws {
    let graph = try gates(showsComparison: false)
    let plan = FusionPlan(graph)
    let counts = graph.outputs.map { output in
      ElementwiseProgram(root: output.value, graph, plan).instructions
    }
    for (instructions, others) in zip(counts, [0, 2, 0]) {
      #expect(instructions.count == others + 1)
      guard case .gate? = instructions.last else {
        Issue.record("\(instructions) ends with no gate")
        continue
      }
    }
  }
}
