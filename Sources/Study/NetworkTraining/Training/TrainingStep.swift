import GraphExecution
import GraphIR
import GraphRewriting
import TensorCore

/// The compiled step of a training: loss, scores, gradients and moments of one batch.
final class TrainingStep: Sendable {
  /// What the network consists of.
  let description: TrainingGraphs.Description

  /// The samples of a step.
  let batchSize: Int

  /// Where every parameter begins among all parameters laid end to end, and where the last ends.
  let offsets: [Int]

  /// Which parameters change alike.
  let parts: [ParameterPart]

  private let plan: TrainingGraphs
  private let program: Program

  /// What a step computes.
  struct Result {
    var loss: Float
    var scores: [Float]
    var gradients: [Float]
    var moments: [[Float]]
  }

  /// Compiles the step.
  ///
  /// - Throws: `GraphError` or `ExecutionError` when the network does not fit the samples.
  init(
    _ plan: TrainingGraphs, batchSize: Int, options: ProgramOptions = ProgramOptions(),
    lane: ExecutionLane
  ) throws {
    let (graph, description) = try plan.trainingGraph(batch: batchSize)
    self.plan = plan
    self.description = description
    self.batchSize = batchSize
    program = try Program(graph, options: options, lane: lane)
    var offsets = [0]
    for parameter in description.parameters {
      offsets.append(offsets[offsets.count - 1] + parameter.shape.elementCount)
    }
    self.offsets = offsets
    parts = ParameterPart.parts(description.parameters)
  }

  /// What a step is computed of.
  struct Inputs {
    /// All parameters, end to end.
    var parameters: [Float]

    /// The batch, end to end.
    var samples: [Float]

    /// As `TrainingGraphs.loss` wants them, end to end.
    var targets: [Float]

    /// What every sample counts; for regression only.
    var weights: [Float]

    /// The mask of every dropout.
    var masks: [[Float]]
  }

  /// Computes one step.
  ///
  /// - Throws: `ExecutionError` when a kernel fails.
  func run(_ inputs: Inputs) throws(ExecutionError) -> Result {
    let outputs = try program.run(tensors(inputs))
    var gradients: [Float] = []
    gradients.reserveCapacity(inputs.parameters.count)
    for gradient in description.gradients { gradients += outputs[gradient].elements }
    return Result(
      loss: outputs[description.loss].elements[0], scores: outputs[description.scores].elements,
      gradients: gradients, moments: description.moments.map { outputs[$0].elements })
  }

  /// The time of every kernel of a step, for finding out what is slow.
  func profile(_ inputs: Inputs) throws(ExecutionError) -> [(step: String, seconds: Double)] {
    try program.profile(tensors(inputs))
  }

  private func tensors(_ inputs: Inputs) -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for (index, parameter) in description.parameters.enumerated() {
      tensors[parameter.name] = Tensor(
        shape: parameter.shape,
        elements: Array(inputs.parameters[offsets[index]..<offsets[index + 1]]))
    }
    tensors[TrainingGraphs.input] = Tensor(
      shape: plan.inputShape(batchSize), elements: inputs.samples)
    tensors[TrainingGraphs.targets] = Tensor(
      shape: [batchSize, plan.task.outputCount], elements: inputs.targets)
    if case .regression = plan.task {
      tensors[TrainingGraphs.weights] = Tensor(shape: [batchSize, 1], elements: inputs.weights)
    }
    for (dropout, mask) in zip(description.dropouts, inputs.masks) {
      tensors[dropout.name] = Tensor(shape: dropout.shape, elements: mask)
    }
    return tensors
  }
}

/// The compiled scores of a network whose weights change from run to run.
final class EvaluationStep: Sendable {
  /// The samples of a run.
  let batchSize: Int

  private let plan: TrainingGraphs
  private let program: Program
  private let output: OutputHandle

  /// Compiles the scores.
  ///
  /// - Throws: `GraphError` or `ExecutionError` when the network does not fit the samples.
  init(
    _ plan: TrainingGraphs, batchSize: Int, options: ProgramOptions = ProgramOptions(),
    lane: ExecutionLane
  ) throws {
    self.plan = plan
    self.batchSize = batchSize
    let (graph, output) = try plan.evaluationGraph(batch: batchSize)
    self.output = output
    program = try Program(graph, options: options, lane: lane)
  }

  /// The scores of samples, one row each.
  ///
  /// - Throws: `ExecutionError` when a kernel fails.
  func scores(
    _ samples: any ValidationSamples, weights: NetworkWeights
  ) throws(ExecutionError) -> [[Float]] {
    var inputs = weights.tensors
    let width = plan.task.outputCount
    var scores: [[Float]] = []
    for start in stride(from: 0, to: samples.count, by: batchSize) {
      var numbers: [Float] = []
      numbers.reserveCapacity(batchSize * plan.sampleShape.elementCount)
      for slot in 0..<batchSize {
        samples.append(min(start + slot, samples.count - 1), to: &numbers)
      }
      inputs[TrainingGraphs.input] = Tensor(shape: plan.inputShape(batchSize), elements: numbers)
      let part = try program.run(inputs)[output].elements
      for index in 0..<min(batchSize, samples.count - start) {
        scores.append(Array(part[index * width..<(index + 1) * width]))
      }
    }
    return scores
  }
}
