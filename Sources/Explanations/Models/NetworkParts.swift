package import GraphIR
import TensorCore

/// The values of a network that explanations start from.
package struct NetworkParts {
  /// The inputs, `[samples, channels, positions…]` each.
  package let inputs: [ValueID]

  /// The raw scores, `[samples, classes, positions…]`.
  package let scores: ValueID

  /// How many samples the graph is for.
  package let samples: Int

  /// Finds the values.
  ///
  /// - Parameters:
  ///   - graph: A network whose inputs are in canonical layout.
  ///   - name: What it is called in messages.
  ///   - inputs: Its inputs.
  /// - Throws: `ExplanationError` when it does not give one row of scores per sample.
  package init(
    _ graph: Graph, name: String, inputs: [NetworkInput]
  ) throws(ExplanationError) {
    let known = Dictionary(graph.inputs.map { ($0.name, $0.value) }) { first, _ in first }
    self.inputs = inputs.compactMap { known[$0.name] }
    guard self.inputs.count == inputs.count, let first = self.inputs.first else {
      throw ExplanationError(.unsuitableModel, "\(name) lacks inputs (\(inputs.summary))")
    }
    samples = graph[first].shape[0]
    guard let output = graph.outputs.first else {
      throw ExplanationError(.unsuitableModel, "\(name) has no output")
    }
    scores = output.value
  }
}
