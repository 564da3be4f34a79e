import GraphRewriting

/// One score of a network in the ranking of a sample.
public struct RankedScore: Codable, Hashable, Sendable {
  /// The index of the output.
  public let index: Int

  /// Its label, or its index as text.
  public let label: String

  /// The raw score.
  public let score: Float

  /// The probability that it stands for; nil where the network has none.
  public let probability: Float?
}

extension Model {
  /// Whether raw scores stand for probabilities: there are several, or a logistic function follows.
  public var hasProbabilities: Bool { scoreCount > 1 || activation == .logistic }

  /// The highest scores of a sample.
  ///
  /// - Parameters:
  ///   - scores: The raw scores of a sample.
  ///   - count: How many are wanted.
  /// - Returns: At most so many, the highest first.
  public func ranking(_ scores: [Float], count: Int) -> [RankedScore] {
    let probabilities = hasProbabilities ? probabilities(scores) : nil
    return Target.ranking(scores).prefix(count).map { index in
      RankedScore(
        index: index, label: label(index), score: scores[index],
        probability: probabilities?[index])
    }
  }
}
