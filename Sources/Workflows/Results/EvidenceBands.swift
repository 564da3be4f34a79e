import Explanations
import SpectralData
import Statistics

/// A stretch of the axis where the mean map of some spectra stands out.
public struct EvidenceBand: Codable, Sendable, Hashable {
  /// The first position, in units of the axis.
  public let start: Double

  /// The position of the peak, in units of the axis.
  public let peak: Double

  /// The last position, in units of the axis.
  public let end: Double

  /// How exactly the peak is known (±), in units of the axis: the largest of its spread over tenths of the
  /// spectra (twice the standard deviation), of what a unit of the layer looks at, of half the
  /// distance of two points, and of how far aside peaks of networks trained alike stand.
  public let resolution: Double

  /// The share of the sum of all magnitudes of the mean map, 0…1.
  public let share: Double

  /// Whether the map speaks for the target here; else against it.
  public let isPositive: Bool

  /// The share of the spectra whose own maps have a band of the same sign at the peak, 0…1.
  public let spectrumShare: Double

  /// The width in units of the axis.
  public var width: Double { abs(end - start) }
}

extension SummaryMaterial {
  /// Into how many parts the spectra of a group are divided to see how its peaks spread.
  private static let partCount = 10

  /// The bands of every group.
  ///
  /// - Parameters:
  ///   - groups: The groups, with their mean maps.
  ///   - item: Which explanation of each spectrum.
  ///   - finder: Finds bands.
  ///   - model: The network, which says how far units of the layer look.
  /// - Returns: As many lists as groups, the largest share first.
  /// - Throws: What the finder throws; `WorkflowError` when the maps cannot be read.
  func bands(
    of groups: [MapGroups.Group], item: Int, _ finder: BandFinder, _ model: Model
  ) throws -> [[EvidenceBand]] {
    let classes = groups.map { classIndex(of: $0, item: item, model) }
    let found = try zip(groups, classes).map { group, classIndex in
      try finder.stretches(
        BandFinder.Subject(group.meanMap.map(Double.init), of: classIndex), axis)
    }
    var places = [(group: Int, member: Int)](repeating: (0, 0), count: records.count)
    for (index, group) in groups.enumerated() {
      for (place, member) in group.members.enumerated() { places[member] = (index, place) }
    }
    var parts = groups.map { _ in
      [RunningMoments](repeating: RunningMoments(columnCount: axis.count), count: Self.partCount)
    }
    var counts = found.map { [Int](repeating: 0, count: $0.count) }
    try maps[item].readRows { index, row in
      let (group, member) = places[index]
      parts[group][member % Self.partCount].add(row)
      let active = try finder.isActive(row.map(Double.init))
      for (band, stretch) in found[group].enumerated() {
        let value = row[row.startIndex + stretch.peakPoint]
        if active[stretch.peakPoint], (value > 0) == stretch.isPositive { counts[group][band] += 1 }
      }
    }
    let field = first[item].layer?.receptiveFields(over: first[item].input)?.first
    let reach = field.map { ($0.size - 1) / 2 } ?? 0
    return groups.indices.map { group in
      let means = parts[group].filter { $0.rowCount > 0 }.map {
        BandFinder.Subject($0.mean, of: classes[group])
      }
      return found[group].enumerated().map { band, stretch in
        EvidenceBand(
          start: axis.positions[stretch.points.lowerBound], peak: stretch.peak,
          end: axis.positions[stretch.points.upperBound],
          resolution: resolution(of: stretch, in: means, finder, reach: reach),
          share: stretch.share, isPositive: stretch.isPositive,
          spectrumShare: Double(counts[group][band]) / Double(groups[group].members.count))
      }.sorted { (-$0.share, $0.peak) < (-$1.share, $1.peak) }
    }
  }

  /// The class that a group is about: the one that its name says, else what is explained of most.
  private func classIndex(of group: MapGroups.Group, item: Int, _ model: Model) -> Int? {
    if let index = model.information.labels?.firstIndex(of: group.name) { return index }
    let explained = group.members.compactMap { records[$0].subjects[item].classIndex }
    let counts = Dictionary(explained.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// How exactly the peak of a band is known: from the mean maps of parts of the spectra, from how many
  /// points beside its place a number of a map may look, and from what the finder knows.
  private func resolution(
    of stretch: BandFinder.Stretch, in means: [BandFinder.Subject], _ finder: BandFinder,
    reach: Double
  ) -> Double {
    let extent = axis.range.upperBound - axis.range.lowerBound
    let spacing = extent / Double(max(1, axis.count - 1))
    let peaks = means.map { finder.peak($0, stretch) }
    let spread = peaks.count > 1 ? 2 * peaks.sampleVariance.squareRoot() : 0
    return max(max(spread, reach, 0.5) * spacing, finder.resolution ?? 0)
  }
}

/// The bands of a summary as a table.
struct BandFile {
  let axis: SpectralAxis
  let groups: [MapSummary.Group]

  /// A line for each band.
  var text: String {
    var table = CSVTable(quoting: .cautious)
    table.append([
      "class", "peak", "resolution", "start", "end", "width", "unit", "share", "sign",
      "share of spectra",
    ])
    for group in groups {
      for band in group.bands ?? [] {
        table.append([
          group.name, "\(band.peak)", "\(band.resolution)", "\(band.start)", "\(band.end)",
          "\(band.width)", axis.unit.option, "\(band.share)", band.isPositive ? "+" : "-",
          "\(band.spectrumShare)",
        ])
      }
    }
    return table.text
  }
}
