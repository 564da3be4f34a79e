public import Statistics
public import Workflows

/// What an evaluation found, as it is written for machines.
public struct EvaluationResult: Sendable, Encodable {
  /// One figure of a table.
  public struct Figure: Sendable, Encodable {
    /// The method or control.
    public let method: String
    /// Its layer; nil for the input.
    public let layer: String?
    /// Whether it is a control.
    public let isControl: Bool
    /// The metric with its settings.
    public let metric: String
    /// The mean over inputs; nil where none has a number.
    public let mean: Double?
    /// The 95 % interval of the mean.
    public let interval: ConfidenceInterval?
    /// How many inputs have a number.
    public let count: Int
    /// The controls that it is not better than.
    public let unbeaten: [String]
  }

  /// One difference from the reference.
  public struct Difference: Sendable, Encodable {
    /// The method.
    public let method: String
    /// Its layer; nil for the input.
    public let layer: String?
    /// The map that it is compared with.
    public let reference: String
    /// The metric with its settings.
    public let metric: String
    /// The mean difference on the same inputs.
    public let mean: Double
    /// Its 95 % interval.
    public let interval: ConfidenceInterval?
    /// On how many inputs the value is the higher one.
    public let wins: Int
    /// On how many both are equal.
    public let ties: Int
    /// On how many it is the lower one.
    public let losses: Int
    /// Rank-biserial correlation of the differences, −1…1.
    public let rankBiserial: Double
    /// How probable so large a difference is by chance, for all primary comparisons together.
    public let probability: Double?
  }

  /// The network's file.
  public let model: String

  /// What may be believed, in a few sentences.
  public let verdict: [String]

  /// How many inputs were judged.
  public let inputCount: Int

  /// Whether all inputs were judged.
  public let isComplete: Bool

  /// Means of all maps by all metrics.
  public let figures: [Figure]

  /// Differences from the reference.
  public let differences: [Difference]

  /// Inputs that could not be judged.
  public let failures: [InputFailure]

  /// What was written.
  public let files: [String]
}
