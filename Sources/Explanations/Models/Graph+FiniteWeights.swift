import GraphIR
import Operations
import TensorCore

extension Graph {
  /// Throws when what a network has learned is not finite.
  ///
  /// A constant that is no number is refused wherever an output depends on it; an infinite one only
  /// where it becomes a weight, as masks of attention hold infinities rightly.
  ///
  /// - Parameter model: What the network is called.
  /// - Throws: `ExplanationError` naming the constant.
  func requireFiniteWeights(of model: String) throws(ExplanationError) {
    let isWeight = ancestors(of: weights)
    for (index, isLive) in live.enumerated() where isLive {
      guard let constant = nodes[index].operation as? Constant else { continue }
      let elements = constant.tensor.elements
      guard
        let place = elements.firstIndex(where: { $0.isNaN || isWeight[index] && !$0.isFinite })
      else { continue }
      throw ExplanationError(
        .unsuitableModel,
        "\(model): \(nodes[index].name ?? "constant \(index)") of shape \(constant.tensor.shape) is "
          + "\(elements[place]) at element \(place); the file is damaged, or the training diverged")
    }
  }

  /// What operations take as weights, where they are constants.
  private var weights: [ValueID] {
    nodes.filter { !$0.isConstant }.flatMap { node in
      let parameters = node.core?.parameterInputs ?? []
      return parameters.filter { $0 < node.inputs.count }.map { node.inputs[$0] }
        .filter { self[$0].isConstant }
    }
  }
}
