import GraphIR
import GraphRewriting
import Operations
import TensorCore

extension Target {
  /// The scores that relevance starts at, and their weights.
  ///
  /// What speaks against the only score of a network has no rival that it speaks for: relevance starts
  /// at the score with its sign changed, and its last layer hands it to what lowers the score. Where
  /// no learned layer makes the score, there is nothing to change.
  ///
  /// - Parameters:
  ///   - scores: The raw scores, `[samples, classes, positions…]`.
  ///   - weights: The weights of the target over them.
  /// - Returns: Scores and weights whose products are the same.
  func relevantScores(_ scores: Value, weights: Value) -> (scores: Value, weights: Value) {
    guard case .negated = unplaced, scores.shape[1] == 1 else { return (scores, weights) }
    let opposite = scores.opposite
    let isOnlyNegated = (opposite.node.operation as? Unary)?.function == .negate
    return isOnlyNegated ? (scores, weights) : (opposite, -weights)
  }
}
