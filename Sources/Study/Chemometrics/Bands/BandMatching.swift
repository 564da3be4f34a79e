public import SpectralData

/// A band of a map with the known bands where it lies.
public struct BandMatch: Hashable, Sendable {
  /// The band of the map.
  public let band: ActiveBand

  /// The known bands it overlaps, the nearest to its peak first.
  public let known: [KnownBand]
}

extension BandMatch: Encodable {
  private enum CodingKeys: String, CodingKey {
    case start, peak, end, share, isPositive, assignments
  }

  /// Writes the ends, peak, share and sign of the band, and the titles of known ones.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(band.start, forKey: .start)
    try container.encode(band.peak, forKey: .peak)
    try container.encode(band.end, forKey: .end)
    try container.encode(band.share, forKey: .share)
    try container.encode(band.isPositive, forKey: .isPositive)
    try container.encode(known.map(\.title), forKey: .assignments)
  }
}

/// The bands of a map beside a table of known bands.
public struct BandReport: Hashable, Sendable {
  /// Every band of the map, in its order; those without known bands are misses.
  public let matches: [BandMatch]

  /// The known bands on the axis that no band of the map overlaps.
  public let unseen: [KnownBand]

  /// How many of the table's bands lie on the axis, wholly or in part.
  public let knownCount: Int

  /// The share of the axis' points where the table has a band, within the tolerance.
  ///
  /// A map without any sense would have about this share of its bands explained.
  public let coveredShare: Double

  /// The share of |map| in bands that overlap known ones, of that in all bands; nil without bands.
  public var explainedShare: Double? {
    let total = matches.reduce(0) { $0 + $1.band.share }
    guard total > 0 else { return nil }
    return matches.reduce(0) { $0 + ($1.known.isEmpty ? 0 : $1.band.share) } / total
  }
}

extension BandTable {
  /// Finds the known bands that bands of a map overlap.
  ///
  /// - Parameters:
  ///   - found: The bands of a map.
  ///   - axis: The axis of the map.
  ///   - tolerance: How far bands may lie apart and still match, in units of the axis.
  /// - Returns: What matches and what does not; all is empty on an axis without a unit.
  public func report(
    on found: [ActiveBand], axis: SpectralAxis, tolerance: Double = 0
  ) -> BandReport {
    let ends = [axis.positions.first, axis.positions.last].compactMap(\.self).sorted()
    let placed = bands.compactMap { band in band.range(in: axis.unit).map { (band, $0) } }
      .filter { $0.1.upperBound >= ends[0] && $0.1.lowerBound <= ends[ends.count - 1] }
    var isSeen = [Bool](repeating: false, count: placed.count)
    let matches = found.map { band in
      var near: [(distance: Double, index: Int)] = []
      for (index, (_, range)) in placed.enumerated()
      where range.upperBound + tolerance >= band.lower
        && range.lowerBound - tolerance <= band.upper
      {
        isSeen[index] = true
        let distance = max(range.lowerBound - band.peak, band.peak - range.upperBound, 0)
        near.append((distance, index))
      }
      near.sort { ($0.distance, $0.index) < ($1.distance, $1.index) }
      return BandMatch(band: band, known: near.map { placed[$0.index].0 })
    }
    let covered = axis.positions.count { position in
      placed.contains {
        $0.1.lowerBound - tolerance <= position && position <= $0.1.upperBound + tolerance
      }
    }
    return BandReport(
      matches: matches,
      unseen: placed.indices.filter { !isSeen[$0] }.map { placed[$0].0 },
      knownCount: placed.count, coveredShare: Double(covered) / Double(axis.count))
  }
}
