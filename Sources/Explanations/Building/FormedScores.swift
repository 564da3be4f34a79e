import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// What raw scores become before a target weighs them.
enum FormedScores: Hashable, Sendable {
  /// The raw scores.
  case raw
  /// The probabilities that they stand for; a softmax where nothing is known, as methods that show
  /// masked inputs are published.
  case probabilities
  /// The scores of each sample divided by their length.
  case direction

  /// The scores as a target sees them.
  ///
  /// - Parameters:
  ///   - form: What a user asks for.
  ///   - target: What is explained.
  init(_ form: ScoreForm, _ target: Target) {
    if case .similarity = target.unplaced {
      self = .direction
    } else {
      self = form == .probability ? .probabilities : .raw
    }
  }

  /// The formed scores of `[samples, classes, positions…]`.
  func of(_ scores: Value, _ activation: TrailingActivation) -> Value {
    switch self {
    case .raw: return scores
    case .direction:
      let square = (scores * scores).sum(over: .axes(Array(1..<scores.shape.rank)))
      let one = scores.builder.constant(1)
      return scores / square.isGreater(than: 0).choosing(square, else: one).squareRoot
    case .probabilities:
      switch activation {
      case .logistic: return scores.logistic
      case .probabilities: return scores
      case .softmax, .logSoftmax: return scores.builder.apply(Softmax(axis: 1), [scores])
      case .none:
        return scores.shape[1] > 1 ? scores.builder.apply(Softmax(axis: 1), [scores]) : scores
      }
    }
  }
}
