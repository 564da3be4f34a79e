import Explanations
import GraphIR
import Operations
import TensorCore

/// The small network that `Scripts/make_perturbation_references.py` shows to other libraries.
enum PerturbationNetwork {
  /// Multiples of a twelfth that are the same everywhere.
  static func numbers(_ shape: Shape, step: Int, start: Int = 0) -> Tensor {
    Tensor(
      shape: shape,
      elements: (0..<shape.elementCount).map { Float(($0 * step + start) % 23 - 11) / 12 })
  }

  /// An input with two channels.
  static func input(_ positions: [Int], start: Int = 2) -> Tensor {
    let numbers = numbers(Shape([2] + positions), step: 13, start: start)
    return Tensor(shape: numbers.shape, elements: numbers.elements.map { ($0 + 1) / 2 })
  }

  /// Two convolutions, a mean and a linear layer, of which `layer` is the first, rectified; kernels have one
  /// position along axes of extent 1.
  static func model(_ positions: [Int] = [6, 8]) throws -> Model {
    try Model(name: "perturbed") { samples in
      let builder = GraphBuilder()
      let (kernel, margins) = (positions.map { $0 > 1 ? 3 : 1 }, positions.map { $0 > 1 ? 1 : 0 })
      let window = SlidingWindow(
        rank: positions.count, paddingBefore: margins, paddingAfter: margins)
      func convolved(
        _ value: Value, to channels: Int, step: Int, start: Int, bias: (step: Int, start: Int)
      ) -> Value {
        let shape = Shape([channels, value.shape[1]] + kernel)
        return value.convolved(
          with: builder.constant(numbers(shape, step: step, start: start)),
          bias: builder.constant(numbers([channels], step: bias.step, start: bias.start)),
          Convolution(window: window)
        ).rectified
      }
      let x = builder.input("x", shape: Shape([samples, 2] + positions))
      let layer = convolved(x, to: 4, step: 7, start: 0, bias: (5, 3))
      builder.name(layer, "layer")
      let second = convolved(layer, to: 5, step: 9, start: 4, bias: (3, 8))
      let scores = second.mean(over: .positions).reshaped(to: [samples, 5]).product(
        builder.constant(numbers([3, 5], step: 10, start: 6)),
        bias: builder.constant(numbers([3], step: 4, start: 14)), transposesRight: true)
      builder.output("scores", scores)
      return try builder.finish()
    }
  }

  /// A network of one axis with one channel whose only score is made of its input.
  static func scoring(
    _ points: Int, _ score: @escaping @Sendable (Value) -> Value
  ) throws -> Model {
    try Model(name: "scoring") { samples in
      let builder = GraphBuilder()
      let input = builder.input("x", shape: Shape([samples, 1, points]))
      builder.output("score", score(input.reshaped(to: [samples, points])))
      return try builder.finish()
    }
  }

  /// A network whose score is the sum of the input times weights.
  static func linear(_ weights: [Float]) throws -> Model {
    try scoring(weights.count) { row in
      row.product(row.builder.constant(Tensor(shape: [weights.count, 1], elements: weights)))
    }
  }

  /// A network whose input is a row of four numbers.
  static func rowModel() throws -> Model {
    try Model(name: "row") { samples in
      let builder = GraphBuilder()
      let row = builder.input("x", shape: [samples, 4])
      let weights = builder.constant(Tensor(shape: [4, 1], elements: [1, -2, 0.5, 3]))
      builder.output("score", row.product(weights) + 2)
      return try builder.finish()
    }
  }

  /// The explanation of one input, of a class.
  static func explanation(
    _ method: String, _ settings: [String: String] = [:], of model: Model, _ input: Tensor,
    target: Int = 0, batch: Int? = nil
  ) throws -> Explanation {
    try explanations(
      method, settings, of: model, [input], target: target, batch: batch)[0]
  }

  /// The explanations of inputs, of a class.
  static func explanations(
    _ method: String, _ settings: [String: String] = [:], of model: Model, _ inputs: [Tensor],
    target: Int = 0, batch: Int? = nil
  ) throws -> [Explanation] {
    let chosen = try ChosenMethod(method, settings: settings)
    var plan = try ExplanationPlan(
      model, methods: [chosen],
      layers: chosen.method.kind == .activationMap ? ["layer"] : [], targets: [.output(target)])
    plan.keepsChannelWeights = true
    return try Explainer(model, plan, batch: batch).explain(inputs).map { $0.explanations[0] }
  }
}
