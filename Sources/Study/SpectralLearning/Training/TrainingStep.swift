import GraphExecution
import GraphIR
import GraphRewriting
import TensorCore

/// The compiled step of a training: loss, scores, gradients and moments of one batch.
final class TrainingStep: Sendable {
  /// What the network consists of.
  let description: TrainingGraphs.Description

  /// The spectra of a step.
  let batchSize: Int

  /// Where every parameter begins among all parameters laid end to end, and where the last ends.
  let offsets: [Int]

  /// 1 for parameters that weight decay shrinks, else 0.
  let decays: [Float]

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
  /// - Throws: `GraphError` or `ExecutionError` when the network does not fit the spectra.
  init(_ plan: TrainingGraphs, batchSize: Int, lane: ExecutionLane) throws {
    let (graph, description) = try plan.trainingGraph(batch: batchSize)
    self.plan = plan
    self.description = description
    self.batchSize = batchSize
    program = try Program(graph, lane: lane)
    var offsets = [0]
    for parameter in description.parameters {
      offsets.append(offsets[offsets.count - 1] + parameter.shape.elementCount)
    }
    self.offsets = offsets
    decays = description.parameters.flatMap {
      [Float](repeating: $0.decays ? 1 : 0, count: $0.shape.elementCount)
    }
  }

  /// Computes one step.
  ///
  /// - Parameters:
  ///   - parameters: All parameters, end to end.
  ///   - spectra: The batch, end to end.
  ///   - targets: As `TrainingGraphs.loss` wants them, end to end.
  ///   - weights: What every sample counts; for regression only.
  ///   - masks: The mask of every dropout.
  /// - Returns: What the step computes.
  /// - Throws: `ExecutionError` when a kernel fails.
  func run(
    parameters: [Float], spectra: [Float], targets: [Float], weights: [Float], masks: [[Float]]
  ) throws(ExecutionError) -> Result {
    let inputs = inputs(
      parameters: parameters, spectra: spectra, targets: targets, weights: weights, masks: masks)
    let outputs = try program.run(inputs)
    var gradients: [Float] = []
    gradients.reserveCapacity(parameters.count)
    for gradient in description.gradients { gradients += outputs[gradient].elements }
    return Result(
      loss: outputs[description.loss].elements[0], scores: outputs[description.scores].elements,
      gradients: gradients, moments: description.moments.map { outputs[$0].elements })
  }

  /// The time of every kernel of a step, for finding out what is slow.
  package func profile(
    parameters: [Float], spectra: [Float], targets: [Float], weights: [Float], masks: [[Float]]
  ) throws(ExecutionError) -> [(step: String, seconds: Double)] {
    try program.profile(
      inputs(
        parameters: parameters, spectra: spectra, targets: targets, weights: weights, masks: masks))
  }

  private func inputs(
    parameters: [Float], spectra: [Float], targets: [Float], weights: [Float], masks: [[Float]]
  ) -> [String: Tensor] {
    var inputs: [String: Tensor] = [:]
    for (index, parameter) in description.parameters.enumerated() {
      inputs[parameter.name] = Tensor(
        shape: parameter.shape, elements: Array(parameters[offsets[index]..<offsets[index + 1]]))
    }
    inputs[TrainingGraphs.input] = Tensor(
      shape: [batchSize, 1, plan.pointCount], elements: spectra)
    inputs[TrainingGraphs.targets] = Tensor(
      shape: [batchSize, plan.task.outputCount], elements: targets)
    if case .regression = plan.task {
      inputs[TrainingGraphs.weights] = Tensor(shape: [batchSize, 1], elements: weights)
    }
    for (dropout, mask) in zip(description.dropouts, masks) {
      inputs[dropout.name] = Tensor(shape: dropout.shape, elements: mask)
    }
    return inputs
  }
}

/// The compiled scores of a network whose weights change from run to run.
final class EvaluationStep: Sendable {
  /// The spectra of a run.
  let batchSize: Int

  private let plan: TrainingGraphs
  private let program: Program
  private let output: OutputHandle

  /// Compiles the scores.
  ///
  /// - Throws: `GraphError` or `ExecutionError` when the network does not fit the spectra.
  init(_ plan: TrainingGraphs, batchSize: Int, lane: ExecutionLane) throws {
    self.plan = plan
    self.batchSize = batchSize
    let (graph, output) = try plan.evaluationGraph(batch: batchSize)
    self.output = output
    program = try Program(graph, lane: lane)
  }

  /// The scores of scaled spectra, one row per spectrum.
  ///
  /// - Throws: `ExecutionError` when a kernel fails.
  func scores(
    _ rows: [[Float]], weights: NetworkWeights
  ) throws(ExecutionError) -> [[Float]] {
    var inputs = weights.tensors
    let width = plan.task.outputCount
    var scores: [[Float]] = []
    for start in stride(from: 0, to: rows.count, by: batchSize) {
      let indices = (0..<batchSize).map { min(start + $0, rows.count - 1) }
      inputs[TrainingGraphs.input] = Tensor(
        shape: [batchSize, 1, plan.pointCount], elements: indices.flatMap { rows[$0] })
      let part = try program.run(inputs)[output].elements
      for index in 0..<min(batchSize, rows.count - start) {
        scores.append(Array(part[index * width..<(index + 1) * width]))
      }
    }
    return scores
  }
}
