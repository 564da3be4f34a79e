import TensorCore

/// Cross-validation in folds: every sample is tested once, or as often as folds are dealt.
///
/// Groups are dealt to the folds in random order, larger ones first, each to the fold that has
/// fewest samples of its class, then fewest samples. A class with fewer groups than folds is absent
/// from some test parts, and a class of one group from one training part.
public struct KFoldSplits: Codable, Hashable, Sendable {
  /// How many folds are made, at least two.
  public var foldCount: Int

  /// How often the folds are dealt, at least once.
  public var repeatCount: Int

  /// Where the random numbers start.
  public var seed: UInt64

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - foldCount: How many folds are made, at least two.
  ///   - repeatCount: How often the folds are dealt, at least once.
  ///   - seed: Where the random numbers start.
  public init(foldCount: Int = 5, repeatCount: Int = 1, seed: UInt64 = 0) {
    self.foldCount = foldCount
    self.repeatCount = repeatCount
    self.seed = seed
  }

  /// Makes the splits.
  ///
  /// - Parameter layout: The samples.
  /// - Returns: One split per fold, which is its test part; the folds of one deal after the other.
  /// - Throws: `ChemometricsError` when there are fewer than two folds or fewer groups than folds.
  public func splits(of layout: SampleLayout) throws(ChemometricsError) -> [ValidationSplit] {
    guard foldCount >= 2, repeatCount >= 1 else {
      throw ChemometricsError(
        .invalidSettings,
        "\(foldCount) folds cannot be made \(repeatCount) times; ask for at least 2, once")
    }
    guard foldCount <= layout.groupCount else {
      throw ChemometricsError(
        .tooFewSamples,
        "\(layout.groupCount) groups of samples cannot be dealt to \(foldCount) folds; "
          + "ask for at most \(layout.groupCount) folds")
    }
    return (0..<repeatCount).flatMap { index in
      deal(
        layout,
        index == 0
          ? SplitMix64(seed: seed) : SplitMix64(seed: seed, stream: index, of: .divisions))
    }
  }

  /// Deals the folds once.
  private func deal(_ layout: SampleLayout, _ generator: SplitMix64) -> [ValidationSplit] {
    let members = layout.members
    var generator = generator
    var folds = [[Int]](repeating: [], count: foldCount)
    for (_, groups) in layout.groupsByStratum(members) {
      let shuffled = generator.shuffled(groups)
      let order = shuffled.indices.sorted {
        (-members[shuffled[$0]].count, $0) < (-members[shuffled[$1]].count, $1)
      }
      var counts = [Int](repeating: 0, count: foldCount)
      let preference = generator.shuffled(Array(0..<foldCount))
      for group in order.map({ shuffled[$0] }) {
        let fold =
          preference.min { (counts[$0], folds[$0].count) < (counts[$1], folds[$1].count) } ?? 0
        counts[fold] += members[group].count
        folds[fold] += members[group]
      }
    }
    return fill(folds, members).map { ValidationSplit(testing: $0, of: layout.count) }
  }

  /// Gives every fold that got nothing a group of the largest fold that has two.
  private func fill(_ folds: [[Int]], _ members: [[Int]]) -> [[Int]] {
    var folds = folds
    var groupOf: [Int: Int] = [:]
    for (group, samples) in members.enumerated() {
      for sample in samples { groupOf[sample] = group }
    }
    while let empty = folds.firstIndex(where: \.isEmpty) {
      let groupCounts = folds.map { Set($0.compactMap { groupOf[$0] }).count }
      let candidates = folds.indices.filter { groupCounts[$0] > 1 }
      guard let donor = candidates.max(by: { folds[$0].count < folds[$1].count }),
        let last = folds[donor].last, let group = groupOf[last]
      else { return folds }
      folds[empty] = members[group]
      folds[donor].removeAll { groupOf[$0] == group }
    }
    return folds
  }
}
