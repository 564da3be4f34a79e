/// One score of a network in the ranking of a sample.
public struct RankedScore: Codable, Hashable, Sendable {
  /// The index of the output.
  public let index: Int

  /// Its label, or its index as text.
  public let label: String

  /// The raw score; where there are several positions, that at the best.
  public let score: Float

  /// The probability that it stands for; nil where the network has none.
  public let probability: Float?

  /// Where the class is best, by the index along each axis of positions; nil where there are
  /// none.
  public var position: [Int]?

  /// The share of the positions where the class has a higher score than any other, 0…1.
  public var share: Float?
}

extension Model {
  /// The highest scores of a sample.
  ///
  /// - Parameters:
  ///   - scores: The raw scores of a sample, for each class all of its positions.
  ///   - count: How many are wanted.
  /// - Returns: At most so many, the highest first; where there are positions, each class
  ///   where it is best.
  public func ranking(_ scores: [Float], count: Int) -> [RankedScore] {
    guard output.positions.isEmpty else {
      return PositionedScores(scores, self).ranking(count: count)
    }
    return ranking(scores, probabilities(scores), count: count)
  }

  /// The highest scores of an explanation, at the positions that are explained.
  ///
  /// - Parameters:
  ///   - explanation: The explanation.
  ///   - count: How many are wanted.
  /// - Returns: At most so many, the highest first.
  public func ranking(_ explanation: Explanation, count: Int) -> [RankedScore] {
    ranking(explanation.scores, explanation.probabilities, count: count)
  }

  private func ranking(_ row: [Float], _ probabilities: [Float]?, count: Int) -> [RankedScore] {
    Target.ranking(row).prefix(count).map { index in
      RankedScore(
        index: index, label: label(index), score: row[index], probability: probabilities?[index])
    }
  }
}
