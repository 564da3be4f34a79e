import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

/// Rules for gradients at rectifiers.
struct GradientRuleTests {
  /// What the rules make of a gradient `g` at a number `x`, for limits from 0 to `bound`.
  private static func passed(_ rule: any GradientRule, _ x: Double, _ g: Double, bound: Double)
    -> Double
  {
    let isOpen = rule is DeconvolutionRule || x > 0
    return isOpen && x < bound && g > 0 ? g : 0
  }

  static let rules: [any GradientRule] = [DeconvolutionRule(), GuidedRule()]

  /// What arrives at the input of a function whose result is weighed by ±1, ±2….
  private func arriving(
    _ rule: any GradientRule, _ x: Tensor, _ weights: Tensor, _ function: (Value) -> Value
  ) throws -> [Double] {
    let builder = GraphBuilder()
    let input = builder.input("x", shape: x.shape)
    let seed = Seed(function(input), weights: builder.constant(weights))
    builder.output("found", try builder.gradients(of: [seed], withRespectTo: [input], by: rule)[0])
    let found = try preciseReferenceOutputs(
      of: builder.finish(), inputs: ["x": ReferenceTensor(x)])
    return try #require(found["found"]).elements
  }

  static let x = Tensor(shape: [1, 8], elements: [-8, -1, 0, 0.5, 2, 5, 7, 9])
  static let weights = Tensor(shape: [1, 8], elements: [1, -2, 3, -1, 2, 4, 3, -1])

  static let rectifiers: [(name: String, bound: Double, make: @Sendable (Value) -> Value)] = [
    ("rectifier", .infinity, { $0.rectified }),
    ("limits", 6, { $0.applying(.clip(lower: 0, upper: 6)) }),
    ("limit below", .infinity, { $0.applying(.clip(lower: 0, upper: .infinity)) }),
    ("maximum", .infinity, { $0.maximum($0.builder.constant(0)) }),
    ("maximum first", .infinity, { $0.builder.constant(0).maximum($0) }),
    ("two limits", 6, { $0.rectified.minimum($0.builder.constant(6)) }),
  ]

  @Test(arguments: rules.indices, rectifiers.indices)
  func `rectifiers in all forms pass on what the rule says`(rule: Int, form: Int) throws {
    let (rule, form) = (Self.rules[rule], Self.rectifiers[form])
    let found = try arriving(rule, Self.x, Self.weights, form.make)
    let expected = zip(Self.x.elements, Self.weights.elements).map {
      Self.passed(rule, Double($0), Double($1), bound: form.bound)
    }
    #expect(found == expected, "\(form.name)")
    #expect(expected.contains { $0 > 0 })
  }

  /// Functions that are no rectifiers, though some are made of one.
  static let others: [(name: String, make: @Sendable (Value) -> Value)] = [
    ("leaky rectifier", { $0.rectified + 0.1 * $0.negative }),
    ("exponential unit", { $0.rectified + ($0.negative.exponential - 1) }),
    ("SiLU", { $0 * $0.logistic }),
    ("hard swish", { $0 * ((1 / 6) * $0 + 0.5).applying(.clip(lower: 0, upper: 1)) }),
    ("hard swish of six", { $0 * ($0 + 3).applying(.clip(lower: 0, upper: 6)) * (1 / 6) }),
    ("hard logistic", { ((1 / 6) * $0 + 0.5).applying(.clip(lower: 0, upper: 1)) }),
    ("softplus", { $0.rectified + (1 + (-$0.absolute).exponential).logarithm }),
    ("limits about zero", { $0.applying(.clip(lower: -1, upper: 1)) }),
  ]

  @Test(arguments: others.indices)
  func `other functions pass on their own gradient`(index: Int) throws {
    let other = Self.others[index]
    // The rectifier behind is open everywhere, and what arrives there is positive.
    let weights = Tensor(shape: [1, 8], elements: Self.weights.elements.map(abs))
    let made: (Value) -> Value = { -(other.make($0) - 20).applying(.negate).rectified }
    for rule in Self.rules {
      let found = try arriving(rule, Self.x, weights) { -made($0) }
      let builder = GraphBuilder()
      let input = builder.input("x", shape: Self.x.shape)
      let seed = Seed(-made(input), weights: builder.constant(weights))
      builder.output("plain", try builder.gradients(of: [seed], withRespectTo: [input])[0])
      let plain = try preciseReferenceOutputs(
        of: builder.finish(), inputs: ["x": ReferenceTensor(Self.x)])
      #expect(found == plain["plain"]?.elements, "\(other.name)")
      #expect(found.contains { $0 != 0 })
    }
    let builder = GraphBuilder()
    let input = builder.input("x", shape: Self.x.shape)
    let seed = Seed(other.make(input), weights: builder.constant(weights))
    #expect {
      try builder.gradients(of: [seed], withRespectTo: [input], by: GuidedRule())
    } throws: { "\($0)".contains("no rectifier") }
  }

  @Test func `activations are counted by kind`() {
    let builder = GraphBuilder()
    let input = builder.input("x", shape: [1, 2, 4])
    var x = input.rectified
    x = (x + 1) * x.logistic.mean(over: .positions).logistic
    x = x.applying(.clip(lower: 0, upper: 6)) + input
    x = x.rectified + 0.1 * x.negative
    x = (2 * x - 1).applying(.tanh)
    let found = Rectification(of: builder.graph, from: [input.id], to: [x.id])
    // Two rectifiers; a leaky one, a hyperbolic tangent and the logistic function that is no gate.
    #expect(found.rectifierCount == 2)
    #expect(found.otherCount == 3)
  }

  /// Three layers with rectifiers between.
  @Test(arguments: rules.indices)
  func `through several layers they are those of the definition`(rule: Int) throws {
    var generator = SeededGenerator(seed: 12)
    let rule = Self.rules[rule]
    var others = 0
    for _ in 0..<5 {
      let matrices = (0..<3).map { _ in Tensor.random([5, 5], using: &generator) }
      let x = Tensor.random([1, 5], using: &generator)
      let weights = Tensor.random([1, 5], using: &generator)
      let found = try arriving(rule, x, weights) { input in
        matrices.dropLast().reduce(input) { $0.product($0.builder.constant($1)).rectified }
          .product(input.builder.constant(matrices[2]))
      }
      let expected = Self.literal(
        rule, x.elements.map(Double.init), weights.elements.map(Double.init),
        matrices.map { $0.elements.map(Double.init) })
      expectClose(found, expected, absolute: 1e-12)
      others += expected.contains { $0 != 0 } ? 1 : 0
    }
    #expect(others > 1)
  }

  /// What arrives at five numbers behind matrices with rectifiers between.
  private static func literal(
    _ rule: any GradientRule, _ x: [Double], _ weights: [Double], _ matrices: [[Double]]
  ) -> [Double] {
    var inputs: [[Double]] = []
    var values = x
    for matrix in matrices.dropLast() {
      let sums = (0..<5).map { column in
        (0..<5).reduce(0) { $0 + values[$1] * matrix[$1 * 5 + column] }
      }
      inputs.append(sums)
      values = sums.map { max($0, 0) }
    }
    var gradient = weights
    for (index, matrix) in matrices.enumerated().reversed() {
      gradient = (0..<5).map { row in
        (0..<5).reduce(0) { $0 + gradient[$1] * matrix[row * 5 + $1] }
      }
      guard index > 0 else { break }
      gradient = zip(inputs[index - 1], gradient).map {
        passed(rule, $0, $1, bound: .infinity)
      }
    }
    return gradient
  }
}
