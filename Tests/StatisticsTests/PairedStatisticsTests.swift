import TensorCore
import Testing

@testable import Statistics

/// Golden values by an independent computation in NumPy, and by enumeration.
struct PairedStatisticsTests {
  static let differences: [Double] = [4, -1, 6, 2, 0, 3, -2, 5]
  static let others: [Double] = [1, 0, 2, 1, -1, 1, 0, 2]

  private var generator: SplitMix64 { SplitMix64(seed: 4) }

  @Test func `all sign flips of eight differences`() {
    var generator = generator
    let flips = SignFlips([Self.differences, Self.others], using: &generator)
    #expect(flips.isExact && flips.flipCount == 256)
    #expect(abs(flips.probabilities[0] - 0.109375) < 1e-12)
    #expect(abs(flips.adjusted[0] - 0.109375) < 1e-12)
    #expect(abs(flips.adjusted[1] - 0.179688) < 1e-6)
  }

  @Test func `random flips come close to all flips`() {
    var generator = generator
    let padded = Self.differences + [0, 0, 0, 0, 0]
    let flips = SignFlips([padded, padded.map { 3 * $0 }], flipCount: 40_000, using: &generator)
    #expect(!flips.isExact)
    // Units that do not differ change nothing; a column in other units is no further comparison.
    #expect(abs(flips.probabilities[0] - 0.109375) < 0.006)
    #expect(flips.probabilities[0] == flips.adjusted[1])
  }

  @Test func `differences that are all alike or zero`() {
    var generator = generator
    let flips = SignFlips([[2, 2, 2, 2], [0, 0, 0, 0]], using: &generator)
    #expect(flips.probabilities == [0.125, 1])
  }

  @Test func `ranks of signed differences`() {
    let ranks = SignedRanks(Self.differences)
    #expect(ranks.positiveSum == 24.5 && ranks.negativeSum == 3.5)
    #expect(ranks.rankBiserial == 0.75 && ranks.winShare == 0.6875)
    #expect((ranks.winCount, ranks.tieCount, ranks.lossCount) == (5, 1, 2))
    #expect(SignedRanks([0, 0]).rankBiserial == 0)
  }

  @Test func `equal values share their ranks`() {
    #expect(Ranks.of([3, 1, 3, 2, 3]) == [4, 1, 4, 2, 4])
    #expect(Ranks.of([7]) == [1] && Ranks.of([]) == [])
    #expect(Ranks.tieTerm([3, 1, 3, 2, 3, 1]) == 24 + 6)
  }

  @Test func `correlations of ranks and of pairs`() throws {
    let first: [Double] = [1, 2, 3, 4, 5]
    let spearman = try #require(Correlation.ofRanks(first, [1, 4, 9, 16, 10]))
    #expect(abs(spearman - 0.9) < 1e-12)
    let kendall = try #require(Correlation.ofPairs(first, [1, 4, 9, 16, 10]))
    #expect(abs(kendall - 0.8) < 1e-12)
    // Two pairs are tied in one of both: 7 − 1 over √(9 · 9).
    let tied = try #require(Correlation.ofPairs([1, 1, 2, 3, 4], [1, 2, 3, 3, 2.5]))
    #expect(abs(tied - 4.0 / 9) < 1e-12)
    #expect(Correlation.ofPairs(first, [2, 2, 2, 2, 2]) == nil)
  }

  @Test func `probabilities of several tests`() {
    let probabilities = [0.001, 0.012, 0.02, 0.04, 0.3]
    func isNear(_ first: [Double], _ second: [Double]) -> Bool {
      zip(first, second).allSatisfy { abs($0 - $1) < 1e-6 }
    }
    #expect(isNear(MultipleComparisons.holm(probabilities), [0.005, 0.048, 0.06, 0.08, 0.3]))
    #expect(
      isNear(
        MultipleComparisons.benjaminiHochberg(probabilities), [0.005, 0.03, 0.033333, 0.05, 0.3]))
    let shuffled = [0.3, 0.001, 0.04, 0.012, 0.02]
    #expect(isNear(MultipleComparisons.holm(shuffled), [0.3, 0.005, 0.08, 0.048, 0.06]))
  }

  @Test func `samples that only one of two gets right`() {
    #expect(abs(DiscordantPairs.probability(9, 3) - 0.145996) < 1e-6)
    #expect(DiscordantPairs.probability(3, 9) == DiscordantPairs.probability(9, 3))
    #expect(DiscordantPairs.probability(0, 0) == 1)
    #expect(abs(DiscordantPairs.probability(0, 6) - 2.0 / 64) < 1e-12)
  }

  @Test func `units that agree and units that do not`() throws {
    let agreeing = Reliability([[1, 2, 3], [11, 12, 13], [5, 6, 7]])
    #expect(try #require(agreeing.intraclassCorrelation) > 1 - 1e-12)
    #expect(agreeing.concordance == 1)
    // Shrout and Fleiss' example: six judged by four; their table 4 has 0.71.
    let ratings: [[Double]] = [
      [9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7],
    ]
    let judged = Reliability(ratings)
    #expect(abs(try #require(judged.intraclassCorrelation) - 0.7148) < 1e-4)
    let opposed = Reliability([[1, 2, 3], [3, 2, 1]])
    #expect(opposed.concordance == 0)
    #expect(Reliability([[1, 1], [2, 2]]).concordance == nil)
  }
}
