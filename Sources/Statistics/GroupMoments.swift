/// The size, mean and sample deviation of some groups of one measured value.
package struct GroupMoments: Hashable, Sendable {
  /// One group.
  package struct Group: Hashable, Sendable {
    package let count: Int
    package let mean: Double
    package let deviation: Double

    package init(count: Int, mean: Double, deviation: Double) {
      self.count = count
      self.mean = mean
      self.deviation = deviation
    }
  }

  package let groups: [Group]

  package init(_ groups: [Group]) {
    self.groups = groups
  }

  /// How the mean of a group differs from the mean of all samples of the others, in standard
  /// deviations within groups; nil without other groups or without a spread.
  ///
  /// - Parameter index: The group.
  /// - Returns: The difference, positive where the group's mean is the larger one.
  package func standardizedDifference(of index: Int) -> Double? {
    var (otherSum, otherCount, square, freedom) = (0.0, 0.0, 0.0, 0.0)
    for (place, group) in groups.enumerated() {
      let count = Double(group.count)
      square += (count - 1) * group.deviation * group.deviation
      freedom += count - 1
      if place != index {
        otherSum += count * group.mean
        otherCount += count
      }
    }
    guard freedom > 0, otherCount > 0, square > 0 else { return nil }
    return (groups[index].mean - otherSum / otherCount) / (square / freedom).squareRoot()
  }
}
