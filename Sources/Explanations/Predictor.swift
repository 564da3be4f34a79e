import GraphExecution
import GraphIR
import GraphRewriting
import Operations
public import TensorCore

/// Runs a network forward only.
public final class Predictor: Sendable {
  /// The network.
  public let model: Model

  private let program: NetworkProgram<OutputHandle>
  private let batch: Int

  /// Compiles the network.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - batch: How many samples are run at once, unless the file insists on a number.
  /// - Throws: What importing and compiling throw.
  public init(_ model: Model, batch: Int = 1) throws {
    self.model = model
    self.batch = model.fixedBatch ?? max(1, batch)
    program = NetworkProgram.scores(of: model)
    _ = try program.compiled(for: self.batch)
  }

  /// The raw scores of inputs.
  ///
  /// - Parameter inputs: Each `[channels, positions…]`.
  /// - Returns: One row of scores per input, one for each class; for each position of the first class,
  ///   then of the second and so on, where the output has positions.
  /// - Throws: `ExplanationError` for inputs of the wrong shape, and what running throws.
  public func scores(_ inputs: [Tensor]) throws -> [[Float]] {
    try scores(model.samples(inputs))
  }

  /// The raw scores of samples of a network with several inputs.
  ///
  /// - Parameter samples: Of each every input by name, `[channels, positions…]`.
  /// - Returns: One row of scores per sample.
  /// - Throws: `ExplanationError` for inputs that are missing or of the wrong shape, and what running
  ///   throws.
  public func scores(_ samples: [[String: Tensor]]) throws -> [[Float]] {
    try model.check(samples)
    return try program.run(samples, size: batch) { outputs, scores, sample in
      outputs[scores].part(sample).elements
    }
  }
}

extension NetworkProgram<OutputHandle> {
  /// The raw scores of a network, `[samples, scores]` or with positions.
  static func scores(
    of model: Model, options: ProgramOptions = ProgramOptions(), lane: ExecutionLane = .shared
  ) -> NetworkProgram {
    NetworkProgram(options: options, lane: lane) { samples in
      let network = try model.network(samples: samples)
      let builder = GraphBuilder(network.graph)
      builder.removeOutputs()
      let scores = builder.output(model.output.name, network.scores(in: builder))
      return NetworkGraph(graph: try builder.finish().simplified(), results: scores)
    }
  }
}
