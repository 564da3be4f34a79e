import Foundation
import GraphRewriting
import TensorCore

extension Model {
  /// The probabilities that raw scores stand for.
  ///
  /// - Parameter scores: The raw scores of one sample.
  /// - Returns: Logistic functions of them where the network ends in one, else their softmax; a
  ///   single raw score is returned as it is.
  public func probabilities(_ scores: [Float]) -> [Float] {
    if activation == .logistic { return scores.map { 1 / (1 + exp(-$0)) } }
    return scores.count > 1 ? scores.softmax : scores
  }
}
