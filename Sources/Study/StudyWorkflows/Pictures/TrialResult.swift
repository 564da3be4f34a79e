import Foundation
import Statistics
import TensorCore

/// What all runs of a trial found.
package struct TrialResult: Sendable {
  /// The arms in their order.
  package let arms: [String]

  /// The names of the classes.
  package let labels: [String]

  /// The class of every picture.
  package let classes: [Int]

  /// Which pictures belong together.
  package let groups: [String]

  /// The runs.
  package let runs: [TrialRunResult]

  /// How well an arm does.
  package struct Accuracy: Codable, Sendable {
    /// The arm; `head` before layers are trained.
    package let arm: String

    /// The share of tests that are right.
    package let share: Double

    /// Its interval at 95 %, over groups of pictures.
    package let interval: [Double]
  }

  /// How two arms differ.
  package struct Difference: Codable, Sendable {
    /// The first arm.
    package let arm: String

    /// The one that it is compared with.
    package let other: String

    /// The mean difference of the shares that are right, first less second.
    package let mean: Double

    /// Its interval at 95 %, over groups of pictures.
    package let interval: [Double]

    /// How probable so large a mean is by chance, by flips of signs of groups.
    package let probability: Double

    /// The same, made larger for the number of comparisons (Holm).
    package let adjusted: Double

    /// The share of tests in which one is right and the other wrong.
    package let discordance: Double

    /// The mean difference of every run.
    package let byRun: [Double]
  }

  /// Of every tested picture how often it is right under an arm, as a share of its tests; nil for those
  /// that were not tested.
  private func shares(_ arm: String) -> [Double?] {
    var right = [Int](repeating: 0, count: classes.count)
    var count = right
    for run in runs {
      for (index, predicted) in zip(run.test, run.predicted[arm] ?? []) {
        count[index] += 1
        if predicted == classes[index] { right[index] += 1 }
      }
    }
    return zip(right, count).map { $1 > 0 ? Double($0) / Double($1) : nil }
  }

  /// A number for the group of every picture.
  private var units: [Int] {
    var places: [String: Int] = [:]
    return groups.map { group in
      let place = places[group] ?? places.count
      places[group] = place
      return place
    }
  }

  private func mean(_ values: [Double?]) -> BootstrappedMean {
    let units = units
    let tested = values.indices.filter { values[$0] != nil }
    var generator = SplitMix64(seed: 1)
    return BootstrappedMean(
      .init(tested.compactMap { values[$0] }, units: tested.map { units[$0] }),
      using: &generator)
  }

  /// How well every arm does, and the head before layers are trained.
  package var accuracies: [Accuracy] {
    (["head"] + arms).map { arm in
      let mean = mean(shares(arm))
      return Accuracy(
        arm: arm, share: mean.mean,
        interval: mean.interval.map { [$0.lower, $0.upper] } ?? [])
    }
  }

  /// How an arm differs from others.
  ///
  /// - Parameters:
  ///   - arm: The arm.
  ///   - others: What it is compared with; adjusted for their number.
  /// - Returns: One entry each.
  package func differences(of arm: String, from others: [String]) -> [Difference] {
    let own = shares(arm)
    let found = others.map { other -> Difference in
      let differences = zip(own, shares(other)).map { one, other in
        one.flatMap { one in other.map { one - $0 } }
      }
      let mean = mean(differences)
      return Difference(
        arm: arm, other: other, mean: mean.mean,
        interval: mean.interval.map { [$0.lower, $0.upper] } ?? [],
        probability: probability(differences), adjusted: 1,
        discordance: discordance(arm, other), byRun: runs.map { byRun($0, arm, other) })
    }
    let adjusted = MultipleComparisons.holm(found.map(\.probability))
    return zip(found, adjusted).map { found, adjusted in
      Difference(
        arm: found.arm, other: found.other, mean: found.mean, interval: found.interval,
        probability: found.probability, adjusted: adjusted, discordance: found.discordance,
        byRun: found.byRun)
    }
  }

  /// By flips of the signs of the sums of groups.
  private func probability(_ differences: [Double?]) -> Double {
    let units = units
    var sums: [Int: Double] = [:]
    for (index, difference) in differences.enumerated() {
      if let difference { sums[units[index], default: 0] += difference }
    }
    guard sums.count > 1 else { return 1 }
    var generator = SplitMix64(seed: 2)
    return SignFlips([sums.sorted { $0.key < $1.key }.map(\.value)], using: &generator)
      .probabilities[0]
  }

  private func discordance(_ arm: String, _ other: String) -> Double {
    var (unequal, all) = (0, 0)
    for run in runs {
      for (place, index) in run.test.enumerated() {
        guard let one = run.predicted[arm], let two = run.predicted[other] else { continue }
        all += 1
        if (one[place] == classes[index]) != (two[place] == classes[index]) { unequal += 1 }
      }
    }
    return all > 0 ? Double(unequal) / Double(all) : 0
  }

  private func byRun(_ run: TrialRunResult, _ arm: String, _ other: String) -> Double {
    func right(_ arm: String) -> Int {
      zip(run.test, run.predicted[arm] ?? []).count { classes[$0] == $1 }
    }
    return Double(right(arm) - right(other)) / Double(max(1, run.test.count))
  }
}
