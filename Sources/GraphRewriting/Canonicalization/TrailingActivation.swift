public import GraphIR
import Operations
import TensorCore

/// What stands between the raw scores of a network and its output.
public enum TrailingActivation: Hashable, Sendable {
  /// The output is the raw score.
  case none
  /// Scores become probabilities that sum to 1.
  case softmax
  /// Scores become logarithms of such probabilities.
  case logSoftmax
  /// Each score becomes a probability of its own.
  case logistic
}

extension Graph {
  /// Finds the raw scores behind an output.
  ///
  /// - Parameter output: The value that the network returns.
  /// - Returns: The value before a final softmax, log-softmax or logistic function, and which it was;
  ///   reshapes after it are looked through when they only drop axes of extent 1.
  public func scores(
    behind output: ValueID
  ) -> (scores: ValueID, activation: TrailingActivation) {
    var value = output
    while let node = Optional(self[value]), node.operation is Reshape,
      node.shape.extents.filter({ $0 != 1 })
        == self[node.inputs[0]].shape.extents.filter({ $0 != 1 })
    {
      value = node.inputs[0]
    }
    let node = self[value]
    switch node.operation {
    case is Softmax: return (node.inputs[0], .softmax)
    case is LogSoftmax: return (node.inputs[0], .logSoftmax)
    case let unary as Unary where unary.function == .logistic: return (node.inputs[0], .logistic)
    default: return (output, .none)
    }
  }
}
