import Explanations
import Foundation

/// The number that stands for what a network says of an input, which metrics follow.
public enum FollowedScore: String, Hashable, Codable, Sendable, CaseIterable {
  /// The probability of the explained class.
  case probability
  /// The logarithm of its odds, which does not saturate.
  case logOdds = "log-odds"
  /// The explained value as the network gives it: a score, a margin or a quantity.
  case raw

  /// What differences of it are measured in: probabilities are shown as percentages.
  public var isProbability: Bool { self == .probability }
}

/// What of a network's scores is followed for one input.
struct ScoreReading {
  let scale: FollowedScore
  let model: Model
  /// The weights of the target, fixed on the whole input.
  let weights: [Float]

  /// The number for raw scores.
  func value(_ scores: [Float]) -> Double {
    switch scale {
    case .raw: return weighted(scores)
    case .probability: return weighted(model.probabilities(scores) ?? scores)
    case .logOdds:
      let probability = weighted(model.probabilities(scores) ?? scores)
      let bounded = min(max(probability, 1e-12), 1 - 1e-12)
      return log(bounded / (1 - bounded))
    }
  }

  private func weighted(_ scores: [Float]) -> Double {
    zip(weights, scores).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
