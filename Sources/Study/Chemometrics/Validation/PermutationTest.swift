import TensorCore

/// A test of chance: labels or targets are exchanged at random, and the model is judged again.
///
/// Groups exchange as a whole, so that replicates keep agreeing with each other. The probability is
/// `(1 + how often chance does as well) / (1 + permutations)`. M. Ojala, G. C. Garriga, Journal of
/// Machine Learning Research 11 (2010) 1833–1863.
package struct PermutationTest: Codable, Hashable, Sendable {
  /// How many permutations are made, at least one.
  package var count: Int

  /// Where the random numbers start.
  package var seed: UInt64

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - count: How many permutations are made, at least one.
  ///   - seed: Where the random numbers start.
  package init(count: Int = 100, seed: UInt64 = 0) {
    self.count = count
    self.seed = seed
  }

  /// For every permutation and every sample the sample whose label or target it is given.
  ///
  /// - Parameter layout: The samples; strata are not looked at. A group of another size gives its
  ///   labels in turn.
  /// - Returns: `count` assignments.
  /// - Throws: `ChemometricsError` when fewer than one permutation or only one group is there.
  package func assignments(of layout: SampleLayout) throws(ChemometricsError) -> [[Int]] {
    guard count >= 1, layout.groupCount >= 2 else {
      throw ChemometricsError(
        .invalidSettings,
        "\(count) permutations of \(layout.groupCount) groups cannot be made; at least 1 "
          + "permutation and 2 groups are needed")
    }
    let members = layout.members
    return (0..<count).map { index in
      var generator = SplitMix64(seed: seed, stream: index, of: .divisions)
      let donors = generator.shuffled(Array(members.indices))
      var sources = Array(0..<layout.count)
      for (receiver, donor) in zip(members, donors) {
        for (place, sample) in receiver.enumerated() {
          sources[sample] = members[donor][place % members[donor].count]
        }
      }
      return sources
    }
  }

  /// Compares the figure of merit of the true labels with those of permuted ones.
  ///
  /// - Parameters:
  ///   - observed: The figure with the true labels; larger is better.
  ///   - permuted: The figures with permuted labels.
  /// - Returns: The probability of so large a figure by chance, above 0 and at most 1.
  package static func probability(observed: Double, permuted: [Double]) -> Double {
    Double(1 + permuted.count { $0 >= observed }) / Double(1 + permuted.count)
  }
}
