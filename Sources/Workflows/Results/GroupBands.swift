import Explanations
import SpectralData
import Statistics

/// Finds the bands of groups of explained spectra.
struct GroupBands {
  private let material: SummaryMaterial
  private let item: Int
  private let finder: BandFinder
  private let groups: [MapGroups.Group]
  private let weights: [GroupWeights]

  /// The class that every group is about; nil where that is none.
  private let classes: [Int?]

  /// The group of every spectrum, and its place there.
  private let places: [(group: Int, member: Int)]

  /// Into how many parts the spectra of a group are divided to see how its peaks spread.
  private static let partCount = 10

  /// What is found in one reading of all maps.
  private struct Reading {
    /// The maps of the parts of every group, up to a factor.
    var parts: [[[Double]]]

    /// How many spectra have each band of every group.
    var counts: [[Int]]
  }

  /// Prepares for groups.
  ///
  /// - Parameters:
  ///   - material: The spectra.
  ///   - groups: Their groups, with their mean maps.
  ///   - item: Which explanation of each spectrum.
  ///   - finder: Finds bands.
  ///   - model: The network.
  init(
    _ material: SummaryMaterial, _ groups: [MapGroups.Group], item: Int, _ finder: BandFinder,
    _ model: Model
  ) {
    (self.material, self.groups, self.item, self.finder) = (material, groups, item, finder)
    let records = material.records
    let isQuantity = model.output.role == .values && model.scoreCount == 1
    weights = groups.map { group in
      GroupWeights(
        group.members.map { Double(records[$0].subjects[item].score) }, isQuantity: isQuantity,
        partCount: Self.partCount)
    }
    classes = groups.map { group in
      if let index = model.information.labels?.firstIndex(of: group.name) { return index }
      let explained = group.members.compactMap { records[$0].subjects[item].classIndex }
      let counts = Dictionary(explained.map { ($0, 1) }, uniquingKeysWith: +)
      return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
    var places = [(group: Int, member: Int)](repeating: (0, 0), count: records.count)
    for (index, group) in groups.enumerated() {
      for (place, member) in group.members.enumerated() { places[member] = (index, place) }
    }
    self.places = places
  }

  /// Puts the bands of every group, the largest share first, into a summary of the same groups.
  ///
  /// - Throws: What the finder throws; `WorkflowError` when the maps cannot be read.
  func add(to summary: inout MapSummary) throws {
    let found = try zip(try maps(), classes).map { map, classIndex in
      try finder.stretches(BandFinder.Subject(map, of: classIndex), material.axis)
    }
    let reading = try reading(of: found)
    for group in groups.indices {
      let parts = reading.parts[group].filter { part in part.contains { $0 != 0 } }
        .map { BandFinder.Subject($0, of: classes[group]) }
      summary.groups[group].bandsFollowValue = weights[group].followsValue ? true : nil
      summary.groups[group].bands = found[group].enumerated().map { index, stretch in
        let share = Double(reading.counts[group][index]) / Double(groups[group].members.count)
        return band(stretch, parts, spectrumShare: share)
      }.sorted { (-$0.share, $0.peak) < (-$1.share, $1.peak) }
    }
  }

  /// The map of every group whose bands are named.
  private func maps() throws -> [[Double]] {
    var maps = groups.map { $0.meanMap.map(Double.init) }
    guard weights.contains(where: \.followsValue) else { return maps }
    for (group, weight) in weights.enumerated() where weight.followsValue {
      maps[group] = [Double](repeating: 0, count: material.axis.count)
    }
    try material.maps[item].readRows { index, row in
      let (group, member) = places[index]
      if weights[group].followsValue { maps[group].add(row, times: weights[group].whole[member]) }
    }
    return maps
  }

  private func reading(of found: [[BandFinder.Stretch]]) throws -> Reading {
    let zeros = [Double](repeating: 0, count: material.axis.count)
    var reading = Reading(
      parts: groups.map { _ in [[Double]](repeating: zeros, count: Self.partCount) },
      counts: found.map { [Int](repeating: 0, count: $0.count) })
    try material.maps[item].readRows { index, row in
      let (group, member) = places[index]
      reading.parts[group][member % Self.partCount]
        .add(row, times: weights[group].parts[member])
      let active = try finder.isActive(row.map(Double.init))
      for (band, stretch) in found[group].enumerated() where active[stretch.peakPoint] {
        let value = weights[group].signs[member] * Double(row[row.startIndex + stretch.peakPoint])
        if (value > 0) == stretch.isPositive { reading.counts[group][band] += 1 }
      }
    }
    return reading
  }

  private func band(
    _ stretch: BandFinder.Stretch, _ parts: [BandFinder.Subject], spectrumShare: Double
  ) -> EvidenceBand {
    let positions = material.axis.positions
    return EvidenceBand(
      start: positions[stretch.points.lowerBound], peak: stretch.peak,
      end: positions[stretch.points.upperBound], resolution: resolution(of: stretch, in: parts),
      share: stretch.share, isPositive: stretch.isPositive, spectrumShare: spectrumShare)
  }

  /// How exactly the peak of a band is known: from the maps of parts of the spectra, from how many points
  /// beside its place a number of a map may look, and from what the finder knows.
  private func resolution(
    of stretch: BandFinder.Stretch, in parts: [BandFinder.Subject]
  ) -> Double {
    let (axis, first) = (material.axis, material.first[item])
    let field = first.receptiveFields?.first
    let reach = field.map { ($0.size - 1) / 2 } ?? 0
    let extent = axis.range.upperBound - axis.range.lowerBound
    let spacing = extent / Double(max(1, axis.count - 1))
    let peaks = parts.map { finder.peak($0, stretch) }
    let spread = peaks.count > 1 ? 2 * peaks.sampleVariance.squareRoot() : 0
    return max(max(spread, reach, 0.5) * spacing, finder.resolution ?? 0)
  }
}

extension [Double] {
  /// Adds a factor times a row that is as long.
  fileprivate mutating func add(_ row: ArraySlice<Float>, times factor: Double) {
    for column in indices { self[column] += factor * Double(row[row.startIndex + column]) }
  }
}
