import SpectralData
import TensorCore
import Testing

@testable import Chemometrics

struct ValidationSplitTests {
  /// A random layout: classes, and groups of 1…4 samples that are mostly of one class.
  private static func randomLayout(_ seed: UInt64) throws -> SampleLayout {
    var generator = SplitMix64(seed: seed)
    var (strata, groups): ([Int], [String]) = ([], [])
    for group in 0..<(12 + generator.next(below: 20)) {
      let stratum = group % 3
      for _ in 0...generator.next(below: 4) {
        strata.append(generator.next(below: 20) == 0 ? (stratum + 1) % 3 : stratum)
        groups.append("group \(group)")
      }
    }
    let order = generator.shuffled(Array(strata.indices))
    return try SampleLayout(
      count: order.count, strata: order.map { strata[$0] }, groups: order.map { groups[$0] })
  }

  private static func allSplits(
    of layout: SampleLayout, seed: UInt64
  ) throws -> [(name: String, splits: [ValidationSplit])] {
    [
      ("Monte Carlo", try MonteCarloSplits(count: 10, seed: seed).splits(of: layout)),
      ("folds", try KFoldSplits(foldCount: 5, seed: seed).splits(of: layout)),
      ("one group out", try LeaveOneGroupOut().splits(of: layout)),
    ]
  }

  @Test(arguments: 0..<40)
  func `no group is ever on both sides, and both sides make up all samples`(seed: UInt64) throws {
    let layout = try Self.randomLayout(seed)
    for (name, splits) in try Self.allSplits(of: layout, seed: seed) {
      for split in splits {
        let training = Set(split.training.map { layout.groups[$0] })
        let test = Set(split.test.map { layout.groups[$0] })
        #expect(training.isDisjoint(with: test), "\(name)")
        #expect((split.training + split.test).sorted() == Array(0..<layout.count), "\(name)")
        #expect(!split.training.isEmpty && !split.test.isEmpty, "\(name)")
      }
    }
  }

  @Test(arguments: 0..<40)
  func `folds test every sample once`(seed: UInt64) throws {
    let layout = try Self.randomLayout(seed)
    for foldCount in [2, 5, layout.groupCount] {
      let splits = try KFoldSplits(foldCount: foldCount, seed: seed).splits(of: layout)
      #expect(splits.count == foldCount)
      #expect(splits.flatMap(\.test).sorted() == Array(0..<layout.count))
    }
    let splits = try LeaveOneGroupOut().splits(of: layout)
    #expect(splits.count == layout.groupCount)
    #expect(splits.flatMap(\.test).sorted() == Array(0..<layout.count))
  }

  @Test func `classes keep their share in every part`() throws {
    let strata = Array(repeating: 0, count: 60) + Array(repeating: 1, count: 20) + [2, 2]
    let layout = try SampleLayout(count: 82, strata: strata)
    for split in try MonteCarloSplits(count: 20, testFraction: 0.3, seed: 1).splits(of: layout) {
      let counts = (0..<3).map { stratum in split.test.count { strata[$0] == stratum } }
      #expect(counts == [18, 6, 1])
    }
    for split in try KFoldSplits(foldCount: 4, seed: 1).splits(of: layout) {
      let counts = (0..<2).map { stratum in split.test.count { strata[$0] == stratum } }
      #expect(counts == [15, 5])
      #expect(split.test.count <= 21)
    }
  }

  @Test func `pairs of replicates are tested together, as many as the share asks`() throws {
    let layout = try SampleLayout(
      count: 120, strata: (0..<120).map { $0 / 40 }, groups: (0..<120).map { "\($0 / 2)" })
    for split in try MonteCarloSplits(count: 5, testFraction: 0.3).splits(of: layout) {
      #expect(split.test.count == 36)
      let pairs = split.test.map { $0 / 2 }
      #expect(Set(pairs).count == 18)
    }
  }

  @Test func `a seed gives the same splits, and a longer run begins with a shorter one`() throws {
    let layout = try Self.randomLayout(7)
    let short = try MonteCarloSplits(count: 5, seed: 3).splits(of: layout)
    let long = try MonteCarloSplits(count: 50, seed: 3).splits(of: layout)
    #expect(Array(long.prefix(5)) == short)
    #expect(Set(long).count > 40)
    #expect(try MonteCarloSplits(count: 5, seed: 4).splits(of: layout) != short)
    let folds = KFoldSplits(foldCount: 4, seed: 9)
    #expect(try folds.splits(of: layout) == folds.splits(of: layout))
  }

  @Test func `folds are dealt anew as often as asked, the first time as if once`() throws {
    let layout = try SampleLayout(count: 23, strata: (0..<23).map { $0 % 2 })
    let once = try KFoldSplits(foldCount: 4, seed: 9).splits(of: layout)
    let often = try KFoldSplits(foldCount: 4, repeatCount: 3, seed: 9).splits(of: layout)
    #expect(often.count == 12 && Array(often.prefix(4)) == once)
    let deals = [often[0..<4], often[4..<8], often[8..<12]]
    for deal in deals { #expect(deal.flatMap(\.test).sorted() == Array(0..<23)) }
    #expect(Set(deals.map { Set($0.map(\.test)) }).count == 3)
    #expect(errorCode { try KFoldSplits(repeatCount: 0).splits(of: layout) } == .invalidSettings)
  }

  @Test func `splits of a known seed stay what they are`() throws {
    let layout = try SampleLayout(count: 8, strata: [0, 0, 0, 0, 1, 1, 1, 1])
    let splits = try MonteCarloSplits(count: 3, testFraction: 0.25, seed: 1).splits(of: layout)
    #expect(splits.map(\.test) == [[0, 7], [0, 4], [1, 7]])
  }

  @Test func `what cannot be divided is refused`() throws {
    let lonely = try SampleLayout(count: 4, strata: [0, 0, 0, 1])
    #expect(errorCode { try MonteCarloSplits().splits(of: lonely) } == .tooFewSamples)
    let layout = try SampleLayout(count: 4, groups: ["a", "a", "b", "b"])
    #expect(errorCode { try KFoldSplits(foldCount: 3).splits(of: layout) } == .tooFewSamples)
    #expect(errorCode { try KFoldSplits(foldCount: 1).splits(of: layout) } == .invalidSettings)
    #expect(
      errorCode { try MonteCarloSplits(testFraction: 1).splits(of: layout) } == .invalidSettings)
    let one = try SampleLayout(count: 2, groups: ["a", "a"])
    #expect(errorCode { try LeaveOneGroupOut().splits(of: one) } == .tooFewSamples)
    #expect(errorCode { try SampleLayout(count: 3, strata: [0]) } == .lengthMismatch)
    #expect(errorCode { try SampleLayout(count: 1) } == .tooFewSamples)
  }

  @Test func `bins of a quantity hold equally many samples`() {
    #expect(
      SampleLayout.strata(of: [5, 1, 9, 3, 7, 2, 8, 4], binCount: 4) == [2, 0, 3, 1, 2, 0, 3, 1])
  }
}
