import TensorCore

/// Monte-Carlo cross-validation: many independent random splits.
///
/// Each class gives its share to the test part, as near as whole groups allow, at least one group
/// and never its last one. Split number `i` depends on the seed and `i` only, so a longer run
/// begins with the shorter one, and every model that is given the same settings sees the same
/// splits. Q.-S. Xu, Y.-Z. Liang, Chemometrics and Intelligent Laboratory Systems 56 (2001) 1–11.
public struct MonteCarloSplits: Codable, Hashable, Sendable {
  /// How many splits are made, at least one.
  public var count: Int

  /// The share of samples that is tested, between 0 and 1.
  public var testFraction: Double

  /// Where the random numbers start.
  public var seed: UInt64

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - count: How many splits are made, at least one.
  ///   - testFraction: The share of samples that is tested, between 0 and 1.
  ///   - seed: Where the random numbers start.
  public init(count: Int = 100, testFraction: Double = 0.3, seed: UInt64 = 0) {
    self.count = count
    self.testFraction = testFraction
    self.seed = seed
  }

  /// Makes the splits.
  ///
  /// - Parameter layout: The samples.
  /// - Returns: `count` splits.
  /// - Throws: `ChemometricsError` when the settings cannot be applied or a class has one group only.
  public func splits(of layout: SampleLayout) throws(ChemometricsError) -> [ValidationSplit] {
    guard count >= 1, testFraction > 0, testFraction < 1 else {
      throw ChemometricsError(
        .invalidSettings,
        "\(count) splits with a test share of \(testFraction) cannot be made; "
          + "ask for at least 1 and a share between 0 and 1")
    }
    let members = layout.members
    let strata = layout.groupsByStratum(members)
    for (stratum, groups) in strata where groups.count < 2 {
      let whose = stratum.map { "class \($0) has" } ?? "there is"
      throw ChemometricsError(
        .tooFewSamples,
        "\(whose) one group of samples only, which cannot be both trained on and tested; "
          + "add samples or leave the class out")
    }
    return (0..<count).map { index in
      var generator = SplitMix64(seed: seed, stream: index, of: .divisions)
      var test: [Int] = []
      for (_, groups) in strata {
        test += selectTest(generator.shuffled(groups), members)
      }
      return ValidationSplit(testing: test, of: layout.count)
    }
  }

  /// Takes groups until one more would lead further from the share that is asked.
  private func selectTest(_ groups: [Int], _ members: [[Int]]) -> [Int] {
    let total = groups.reduce(0) { $0 + members[$1].count }
    let goal = testFraction * Double(total)
    var test = members[groups[0]]
    for group in groups.dropFirst().dropLast() {
      let (now, then) = (Double(test.count), Double(test.count + members[group].count))
      if abs(then - goal) > abs(now - goal) { break }
      test += members[group]
    }
    return test
  }
}
