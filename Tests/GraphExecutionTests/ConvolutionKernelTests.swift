import GraphExecution
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct ConvolutionKernelTests {
  private static let window = SlidingWindow(
    rank: 2, paddingBefore: [1, 1], paddingAfter: [1, 1])

  /// Two residual blocks whose channels fill whole blocks, and the gradient of a pooled sum.
  private func residualGraph(isDifferentiated: Bool, channels: Int = 16) throws -> Graph {
    var generator = SeededGenerator(seed: 21)
    let builder = GraphBuilder()
    func weights(_ shape: Shape) -> Value {
      builder.constant(Tensor.random(shape, using: &generator, -0.1...0.1))
    }
    let input = builder.input("picture", shape: [1, 3, 7, 6])
    let convolution = Convolution(window: Self.window)
    let stem = input.convolved(with: weights([channels, 3, 3, 3]), convolution).rectified
    var value = stem
    var kernels: [Value] = []
    for _ in 0..<2 {
      let (first, second) = (
        weights([channels, channels, 3, 3]), weights([channels, channels, 3, 3])
      )
      let inner = value.convolved(with: first, convolution).rectified
      value = (inner.convolved(with: second, convolution) + value).rectified
      kernels += [first, second]
    }
    builder.output("result", value)
    guard isDifferentiated else { return try builder.finish() }
    // By hand, as differentiation writes it: back through the last block.
    let seed = value.isGreater(than: 0)
    let inside = seed.transposedConvolved(
      with: kernels[3], convolution, outputPositions: [7, 6])
    builder.output(
      "gradient",
      inside.transposedConvolved(with: kernels[2], convolution, outputPositions: [7, 6]) + seed)
    return try builder.finish()
  }

  @Test(arguments: [false, true])
  func `residual blocks and their gradients agree with the reference`(
    isDifferentiated: Bool
  ) throws {
    let graph = try residualGraph(isDifferentiated: isDifferentiated)
    let inputs = ProgramTests.inputs(of: graph, seed: 5)
    try expectOutputs(
      Program(graph), inputs, referenceOutputs(of: graph, inputs: inputs), tolerance: 2e-6)
  }

  /// 128 channels are enough for the algorithm of Winograd, and too many for the slow reference.
  @Test func `wide convolutions agree with their definition`() throws {
    let graph = try residualGraph(isDifferentiated: true, channels: 128)
    let inputs = ProgramTests.inputs(of: graph, seed: 5)
    let direct = try Program(graph, options: ProgramOptions(precision: .directFloat32))
    // Winograd's transforms lose about a digit on sums of a thousand terms.
    try expectOutputs(Program(graph), inputs, direct.run(inputs).byName, tolerance: 1e-5)
  }

  /// Convolutions, offsets, products and quotients as relevance rules write them.
  private func factorGraph(channels: Int) throws -> Graph {
    var generator = SeededGenerator(seed: 4)
    let builder = GraphBuilder()
    let shape = Shape([2, channels, 5, 4])
    func weights() -> Value {
      builder.constant(Tensor.random([channels, channels, 1, 1], using: &generator, 0.01...0.1))
    }
    let convolution = Convolution(window: SlidingWindow(rank: 2))
    let x = builder.input("x", shape: shape).absolute
    let relevance = builder.input("relevance", shape: shape)
    let kernel = weights()
    let z = x.convolved(with: kernel, convolution) + 0.5
    let s = relevance / z
    let down = s.convolved(with: weights(), convolution)
    let met = x * (down + s)
    builder.output("quotient", met / (x.convolved(with: weights(), convolution) + 0.25))
    let reversed = s / (s.convolved(with: weights(), convolution) + 4)
    builder.output("reversed", reversed)
    let own = s.convolved(with: kernel, convolution)
    builder.output("square", own * own)
    return try builder.finish()
  }

  @Test(arguments: [16, 20])
  func `sums, products and quotients behind a convolution agree with the reference`(
    channels: Int
  ) throws {
    let graph = try factorGraph(channels: channels)
    let inputs = ProgramTests.inputs(of: graph, seed: 8)
    try expectOutputs(
      Program(graph), inputs, referenceOutputs(of: graph, inputs: inputs), tolerance: 2e-6)
  }

  @Test func `an offset is the bias of a convolution, and a sum is part of it`() throws {
    let graph = try factorGraph(channels: 16)
    let steps = try Program(graph).profile(ProgramTests.inputs(of: graph, seed: 8)).map(\.step)
    #expect(steps.filter { $0.hasPrefix("convolution") }.count == 5)
    // |x|, R / z, the two quotients and the square.
    #expect(steps.filter { $0.hasPrefix("unary") || $0.hasPrefix("binary") }.count == 5)
    #expect(!steps.contains { $0.contains("ref") })
  }

  /// Runs twice, since buffers are used again, and compares with `tolerance` of the largest value.
  private func expectOutputs(
    _ program: Program, _ inputs: [String: Tensor], _ expected: [String: Tensor], tolerance: Double
  ) throws {
    for _ in 0..<2 {
      let actual = try program.run(inputs)
      for (name, tensor) in expected {
        let largest = Double(tensor.elements.map(abs).max() ?? 0)
        try expectClose(#require(actual[name]), tensor, absolute: tolerance * largest, relative: 0)
      }
    }
  }

  @Test func `no convolution runs on the reference kernel`() throws {
    let graph = try residualGraph(isDifferentiated: true)
    let profile = try Program(graph).profile(ProgramTests.inputs(of: graph, seed: 5))
    let steps = profile.map(\.step).filter { $0.hasPrefix("convolution") }
    #expect(steps.count == 7)
    #expect(steps.filter { $0.contains("(ref") } == [])
  }

  @Test func `adjoints of other windows agree with the reference`() throws {
    var generator = SeededGenerator(seed: 31)
    let builder = GraphBuilder()
    let windows = [
      SlidingWindow(rank: 2, dilations: [2, 1], paddingBefore: [1, 0], paddingAfter: [0, 2]),
      SlidingWindow(rank: 2, strides: [2, 2], paddingBefore: [1, 1], paddingAfter: [1, 1]),
      // More padding than the taps reach: not the same as any convolution of the gradient.
      SlidingWindow(rank: 2, paddingBefore: [3, 3], paddingAfter: [3, 3]),
    ]
    for (index, window) in windows.enumerated() {
      let weights = builder.constant(Tensor.random([5, 4, 3, 2], using: &generator, -1...1))
      let positions = try window.outputPositions(input: [9, 8], kernel: [3, 2])
      let gradient = builder.input("g\(index)", shape: Shape([2, 5] + positions))
      builder.output(
        "\(index)",
        gradient.transposedConvolved(
          with: weights, Convolution(window: window), outputPositions: [9, 8]))
    }
    let graph = try builder.finish()
    let inputs = ProgramTests.inputs(of: graph, seed: 6)
    let actual = try Program(graph).run(inputs)
    for (name, tensor) in try referenceOutputs(of: graph, inputs: inputs) {
      try expectClose(#require(actual[name]), tensor, absolute: 1e-5, relative: 1e-5)
    }
  }

  @Test(arguments: [false, true])
  func `bfloat16 is within two hundredths of the range`(isDifferentiated: Bool) throws {
    let graph = try residualGraph(isDifferentiated: isDifferentiated)
    let inputs = ProgramTests.inputs(of: graph, seed: 5)
    let exact = try Program(graph).run(inputs)
    let rounded = try Program(graph, options: ProgramOptions(precision: .bfloat16)).run(inputs)
    let (expected, actual) = (try #require(exact["result"]), try #require(rounded["result"]))
    let range = Float(try #require(expected.elements.max()) - (expected.elements.min() ?? 0))
    expectClose(actual, expected, absolute: 0.02 * Double(range), relative: 0)
    #expect(actual != expected)
  }
}
