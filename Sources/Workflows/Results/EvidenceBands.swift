import Explanations
public import SpectralData
import Statistics

/// A stretch of the axis where the mean map of some spectra stands out.
public struct EvidenceBand: Codable, Sendable, Hashable {
  /// The first position, in units of the axis.
  public let start: Double

  /// The position of the peak, in units of the axis.
  public let peak: Double

  /// The last position, in units of the axis.
  public let end: Double

  /// How exactly the peak is known (±), in units of the axis: by its spread over tenths of the spectra
  /// (twice the standard deviation), by what a unit of the layer looks at, and by the distance of two
  /// points.
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

/// Finds where a map stands out; who knows how is no matter of maps of networks alone.
public struct BandFinder: Sendable {
  /// A stretch of points.
  public struct Stretch: Sendable, Hashable {
    /// The points.
    public let points: ClosedRange<Int>

    /// The point of the peak.
    public let peakPoint: Int

    /// The position of the peak, in units of the axis.
    public let peak: Double

    /// The share of the sum of all magnitudes.
    public let share: Double

    /// Whether the map is positive there.
    public let isPositive: Bool

    /// Describes a stretch.
    public init(
      points: ClosedRange<Int>, peakPoint: Int, peak: Double, share: Double, isPositive: Bool
    ) {
      self.points = points
      self.peakPoint = peakPoint
      self.peak = peak
      self.share = share
      self.isPositive = isPositive
    }
  }

  /// The stretches of a map on an axis, in the order of the axis.
  public let stretches: @Sendable (_ map: [Double], _ axis: SpectralAxis) throws -> [Stretch]

  /// For every point of a map whether it stands out.
  public let isActive: @Sendable (_ map: [Double]) throws -> [Bool]

  /// Describes a way to find bands.
  public init(
    stretches: @escaping @Sendable (_ map: [Double], _ axis: SpectralAxis) throws -> [Stretch],
    isActive: @escaping @Sendable (_ map: [Double]) throws -> [Bool]
  ) {
    self.stretches = stretches
    self.isActive = isActive
  }
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
    let found = try groups.map {
      try finder.stretches($0.meanMap.map(Double.init), axis)
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
      let means = parts[group].filter { $0.rowCount > 0 }.map(\.mean)
      return found[group].enumerated().map { band, stretch in
        EvidenceBand(
          start: axis.positions[stretch.points.lowerBound], peak: stretch.peak,
          end: axis.positions[stretch.points.upperBound],
          resolution: resolution(of: stretch, in: means, reach: reach), share: stretch.share,
          isPositive: stretch.isPositive,
          spectrumShare: Double(counts[group][band]) / Double(groups[group].members.count))
      }.sorted { (-$0.share, $0.peak) < (-$1.share, $1.peak) }
    }
  }

  /// How exactly the peak of a band is known, from the mean maps of parts of the spectra and from how
  /// many points beside its place a number of a map may look.
  private func resolution(
    of stretch: BandFinder.Stretch, in means: [[Double]], reach: Double
  ) -> Double {
    let extent = axis.range.upperBound - axis.range.lowerBound
    let spacing = extent / Double(max(1, axis.count - 1))
    let sign: Double = stretch.isPositive ? 1 : -1
    let peaks = means.map { mean in
      axis.positions[
        stretch.points.max { sign * mean[$0] < sign * mean[$1] } ?? stretch.peakPoint]
    }
    let spread = peaks.count > 1 ? 2 * peaks.sampleVariance.squareRoot() : 0
    return max(spread, reach * spacing, spacing / 2)
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
