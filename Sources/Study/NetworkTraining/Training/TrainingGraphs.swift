import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// What a network is trained for.
public enum LearningTask: Sendable, Hashable, Codable {
  /// One score per class.
  case classification(classCount: Int)
  /// One number per measured value.
  case regression(valueCount: Int)

  /// The task of targets.
  public init(_ targets: LearningTargets) {
    switch targets {
    case .classes(_, let count): self = .classification(classCount: count)
    case .values: self = .regression(valueCount: targets.outputCount)
    }
  }

  /// How many numbers the network gives per spectrum.
  public var outputCount: Int {
    switch self {
    case .classification(let count), .regression(let count): count
    }
  }
}

/// The graphs of one architecture for samples of one shape.
struct TrainingGraphs: Sendable {
  let architecture: any NetworkArchitecture

  /// The shape of a sample: of a spectrum `[1, points]`.
  let sampleShape: Shape

  let task: LearningTask

  /// The name of the input for samples, `[samples, 1, points]` for spectra.
  static let input = "spectra"

  /// The name of the input for what the loss compares scores with, `[samples, outputs]`.
  static let targets = "targets"

  /// The name of the input for what a sample counts in a regression, `[samples, 1]`.
  static let weights = "weights"

  /// The name of the output that is the loss.
  static let loss = "loss"

  /// The name of the output for scores, `[samples, outputs]`.
  static let scores = "scores"

  /// The name of the output that holds the gradient of a parameter.
  static func gradient(_ parameter: String) -> String { "gradient of " + parameter }

  /// The name of the output that holds the moments of a batch norm.
  static func moments(_ normalization: String) -> String { "moments of " + normalization }

  /// What a training needs to know of the network.
  struct Description: Sendable {
    let parameters: [TrainableParameter]
    let normalizations: [NormalizationLayer]
    let dropouts: [DropoutLayer]

    /// How the results are read: of every parameter its gradient, of every batch norm its moments.
    let loss: OutputHandle
    let scores: OutputHandle
    let gradients: [OutputHandle]
    let moments: [OutputHandle]
  }

  /// The shape of so many samples.
  func inputShape(_ batch: Int) -> Shape { Shape([batch] + sampleShape.extents) }

  /// The graph of one training step: loss, scores, gradients and moments.
  ///
  /// - Throws: `GraphError` when the network does not fit samples of this shape.
  func trainingGraph(batch: Int) throws(GraphError) -> (graph: Graph, description: Description) {
    let network = NetworkBuilder(.training)
    let graph = network.graph
    let input = graph.input(Self.input, shape: inputShape(batch))
    let scores = architecture.build(input, outputs: task.outputCount, in: network)
    if let failure = graph.failure { throw failure }
    let loss = loss(scores, graph)
    let parameters = network.parameters
    let gradients = try graph.gradients(
      of: [Seed(loss, weights: graph.constant(1))],
      withRespectTo: parameters.compactMap { network.values[$0.name] })
    let description = Description(
      parameters: parameters, normalizations: network.normalizations, dropouts: network.dropouts,
      loss: graph.output(Self.loss, loss), scores: graph.output(Self.scores, scores),
      gradients: zip(parameters, gradients).map { parameter, gradient in
        graph.output(Self.gradient(parameter.name), gradient)
      },
      moments: zip(network.normalizations, network.moments).map { normalization, moments in
        graph.output(Self.moments(normalization.name), moments)
      })
    return (try graph.finish().simplified(), description)
  }

  /// The graph of scores, with parameters and statistics as inputs.
  ///
  /// - Throws: `GraphError` when the network does not fit samples of this shape.
  func evaluationGraph(batch: Int) throws(GraphError) -> (graph: Graph, scores: OutputHandle) {
    let network = NetworkBuilder(.evaluation)
    let input = network.graph.input(Self.input, shape: inputShape(batch))
    let scores = network.graph.output(
      Self.scores, architecture.build(input, outputs: task.outputCount, in: network))
    return (try network.graph.finish().simplified(), scores)
  }

  /// The loss, a single number.
  ///
  /// Classification: `−Σ targets ⊙ logSoftmax(scores)`, where the targets hold what every sample
  /// and class counts. Regression: `Σ weights ⊙ (scores − targets)²`.
  private func loss(_ scores: Value, _ graph: GraphBuilder) -> Value {
    let targets = graph.input(Self.targets, shape: scores.shape)
    let terms: Value
    switch task {
    case .classification:
      terms = -(targets * graph.apply(LogSoftmax(axis: 1), [scores]))
    case .regression:
      let weights = graph.input(Self.weights, shape: [scores.shape[0], 1])
      let difference = scores - targets
      terms = difference * difference * weights
    }
    return terms.reduced(.sum, over: [0, 1]).reshaped(to: [])
  }
}
