package import GraphExecution
import GraphIR
package import TensorCore

/// What a layer makes of a sample.
package struct LayerActivation: Sendable {
  /// All inputs of the sample by name.
  package let inputs: [String: Tensor]

  /// `[channels, positions…]`, however the file lays it out; where the layer's numbers have no places on
  /// an input, as its file shapes it.
  package let values: Tensor
}

/// A network from a layer on: scores of samples whose activation there was changed.
///
/// What the rest of the network takes from before the layer, as the other branch of a residual block, is
/// that of the unchanged sample.
package final class NetworkTail: Sendable {
  /// The layer.
  package let layer: Layer

  let model: Model
  let options: ProgramOptions
  let lane: ExecutionLane
  let input: NetworkInput?
  /// The programs that explain activations times factors.
  let explaining = ProgramStore<ExplainedTail, OutputHandle>()
  private let head: NetworkProgram<OutputHandle>
  private let besides: NetworkProgram<[OutputHandle]>
  private let tail: NetworkProgram<OutputHandle>
  private let batch: Int
  private let hasFixedBatch: Bool
  private let needsOthers: Bool

  /// Cuts a network; nothing is compiled yet.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - layer: A layer of it that scores depend on.
  ///   - input: The input that the layer's positions are seen over; nil takes the first there is.
  ///   - options: How graphs are compiled.
  ///   - batch: How many changed activations run at once; nil chooses by the size of inputs.
  ///   - lane: Where graphs are compiled and run.
  /// - Throws: What importing throws; `GraphError` when scores do not depend on the layer;
  ///   `ExplanationError` when the file insists on several samples and they cannot be told apart in it.
  package init(
    _ model: Model, at layer: Layer, over input: NetworkInput? = nil,
    options: ProgramOptions = ProgramOptions(), batch: Int? = nil, lane: ExecutionLane = .shared
  ) throws {
    self.layer = layer
    self.model = model
    self.options = options
    self.lane = lane
    self.input = input
    hasFixedBatch = model.fixedBatch != nil
    let cut = try CutNetwork(model, at: layer, over: input, samples: model.fixedBatch ?? 1)
    let preferred = model.fixedBatch ?? batch ?? Explainer.preferredBatch(for: model)
    needsOthers = cut.needsOthers
    self.batch = cut.isPlaced ? max(1, preferred) : 1
    head = NetworkProgram(options: options, lane: lane) {
      try CutNetwork(model, at: layer, over: input, samples: $0).activation()
    }
    besides = NetworkProgram(options: options, lane: lane) {
      try CutNetwork(model, at: layer, over: input, samples: $0).besides()
    }
    tail = NetworkProgram(options: options, lane: lane) {
      try CutNetwork(model, at: layer, over: input, samples: $0).tail()
    }
  }

  /// What the layer makes of a sample.
  ///
  /// - Parameter inputs: All inputs of the sample by name.
  /// - Returns: The activation.
  /// - Throws: What building, compiling and running throw.
  package func activation(of inputs: [String: Tensor]) throws -> LayerActivation {
    let found = try head.run([inputs], size: hasFixedBatch ? batch : 1) { outputs, handle, index in
      outputs[handle].part(index)
    }
    return LayerActivation(inputs: inputs, values: found[0])
  }

  /// The raw scores of a sample whose activation is changed.
  ///
  /// - Parameters:
  ///   - changes: What it is changed to, each by itself.
  ///   - activation: What the layer makes of the sample.
  ///   - progress: Called with the share that is done.
  /// - Returns: For each change the raw scores, one per class; for each position of the first class, then
  ///   of the second and so on, where the output has positions.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  package func scores(
    of changes: [ActivationChange], at activation: LayerActivation,
    progress: (Double) -> Void = { _ in }
  ) throws -> [[Float]] {
    guard !changes.isEmpty else { return [] }
    let size = size(for: changes.count)
    let others = try others(activation.inputs, size: size)
    var scores: [[Float]] = []
    scores.reserveCapacity(changes.count)
    for part in changes.indices.parts(of: size) {
      let rows = part.map { index in
        [CutNetwork.activationLabel: changes[index].applied(to: activation.values)]
      }
      scores += try tail.run(rows, size: size, others) { outputs, handle, index in
        outputs[handle].part(index).elements
      }
      progress(Double(part.upperBound) / Double(changes.count))
    }
    return scores
  }

  /// What is needed besides the activation, for as many copies of the sample as run at once.
  func others(_ inputs: [String: Tensor], size: Int) throws -> [String: Tensor] {
    guard needsOthers else { return [:] }
    let compiled = try besides.compiled(for: size)
    let outputs = try compiled.program.run(Tensor.stacks([inputs], filledTo: size))
    let pairs = compiled.results.enumerated().map { (CutNetwork.label($0), outputs[$1]) }
    return Dictionary(pairs) { first, _ in first }
  }

  /// The changes of a run: as many as fill it, or a few sizes for fewer.
  func size(for count: Int) -> Int {
    guard count < batch, !hasFixedBatch else { return batch }
    var size = 1
    while size < count { size *= 2 }
    return min(size, batch)
  }
}
