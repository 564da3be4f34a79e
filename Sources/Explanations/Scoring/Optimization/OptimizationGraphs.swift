import GraphExecution
import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// What tells how masks score, and how their numbers should change.
struct OptimizationOutputs: Sendable {
  /// What is minimized, `[masks]`.
  let loss: OutputHandle
  /// The explained score of each masked input, `[masks]`.
  let score: OutputHandle
  /// What is minimized with the costs of the first step, `[masks]`.
  let objective: OutputHandle
  /// The gradient of the loss with respect to the numbers, `[masks, 1, cells…]`.
  let gradient: OutputHandle
  /// The share of each position that is kept, `[masks, 1, positions…]`.
  let mask: OutputHandle
  /// What is shown, of the same shape.
  let map: OutputHandle
}

/// Builds the graph of one step of an optimization.
struct OptimizationGraphs: Sendable {
  /// The names of inputs of the graph.
  enum Label {
    static let target = "target"
    static let numbers = "numbers"
    static let noise = "noise"
    static let quota = "quota"
    static let pressure = "pressure"
    static let scale = "scale"
    /// The mask is multiplied by `presence`, and `base` added: 1 and 0 while masks are sought, 0 and 1 for the
    /// whole input, twice 0 for what stands for it.
    static let presence = "presence"
    static let base = "base"

    static func fill(_ level: Int) -> String { "fill \(level)" }
  }

  let model: Model
  let input: NetworkInput
  let form: FormedScores
  let problem: any MaskProblem

  /// How many fills there are beside the input.
  static func levelCount(_ fill: MaskFill) -> Int {
    if case .levels(let levels) = fill { levels.count } else { 1 }
  }

  /// Inputs: those of the network and a target for each mask; fills of the shape of the masked input;
  /// `numbers` and `noise` `[masks, 1, cells…]`; `quota` `[masks, 1, 1…]`; `pressure` `[1]`; `scale` `[masks]`;
  /// `presence` and `base` `[1, 1, 1…]`.
  ///
  /// - Parameter count: How many masks there are.
  /// - Returns: The graph.
  /// - Throws: What importing throws; `GraphError` or `ExplanationError`.
  func step(masks count: Int) throws -> NetworkGraph<OptimizationOutputs> {
    let builder = GraphBuilder()
    var inputs: [String: Value] = [:]
    for input in model.inputs {
      inputs[input.name] = builder.input(
        ScoringGraphs.label(input.name), shape: Shape([count] + input.shape.extents))
    }
    guard let whole = inputs[input.name] else {
      throw ExplanationError(.unsuitableInput, "there is no input \(input.name)")
    }
    let step = maskStep(builder, count)
    let terms = problem.terms(step)
    let flat = Shape([1, 1] + problem.cells.map { _ in 1 })
    let mask =
      terms.mask * builder.input(Label.presence, shape: flat)
      + builder.input(Label.base, shape: flat)
    inputs[input.name] = blended(whole, mask)
    let network = try model.network(samples: count)
    let values = try builder.insert(network.graph, inputs: inputs)
    let scores = values[network.parts.scores.index]
    let target = builder.input(Label.target, shape: scores.shape)
    let score = (formed(scores) * target).sum(over: .axes(Array(1..<scores.shape.rank)))
      .reshaped(to: [count])
    let scaled = score * builder.input(Label.scale, shape: [count])
    let loss = scaled + terms.cost * builder.input(Label.pressure, shape: [1])
    let ones = builder.constant(Tensor(shape: [count], repeating: 1))
    let gradient = try builder.gradients(
      of: [Seed(loss, weights: ones)], withRespectTo: [step.numbers])[0]
    let outputs = OptimizationOutputs(
      loss: builder.output("loss", loss), score: builder.output("score", score),
      objective: builder.output("objective", scaled + terms.cost),
      gradient: builder.output("gradient", gradient), mask: builder.output("mask", terms.mask),
      map: builder.output("map", terms.map))
    return NetworkGraph(graph: try builder.finish().simplified(), results: outputs)
  }

  private func maskStep(_ builder: GraphBuilder, _ count: Int) -> MaskStep {
    let grid = Shape([count, 1] + problem.cells)
    return MaskStep(
      numbers: builder.input(Label.numbers, shape: grid),
      noise: builder.input(Label.noise, shape: grid),
      quota: builder.input(
        Label.quota, shape: Shape([count, 1] + problem.cells.map { _ in 1 })),
      positions: input.positions)
  }

  /// The input where the mask keeps it, and what stands for it elsewhere: of several fills the two between
  /// which the mask lies.
  private func blended(_ whole: Value, _ mask: Value) -> Value {
    let count = Self.levelCount(problem.fill)
    let fills = (0..<count).map { whole.builder.input(Label.fill($0), shape: whole.shape) }
    guard count > 1 else { return fills[0] + mask * (whole - fills[0]) }
    let levels = fills + [whole]
    return (0..<count).reduce(fills[0]) { sum, level in
      let share = (mask * Float(count) - Float(level)).applying(.clip(lower: 0, upper: 1))
      return sum + share * (levels[level + 1] - levels[level])
    }
  }

  /// The scores in the form that masks change.
  private func formed(_ scores: Value) -> Value {
    let formed = form.of(scores, model.activation)
    guard problem.objective.score == .logOdds, form == .probabilities else { return formed }
    let rest: Value
    switch model.activation {
    case .logistic: return scores
    case .none where scores.shape[1] == 1: return scores
    case .probabilities:
      rest = (1 - formed).maximum(scores.builder.constant(1e-6))
      return formed.maximum(scores.builder.constant(1e-6)).logarithm - rest.logarithm
    case .softmax, .logSoftmax, .none:
      rest = (1 - formed).maximum(scores.builder.constant(1e-6))
      return scores.builder.apply(LogSoftmax(axis: 1), [scores]) - rest.logarithm
    }
  }
}
