import GraphExecution
import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
public import TensorCore

/// Computes what layers make of inputs.
public final class ActivationReader: Sendable {
  /// The layers, in the order of the results.
  public let layers: [Layer]

  private let model: Model
  private let program: BatchedProgram

  /// Compiles the network up to the layers.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - layers: Layers of it.
  ///   - batch: How many samples are run at once, unless the file insists on a number.
  /// - Throws: What importing and compiling throw.
  public init(_ model: Model, layers: [Layer], batch: Int = 1) throws {
    self.model = model
    self.layers = layers
    program = try BatchedProgram(chunkSize: model.fixedBatch ?? max(1, batch)) { count in
      let names = Set(layers.map(\.name))
      let network = try model.imported(batch: count).graph.canonicalized(keeping: names)
      let builder = GraphBuilder(network)
      builder.removeOutputs()
      for layer in layers {
        guard let value = network.value(named: layer.name) else {
          throw ExplanationError(.unknownLayer, "layer \(layer.name) is not in the network")
        }
        builder.output(layer.name, builder.value(value))
      }
      return try builder.finish().simplified()
    }
  }

  /// The values of the layers.
  ///
  /// - Parameter inputs: At least one, each `[channels, positions…]`.
  /// - Returns: For every input one tensor per layer, as its file shapes it without the sample axis.
  /// - Throws: `ExplanationError` for inputs of the wrong shape, and what running throws.
  public func activations(_ inputs: [Tensor]) throws -> [[Tensor]] {
    for (index, input) in inputs.enumerated() where input.shape != model.inputShape {
      throw ExplanationError(
        .unsuitableInput,
        "input \(index + 1) has shape \(input.shape); the network takes \(model.inputShape)")
    }
    let outputs = try program.run([model.inputName: Tensor.stack(inputs)])
    return inputs.indices.map { sample in
      layers.compactMap { outputs[$0.name]?.part(sample) }
    }
  }
}
