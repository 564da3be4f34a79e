import Foundation
import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// DeepLIFT multipliers, the rescale rule.
struct MultiplierTests {
  /// One function of two inputs per kind of operation.
  static let functions: [(name: String, make: @Sendable (Value, Value) -> Value)] = [
    ("tanh", { x, _ in x.applying(.tanh) }),
    ("rectifier of a difference", { x, y in (x - y).rectified }),
    ("clip", { x, _ in x.applying(.clip(lower: -0.5, upper: 0.4)) }),
    ("product", { x, y in x * y }), ("square", { x, _ in x * x }),
    ("gate", { x, y in x.logistic * y }),
    ("quotient", { x, y in x / (2.5 + y) }),
    ("maximum", { x, y in x.maximum(y) }), ("minimum", { x, y in x.minimum(0.3 * y) }),
    ("choice", { x, y in x.isGreater(than: y).choosing(x * 2, else: 0.1 * y) }),
    ("constant choice", { x, y in x.builder.constant(1).choosing(x, else: y) }),
    ("power", { x, _ in (x + 3).power(x.builder.constant(1.5)) }),
    ("largest", { x, y in (x + y).maximum(over: .axes([2])).broadcast(to: x.shape) }),
    ("smallest", { x, y in (x - y).minimum(over: .axes([1, 2])).broadcast(to: x.shape) }),
    (
      "product of computed matrices",
      { x, y in x.product(y, transposesRight: true).product(x.applying(.tanh)) }
    ),
    (
      "pooling",
      { x, y in
        let window = PoolingWindow(
          kernel: [3], window: SlidingWindow(rank: 1, paddingBefore: [1], paddingAfter: [1]))
        return x.builder.apply(MaxPooling(window), [x * y + x])
      }
    ),
  ]

  @Test(arguments: functions.indices)
  func `differences of inputs times multipliers add up to that of the result`(index: Int) throws {
    for seed in UInt64(1)...5 {
      var generator = SeededGenerator(seed: seed)
      let shape: Shape = [1, 2, 5]
      let builder = GraphBuilder()
      let input = builder.input("input", shape: shape)
      let turn = builder.constant(.random([1, 2, 2], using: &generator))
      // Both arguments are computed of the input, so that both differ.
      let other = turn.product(input)
      let result = Self.functions[index].make(input, other)
      let weights = builder.constant(.random(result.shape, using: &generator))
      let baseline = builder.input("baseline", shape: shape)
      let multipliers = try builder.multipliers(
        of: Seed(result, weights: weights), withRespectTo: input, from: baseline)
      builder.output("contributions", multipliers * (input - baseline))
      builder.output("score", result * weights)
      let graph = try builder.finish()
      let here = ReferenceTensor(.random(shape, using: &generator))
      let there = ReferenceTensor(.random(shape, using: &generator))
      let now = try preciseReferenceOutputs(of: graph, inputs: ["input": here, "baseline": there])
      let before = try preciseReferenceOutputs(
        of: graph, inputs: ["input": there, "baseline": there])
      let sum = { (values: [String: ReferenceTensor], name: String) in
        values[name]?.elements.reduce(0, +) ?? .nan
      }
      let difference = sum(now, "score") - sum(before, "score")
      let scale = now["contributions"]?.elements.reduce(0) { $0 + abs($1) } ?? 0
      #expect(
        abs(sum(now, "contributions") - difference) < 1e-9 * max(scale, 1),
        "\(Self.functions[index].name), seed \(seed)")
      #expect(scale > 0)
    }
  }

  /// Convolution, rectifier, linear layer, logistic function, linear layer: by loops.
  @Test func `multipliers are those of the definition`() throws {
    var generator = SeededGenerator(seed: 3)
    let kernel = Tensor.random([2, 1, 3], using: &generator)
    let matrix = Tensor.random([8, 3], using: &generator)
    let last = Tensor.random([3, 1], using: &generator)
    let builder = GraphBuilder()
    let input = builder.input("input", shape: [1, 1, 6])
    let baseline = builder.input("baseline", shape: [1, 1, 6])
    let hidden = input.convolved(
      with: builder.constant(kernel), Convolution(window: SlidingWindow(rank: 1))
    ).rectified
    let units = hidden.reshaped(to: [1, 8]).product(builder.constant(matrix)).logistic
    let score = units.product(builder.constant(last))
    let one = builder.constant(1).broadcast(to: [1, 1])
    builder.output(
      "multipliers",
      try builder.multipliers(of: Seed(score, weights: one), withRespectTo: input, from: baseline))
    let x = ReferenceTensor(.random([1, 1, 6], using: &generator))
    let x0 = ReferenceTensor(.random([1, 1, 6], using: &generator))
    let found = try preciseReferenceOutputs(
      of: builder.finish(), inputs: ["input": x, "baseline": x0])

    let expected = literal(
      x.elements, x0.elements, kernel.elements.map(Double.init), matrix.elements.map(Double.init),
      last.elements.map(Double.init))
    expectClose(
      try #require(found["multipliers"]), ReferenceTensor(shape: [1, 1, 6], elements: expected),
      absolute: 1e-9, relative: 1e-9)
  }

  /// The multipliers of 6 points, 2 kernels of 3 taps, 8 × 3 and 3 weights.
  private func literal(
    _ x: [Double], _ x0: [Double], _ kernel: [Double], _ matrix: [Double], _ last: [Double]
  ) -> [Double] {
    var expected = [Double](repeating: 0, count: 6)
    var (z, z0) = ([Double](repeating: 0, count: 8), [Double](repeating: 0, count: 8))
    for channel in 0..<2 {
      for place in 0..<4 {
        for tap in 0..<3 {
          z[channel * 4 + place] += kernel[channel * 3 + tap] * x[place + tap]
          z0[channel * 4 + place] += kernel[channel * 3 + tap] * x0[place + tap]
        }
      }
    }
    var (v, v0) = ([0.0, 0, 0], [0.0, 0, 0])
    for index in 0..<8 {
      for unit in 0..<3 {
        v[unit] += max(z[index], 0) * matrix[index * 3 + unit]
        v0[unit] += max(z0[index], 0) * matrix[index * 3 + unit]
      }
    }
    for channel in 0..<2 {
      for place in 0..<4 {
        let index = channel * 4 + place
        var multiplier = 0.0
        for unit in 0..<3 {
          let change: Double = 1 / (1 + exp(-v[unit])) - 1 / (1 + exp(-v0[unit]))
          multiplier += last[unit] * change / (v[unit] - v0[unit]) * matrix[index * 3 + unit]
        }
        multiplier *= (max(z[index], 0) - max(z0[index], 0)) / (z[index] - z0[index])
        for tap in 0..<3 { expected[place + tap] += kernel[channel * 3 + tap] * multiplier }
      }
    }
    return expected
  }

  @Test func `where nothing differs multipliers are gradients`() throws {
    let builder = GraphBuilder()
    let input = builder.input("input", shape: [4])
    let score = input.applying(.tanh) * input.rectified
    let one = builder.constant(1).broadcast(to: [4])
    let seed = Seed(score, weights: one)
    builder.output(
      "multipliers", try builder.multipliers(of: seed, withRespectTo: input, from: input * 1))
    builder.output("gradient", try builder.gradients(of: [seed], withRespectTo: [input])[0])
    let found = try referenceOutputs(
      of: builder.finish(), inputs: ["input": Tensor(shape: [4], elements: [-1, 0.5, 2, 0.1])])
    expectClose(
      try #require(found["multipliers"]), try #require(found["gradient"]), absolute: 1e-6,
      relative: 0)
  }
}
