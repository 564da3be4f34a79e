/// What stands between the raw scores of a network and its output.
public enum TrailingActivation: String, Hashable, Sendable, Codable {
  /// The output is the raw score, and nothing says that it stands for a probability.
  case none
  /// Scores become probabilities that sum to 1.
  case softmax
  /// Scores become logarithms of such probabilities.
  case logSoftmax
  /// Each score becomes a probability of its own.
  case logistic
  /// The output is a probability, made by something that has no raw scores.
  case probabilities

  /// Whether scores stand for probabilities.
  public var hasProbabilities: Bool { self != .none }
}
