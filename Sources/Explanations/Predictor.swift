import GraphExecution
import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import Synchronization
public import TensorCore

/// Runs a network forward only.
public final class Predictor: Sendable {
  /// The network.
  public let model: Model

  private let program: Program
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
    let network = try model.imported(batch: self.batch).graph.canonicalized()
    let parts = try Parts(network, name: model.file.name, inputName: model.inputName)
    let builder = GraphBuilder(network)
    builder.removeOutputs()
    builder.output(
      "scores", builder.value(parts.scores).reshaped(to: [self.batch, parts.scoreCount]))
    program = try Program(builder.finish().simplified())
  }

  /// The raw scores of inputs.
  ///
  /// - Parameter inputs: Each `[channels, positions…]`.
  /// - Returns: One row of scores per input.
  /// - Throws: `ExplanationError` for inputs of the wrong shape, and what running throws.
  public func scores(_ inputs: [Tensor]) throws -> [[Float]] {
    var rows: [[Float]] = []
    while rows.count < inputs.count {
      let part = inputs[rows.count..<min(rows.count + batch, inputs.count)]
      for (index, input) in part.enumerated() where input.shape != model.inputShape {
        throw ExplanationError(
          .unsuitableInput,
          "input \(rows.count + index + 1) has shape \(input.shape); the network takes \(model.inputShape)"
        )
      }
      let filled = Array(part) + Array(repeating: inputs[0], count: batch - part.count)
      let outputs = try program.run([model.inputName: Tensor.stack(filled)])
      guard let scores = outputs["scores"] else { break }
      rows += part.indices.indices.map { scores.part($0 - part.startIndex).elements }
    }
    return rows
  }
}
