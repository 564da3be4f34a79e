package import GraphIR
package import GraphRewriting
import TensorCore

/// The values of a network that explanations start from.
package struct NetworkParts {
  package let input: ValueID
  package let scores: ValueID
  package let activation: TrailingActivation
  package let scoreCount: Int

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
    let head = graph.scores(behind: output.value)
    let shape = graph[head.scores].shape
    guard shape.rank >= 1, shape[0] == input.shape[0], shape.elementCount > 0 else {
      throw ExplanationError(
        .unsuitableModel,
        "\(name): output \(output.name) of shape \(shape) is not one row of scores per sample")
    }
    self.input = input.value
    scores = head.scores
    activation = head.activation
    scoreCount = shape.elementCount / shape[0]
  }
}
