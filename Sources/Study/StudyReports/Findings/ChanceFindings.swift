import Reports
import StudyEngine

/// What a permutation test says, in words.
struct ChanceFindings {
  let facts: StudyFacts

  /// One statement where the test was made.
  var statements: [ReportStatement] {
    guard let chance = facts.result.chance else { return [] }
    let count = chance.network.count
    let (network, partialLeastSquares) = (
      chance.networkProbability, chance.partialLeastSquaresProbability
    )
    let answer =
      max(network, partialLeastSquares) < 0.05
      ? "Hardly. "
      : min(network, partialLeastSquares) >= 0.05 ? "That is not excluded. " : "In part. "
    let text =
      answer
      + "\(Words.count(count, "time")) the \(facts.labels == nil ? "values" : "labels") were "
      + "exchanged at random between samples and both models fitted again to one division. The "
      + "network then did at least as well as with the true ones with "
      + "\(Words.probability(network)), \(facts.partialLeastSquares) with \(Words.probability(partialLeastSquares)). "
      + "The smallest that \(Words.count(count, "permutation")) can show is "
      + "\(Words.decimals(1 / Double(count + 1), 3))."
    return [ReportStatement("Could it be chance?", text)]
  }
}
