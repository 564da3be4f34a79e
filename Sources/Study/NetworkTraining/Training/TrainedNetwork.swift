public import GraphExecution
public import GraphIR
import GraphRewriting
import Operations
import Statistics
public import TensorCore

/// A network with its weights, its scaling of spectra and, for regression, of targets.
public struct TrainedNetwork: Sendable {
  /// The layers.
  public let architecture: any NetworkArchitecture

  /// The number of points of a spectrum.
  public let pointCount: Int

  /// What it gives.
  public let task: LearningTask

  /// Parameters and stored statistics.
  public let weights: NetworkWeights

  /// How spectra are scaled at the entrance.
  public let inputScaling: FittedInputScaling

  /// What the last layer's numbers are multiplied with and then added to, per measured value; empty
  /// for classification.
  public let targetScaling: TargetScaling

  /// What leads straight from a spectrum, not scaled, to measured values and is added; nil for nothing.
  public let linearPath: LinearPath?

  /// What the network gives per spectrum.
  public enum Output: String, Sendable, Hashable {
    /// Scores per class before any softmax, or measured values.
    case scores
    /// Probabilities of the classes; measured values in regression.
    case probabilities
  }

  /// The name of the input of graphs and files.
  public static let inputName = "spectra"

  /// The graph of the network, batch norms as affine maps with stored statistics.
  ///
  /// - Parameters:
  ///   - sampleCount: The number of spectra that it takes at once.
  ///   - output: What it gives, and the name of the output.
  /// - Returns: A graph of `[samples, 1, points]` to `[samples, outputs]`.
  /// - Throws: `GraphError` when the weights do not fit the architecture.
  public func graph(
    sampleCount: Int, output: Output = .scores
  ) throws(GraphError) -> Graph {
    let network = NetworkBuilder(.inference(weights))
    let graph = network.graph
    let input = graph.input(Self.inputName, shape: [sampleCount, 1, pointCount])
    let points = Shape([1, 1, pointCount])
    let mean = Tensor(shape: points, elements: inputScaling.mean)
    let factor = Tensor(shape: points, elements: inputScaling.factor)
    let scaled = (input - graph.constant(mean)) * graph.constant(factor)
    var result = architecture.build(scaled, outputs: task.outputCount, in: network)
    switch task {
    case .classification:
      if output == .probabilities { result = graph.apply(Softmax(axis: 1), [result]) }
    case .regression(let count):
      let scale = graph.constant(Tensor(shape: [1, count], elements: targetScaling.deviation))
      let shift = graph.constant(Tensor(shape: [1, count], elements: targetScaling.mean))
      result = result * scale + shift
      if let linearPath { result = linearPath.build(input) + result }
    }
    graph.output(output.rawValue, result)
    return try graph.finish().canonicalized()
  }

  /// Throws when the network says the same of every spectrum, or no numbers at all.
  ///
  /// - Throws: `LearningError` that names the likely reasons; `GraphError` when the weights do not fit
  ///   the architecture.
  public func requireAnswers() throws {
    let hasNumbers =
      weights.tensors.values.allSatisfy { $0.elements.allSatisfy(\.isFinite) }
      && linearPath?.weights.elements.allSatisfy(\.isFinite) ?? true
    let graph = try graph(sampleCount: 1)
    let isAnswer = graph.dependents(of: graph.inputs.map(\.value))
    guard hasNumbers, graph.outputs.allSatisfy({ isAnswer[$0.value.index] }) else {
      throw LearningError(
        .diverged,
        "the network says the same of every spectrum: it was not trained yet, the learning rate is "
          + "too high, or all spectra are equal after preprocessing")
    }
  }

  /// What the network gives for spectra.
  ///
  /// - Parameters:
  ///   - rows: Spectra of `pointCount` points each.
  ///   - output: Scores or probabilities.
  ///   - lane: Where it is computed.
  /// - Returns: As many numbers per spectrum as the task has outputs.
  /// - Throws: `LearningError` when the spectra have another length; `GraphError` or `ExecutionError`
  ///   when the graph cannot be run.
  public func predict(
    _ rows: Matrix<Float>, output: Output = .scores, lane: ExecutionLane = .shared
  ) throws -> [[Float]] {
    guard !rows.isEmpty else { return [] }
    guard rows.columnCount == pointCount else {
      throw LearningError(
        .invalidData,
        "the spectra have \(rows.columnCount) points, the network takes \(pointCount)")
    }
    let program = try BatchedProgram(chunkSize: min(rows.count, 16), lane: lane) { count in
      try graph(sampleCount: count, output: output)
    }
    let spectra = Tensor(shape: [rows.count, 1, pointCount], elements: rows.elements)
    let result = try program.run([Self.inputName: spectra])[output.rawValue]?.elements ?? []
    let width = task.outputCount
    return rows.indices.map { Array(result[$0 * width..<($0 + 1) * width]) }
  }
}

/// How measured values are standardized for a training.
public struct TargetScaling: Sendable, Hashable, Codable {
  /// The mean of every measured value.
  public let mean: [Float]

  /// The standard deviation of every measured value; 1 where it does not vary.
  public let deviation: [Float]

  /// Learns the scaling of targets; classes have none.
  public init(_ targets: LearningTargets) {
    guard case .values(let values) = targets else {
      (mean, deviation) = ([], [])
      return
    }
    let moments = ColumnMoments(values)
    deviation = moments.variance.map { $0 > 0 ? Float($0.squareRoot()) : 1 }
    mean = moments.mean.map { Float($0) }
  }

  init(mean: [Float], deviation: [Float]) {
    self.mean = mean
    self.deviation = deviation
  }
}
