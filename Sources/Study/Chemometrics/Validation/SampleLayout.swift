/// What splits must respect: which samples are of one class, and which belong together.
public struct SampleLayout: Hashable, Sendable {
  /// How many samples there are.
  public let count: Int

  /// For every sample a number of its class, whose share is kept in every part, or nil.
  public let strata: [Int]?

  /// For every sample a number of its group, which is never divided.
  ///
  /// A group is, for example, an object that was measured repeatedly. Every sample is its own group
  /// when no groups were given.
  public let groups: [Int]

  /// Describes samples.
  ///
  /// - Parameters:
  ///   - count: How many samples there are, at least two.
  ///   - strata: For every sample a number of its class; nil when shares need not be kept.
  ///   - groups: For every sample the name of its group; nil when samples are independent.
  /// - Throws: `ChemometricsError` when counts differ.
  public init(
    count: Int, strata: [Int]? = nil, groups: [String]? = nil
  ) throws(ChemometricsError) {
    guard count >= 2 else {
      throw ChemometricsError(
        .tooFewSamples, "\(count) samples cannot be divided; at least 2 are needed")
    }
    for (name, found) in [("classes", strata?.count), ("groups", groups?.count)] {
      guard let found, found != count else { continue }
      throw ChemometricsError(
        .lengthMismatch, "\(found) \(name) were given for \(count) samples; give one for each")
    }
    self.count = count
    self.strata = strata
    self.groups = groups.map(Self.numbered) ?? Array(0..<count)
  }

  private init(strata: [Int]?, groups: [Int]) {
    count = groups.count
    self.strata = strata
    self.groups = groups
  }

  /// Describes some of the samples.
  ///
  /// - Parameter samples: Indices of samples, each at most once.
  /// - Returns: Their layout, in that order.
  public func selecting(_ samples: [Int]) -> SampleLayout {
    SampleLayout(
      strata: strata.map { strata in samples.map { strata[$0] } },
      groups: Self.numbered(samples.map { groups[$0] }))
  }

  /// Strata for a number per sample: bins that hold about equally many samples each.
  ///
  /// - Parameters:
  ///   - values: One number per sample, such as a concentration.
  ///   - binCount: How many bins, at least one.
  /// - Returns: For every sample the bin, 0 for the lowest values; equal values may fall in
  ///   neighboring bins.
  public static func strata(of values: [Double], binCount: Int) -> [Int] {
    precondition(binCount > 0, "at least one bin is needed")
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var strata = [Int](repeating: 0, count: values.count)
    for (rank, sample) in order.enumerated() { strata[sample] = rank * binCount / values.count }
    return strata
  }

  /// How many groups there are.
  public var groupCount: Int { (groups.max() ?? -1) + 1 }

  /// The samples of every group.
  var members: [[Int]] {
    var members = [[Int]](repeating: [], count: groupCount)
    for (sample, group) in groups.enumerated() { members[group].append(sample) }
    return members
  }

  /// The groups by stratum: the one most of a group's samples are of, the lowest if several are.
  ///
  /// Without strata all groups are together.
  func groupsByStratum(_ members: [[Int]]) -> [(stratum: Int?, groups: [Int])] {
    guard let strata else { return [(nil, Array(members.indices))] }
    var groups: [Int: [Int]] = [:]
    for (group, samples) in members.enumerated() {
      var counts: [Int: Int] = [:]
      for sample in samples { counts[strata[sample], default: 0] += 1 }
      let stratum = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
      groups[stratum, default: []].append(group)
    }
    return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Numbers in order of first appearance.
  private static func numbered<Name: Hashable>(_ names: [Name]) -> [Int] {
    var numbers: [Name: Int] = [:]
    return names.map { name in
      let number = numbers[name] ?? numbers.count
      numbers[name] = number
      return number
    }
  }
}
