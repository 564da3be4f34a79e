import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// Turns targets into weights over the scores, inside the graph where they depend on the scores.
struct TargetSeeds {
  /// The scores of a batch, `[samples, scores]`.
  let scores: Value

  /// The label of the graph input that holds the weights of a target.
  static func label(_ index: Int) -> String { "target \(index)" }

  /// The weights of a target, `[samples, scores]`.
  func weights(_ target: Target, index: Int) -> Value {
    switch target {
    case .ranked(let place): ranked(place)
    case .output, .given, .margin, .weights:
      scores.builder.input(Self.label(index), shape: scores.shape)
    }
  }

  /// One for the score in a place of the ranking, zero elsewhere; the first of equals comes first.
  private func ranked(_ place: Int) -> Value {
    let builder = scores.builder
    let count = scores.shape[1]
    let indices = builder.constant(
      Tensor(shape: [1, count], elements: (0..<count).map(Float.init)))
    var remaining = scores
    var winner = builder.constant(0)
    for _ in 0...place {
      let isBest = remaining.isEqual(to: remaining.maximum(over: .axes([1])))
      let behind = builder.constant(Float(count))
      let first = isBest.choosing(indices, else: behind).minimum(over: .axes([1]))
      winner = indices.isEqual(to: first)
      remaining = winner.choosing(builder.constant(-.greatestFiniteMagnitude), else: remaining)
    }
    return winner.broadcast(to: scores.shape)
  }

  /// The scores in the form that is explained.
  func formed(
    _ form: ScoreForm, activation: TrailingActivation
  ) throws(ExplanationError) -> Value {
    guard form == .probability else { return scores }
    switch activation {
    case .logistic: return scores.logistic
    case .softmax, .logSoftmax: return scores.builder.apply(Softmax(axis: 1), [scores])
    case .none:
      guard scores.shape[1] > 1 else {
        throw ExplanationError(
          .unknownTarget, "a network with a single raw output has no probability; explain its logit"
        )
      }
      return scores.builder.apply(Softmax(axis: 1), [scores])
    }
  }
}
