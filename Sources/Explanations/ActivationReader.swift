public import GraphExecution
import GraphIR
import GraphRewriting
public import TensorCore

/// Computes what layers make of inputs.
public final class ActivationReader: Sendable {
  /// The layers, in the order of the results.
  public let layers: [Layer]

  private let model: Model
  private let program: NetworkProgram<[OutputHandle]>
  private let batch: Int

  /// Compiles the network up to the layers.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - layers: Layers of it that have a grid of positions.
  ///   - batch: How many samples are run at once, unless the file insists on a number.
  ///   - lane: Where the network is compiled and run.
  /// - Throws: What importing and compiling throw.
  public init(
    _ model: Model, layers: [Layer], batch: Int = 1, lane: ExecutionLane = .shared
  ) throws {
    self.model = model
    self.layers = layers
    self.batch = model.fixedBatch ?? max(1, batch)
    program = NetworkProgram(lane: lane) { samples in
      let network = try model.network(samples: samples, keeping: layers)
      let builder = GraphBuilder(network.graph)
      builder.removeOutputs()
      let outputs = try layers.map { layer in
        let input = model.inputs.firstIndex { layer.receptiveFields(over: $0) != nil } ?? 0
        guard let layout = try network.layouts(of: [layer], over: input)[0] else {
          throw ExplanationError(.unknownLayer, "layer \(layer.name) has no grid of positions")
        }
        return builder.output(
          layer.name, layout.canonical(builder.value(try network.value(of: layer))))
      }
      return NetworkGraph(graph: try builder.finish().simplified(), results: outputs)
    }
    _ = try program.compiled(for: self.batch)
  }

  /// The values of the layers.
  ///
  /// - Parameter inputs: Each `[channels, positions…]`.
  /// - Returns: For every input one tensor per layer, `[channels, positions…]` however the file lays it
  ///   out.
  /// - Throws: `ExplanationError` for inputs of the wrong shape, and what running throws.
  public func activations(_ inputs: [Tensor]) throws -> [[Tensor]] {
    try activations(model.samples(inputs))
  }

  /// The values of the layers, of a network with several inputs.
  ///
  /// - Parameter samples: Of each every input by name, `[channels, positions…]`.
  /// - Returns: For every sample one tensor per layer, as its file shapes it without the sample axis.
  /// - Throws: `ExplanationError` for inputs that are missing or of the wrong shape, and what running
  ///   throws.
  public func activations(_ samples: [[String: Tensor]]) throws -> [[Tensor]] {
    try model.check(samples)
    return try program.run(samples, size: batch) { outputs, layers, sample in
      layers.map { outputs[$0].part(sample) }
    }
  }
}
