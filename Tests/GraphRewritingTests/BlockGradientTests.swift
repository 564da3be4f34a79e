import GraphExecution
import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// Gradients of what mobile networks are made of: 1×1 convolutions around one of each channel by itself, with
/// rectifiers that clip.
struct BlockGradientTests {
  struct Block: Sendable, CustomTestStringConvertible {
    var channels = 20
    var taps: [Int]
    var strides = [1, 1]
    var dilations = [1, 1]
    var before: [Int]
    var after: [Int]

    var testDescription: String { "\(channels) × \(taps) by \(strides), \(dilations)" }
  }

  /// Taps for which there is code of three kinds, and frames that are wider and narrower than the input.
  static let blocks = [
    Block(taps: [5, 5], before: [2, 2], after: [2, 2]),
    Block(channels: 32, taps: [3, 3], before: [1, 1], after: [1, 1]),
    Block(channels: 16, taps: [7, 7], before: [3, 3], after: [3, 3]),
    Block(taps: [3, 3], strides: [2, 2], before: [0, 1], after: [1, 0]),
    Block(taps: [5, 5], strides: [2, 2], before: [1, 2], after: [2, 1]),
    Block(taps: [2, 4], strides: [1, 2], before: [0, 1], after: [1, 2]),
    Block(taps: [3, 5], dilations: [2, 1], before: [2, 2], after: [2, 2]),
    // Rows and columns that no placement reaches.
    Block(taps: [1, 3], strides: [3, 3], before: [0, 0], after: [0, 0]),
  ]

  private func graph(_ block: Block) throws -> Graph {
    let builder = GraphBuilder()
    let pointwise = Convolution(window: SlidingWindow(rank: 2))
    let own = Convolution(
      window: SlidingWindow(
        rank: 2, strides: block.strides, dilations: block.dilations, paddingBefore: block.before,
        paddingAfter: block.after), groups: block.channels)
    let x = builder.input("x", shape: [3, 12, 9, 8])
    let names = ["first", "taps", "last"]
    let shapes: [Shape] = [
      [block.channels, 12, 1, 1], Shape([block.channels, 1] + block.taps),
      [12, block.channels, 1, 1],
    ]
    let weights = zip(names, shapes).map { builder.input($0, shape: $1) }
    let biases = zip(names, [block.channels, block.channels, 12]).map {
      builder.input("bias of " + $0, shape: [$1])
    }
    let wide = x.convolved(with: weights[0], bias: biases[0], pointwise)
      .applying(.clip(lower: 0, upper: 2))
    let seen = wide.convolved(with: weights[1], bias: biases[1], own)
      .applying(.clip(lower: 0, upper: 2))
    let narrow = seen.convolved(with: weights[2], bias: biases[2], pointwise).rectified
    let loss = (narrow * narrow).reduced(.sum, over: [0, 1, 2, 3])
    let gradients = try builder.gradients(
      of: [Seed(loss, weights: builder.constant(1))], withRespectTo: weights + biases + [x])
    let outputs = names + biases.indices.map { "bias of " + names[$0] } + ["x"]
    for (name, gradient) in zip(outputs, gradients) {
      builder.output("gradient of " + name, gradient)
    }
    return try builder.finish()
  }

  private func inputs(of graph: Graph, areWhole: Bool = false) -> [String: Tensor] {
    var generator = SeededGenerator(seed: 3)
    var inputs: [String: Tensor] = [:]
    for input in graph.inputs {
      let numbers = Tensor.random(input.shape, using: &generator, -1.5...1.5)
      inputs[input.name] =
        areWhole
        ? Tensor(shape: input.shape, elements: numbers.elements.map { $0.rounded() }) : numbers
    }
    return inputs
  }

  @Test(arguments: blocks)
  func `gradients agree with the reference`(block: Block) throws {
    let graph = try graph(block)
    let inputs = inputs(of: graph)
    let actual = try Program(graph).run(inputs)
    for (name, tensor) in try referenceOutputs(of: graph, inputs: inputs) {
      let largest = Double(tensor.elements.map(abs).max() ?? 0)
      #expect(largest > 0)
      try expectClose(#require(actual[name]), tensor, absolute: 2e-6 * largest, relative: 2e-5)
    }
  }

  /// Of small whole numbers, which 16 bits hold: rectifiers decide as they should, and gradients alone are
  /// rounded, to eight digits three times on the way.
  @Test(arguments: blocks)
  func `gradients of 16-bit numbers are within rounding`(block: Block) throws {
    let graph = try graph(block)
    let inputs = inputs(of: graph, areWhole: true)
    let program = try Program(graph, options: ProgramOptions(precision: .bfloat16))
    let (first, second) = (try program.run(inputs), try program.run(inputs))
    for (name, tensor) in try referenceOutputs(of: graph, inputs: inputs) {
      let actual = try #require(first[name])
      #expect(actual == second[name])
      let errors = zip(actual.elements, tensor.elements).reduce(0) { sum, pair in
        sum + Double(pair.0 - pair.1) * Double(pair.0 - pair.1)
      }
      let squares = tensor.elements.reduce(0) { $0 + Double($1) * Double($1) }
      #expect(errors < 4 * 0x1p-16 * squares, "\(name)")
    }
  }

  /// What a step of 16-bit numbers is made of, where the processor has them.
  @Test func `nothing goes back to 32 bits on the way`() throws {
    let graph = try graph(Self.blocks[1])
    let program = try Program(graph, options: ProgramOptions(precision: .bfloat16))
    let steps = try program.profile(inputs(of: graph)).map(\.step)
    guard steps.contains(where: { $0.contains("amx_bf16") }) else { return }
    #expect(steps.filter { $0.hasPrefix("rectifier backward") }.count >= 2)
    // Two gradients of 1×1 weights and the sums for biases.
    #expect(steps.filter { $0.hasPrefix("matrix product") }.count >= 4)
    #expect(!steps.contains { $0.contains("ref") })
  }
}
