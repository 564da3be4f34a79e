import GraphExecution
import GraphIR
import GraphRewriting
import Operations
import Synchronization
import TensorCore

/// One map to make by changing the activation of a layer.
struct TailJob {
  let item: PlanItem
  let scoring: TailScoring
  /// All inputs of the sample.
  let inputs: [String: Tensor]
  /// What the layer makes of them, `[channels, positions…]`.
  let activation: Tensor
  /// How much each score counts, `[1, classes, positions…]`.
  let target: Tensor
}

/// Makes maps of methods that change the activation of a layer: combines what the rest of the network
/// makes of it.
final class TailScorer: Sendable {
  private struct Cut: Hashable {
    let layer: Layer
    let input: NetworkInput
  }

  private let model: Model
  private let upsampling: Upsampling
  private let options: ProgramOptions
  private let lane: ExecutionLane
  private let batch: Int?
  private let tails = Mutex<[Cut: NetworkTail]>([:])
  private let combinations = ProgramStore<CombinationKey, MapOutputs>()

  /// How many changed activations run at once at most where they are small.
  private static let largestBatch = 64

  /// Prepares scoring; nothing is compiled yet.
  ///
  /// `batch` is how many activations run at once; nil chooses by their size.
  init(
    _ model: Model, _ upsampling: Upsampling, options: ProgramOptions, lane: ExecutionLane,
    batch: Int?
  ) {
    self.model = model
    self.upsampling = upsampling
    self.options = options
    self.lane = lane
    self.batch = batch
  }

  /// Makes a map.
  ///
  /// - Parameters:
  ///   - job: Whose, and of what.
  ///   - progress: Called with the share that is done.
  /// - Returns: The map on the layer's grid, and at the positions of the input.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func map(_ job: TailJob, progress: (Double) -> Void) throws -> MapPair {
    let settings = job.item.method.settings
    let factors = job.scoring.factors(job.activation.shape, settings)
    let scores = try tail(job).explained(
      factors, at: LayerActivation(inputs: job.inputs, values: job.activation),
      TailTarget(
        form: FormedScores(job.scoring.form(settings), job.item.target), weights: job.target),
      progress: progress)
    let key = CombinationKey(item: job.item.place, channels: job.activation.shape)
    let program = combinations.program(key) {
      NetworkProgram(options: options, lane: lane) {
        [upsampling, item = job.item, scoring = job.scoring, shape = job.activation.shape] _ in
        try Self.combination(item, scoring, shape, changes: factors.count, upsampling)
      }
    }
    let compiled = try program.compiled(for: 1)
    let outputs = try compiled.program.run([
      "activation": Tensor.stack([job.activation]),
      "scores": Tensor(shape: [scores.count], elements: scores),
    ])
    return compiled.results.pair(in: outputs)
  }

  private func tail(_ job: TailJob) throws -> NetworkTail {
    guard let layer = job.item.layer else {
      throw ExplanationError(.unknownLayer, "\(job.item.method.method.id) looks at layers only")
    }
    return try tails.withLock { tails in
      let cut = Cut(layer: layer, input: job.item.input)
      if let tail = tails[cut] { return tail }
      let fitting = Explainer.valuesPerRun / max(1, job.activation.elements.count)
      let size = max(Explainer.preferredBatch(for: model), min(Self.largestBatch, fitting))
      let tail = try NetworkTail(
        model, at: layer, over: job.item.input, options: options, batch: batch ?? size,
        lane: lane)
      tails[cut] = tail
      return tail
    }
  }

  /// The activation and what its changes gave to one map.
  private static func combination(
    _ item: PlanItem, _ scoring: TailScoring, _ shape: Shape, changes: Int,
    _ upsampling: Upsampling
  ) throws -> NetworkGraph<MapOutputs> {
    let builder = GraphBuilder()
    let found = TailScores(
      activation: builder.input("activation", shape: Shape([1] + shape.extents)),
      scores: builder.input("scores", shape: [changes]))
    let settings = item.method.settings
    let outputs = MapOutputs(
      scoring.map(of: found, settings), of: item, upsampling,
      weights: scoring.weights?(found, settings))
    return NetworkGraph(graph: try builder.finish().simplified(), results: outputs)
  }
}
