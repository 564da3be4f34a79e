import Foundation
import GraphRewriting
import TensorCore

extension Model {
  /// Throws unless raw scores stand for probabilities.
  func requireProbabilities() throws(ExplanationError) {
    guard !hasProbabilities else { return }
    throw ExplanationError(
      .invalidSetting,
      "output \(output) gives raw numbers, and nothing says that they stand for probabilities; if "
        + "a softmax belongs behind them, say so with --outputs logits")
  }

  /// Whether raw scores stand for probabilities: the network says so, or a user does.
  public var hasProbabilities: Bool { activation.hasProbabilities }

  /// The probabilities that raw scores stand for.
  ///
  /// - Parameter scores: The raw scores of one sample, one per class; at one position where the output
  ///   has several.
  /// - Returns: Logistic functions of them or their softmax, whichever the network ends in; nil where
  ///   nothing says that they stand for probabilities.
  public func probabilities(_ scores: [Float]) -> [Float]? {
    switch activation {
    case .none: nil
    case .probabilities: scores
    case .logistic: scores.map { 1 / (1 + exp(-$0)) }
    case .softmax, .logSoftmax: scores.softmax
    }
  }
}
