package import GraphIR
import TensorCore

/// The values of a network that explanations start from.
package struct NetworkParts {
  package let input: ValueID

  /// The raw scores, `[samples, classes, positions…]`.
  package let scores: ValueID

  package init(_ graph: Graph, name: String, inputName: String) throws(ExplanationError) {
    guard let input = graph.inputs.first(where: { $0.name == inputName }), input.shape.rank >= 3
    else {
      throw ExplanationError(
        .unsuitableModel,
        "\(name): the input should be [samples, channels, positions…] with one or more axes of positions"
      )
    }
    guard let output = graph.outputs.first else {
      throw ExplanationError(.unsuitableModel, "\(name) has no output")
    }
    self.input = input.value
    scores = output.value
  }
}
