package import SpectralData
import Statistics

/// How well bands of a map would match known ones if they lay anywhere on the axis.
///
/// All bands are shifted along the axis together, by every number of points; what leaves at one end
/// enters at the other. A table that covers much of an axis matches most bands, whatever they mean.
package struct BandChance: Hashable, Sendable {
  /// The share of |map| in bands that overlap known ones, of that in all bands: the mean over shifts.
  package let meanShare: Double

  /// The share of shifts by which as much or more is explained as without a shift, 0…1.
  package let reachedShare: Double
}

extension BandReport {
  /// What shifted bands would give.
  ///
  /// - Parameters:
  ///   - axis: The axis of the map.
  ///   - tolerance: How far bands may lie apart and still match, in units of the axis.
  /// - Returns: The comparison; nil without bands or without known bands on the axis.
  package func chance(axis: SpectralAxis, tolerance: Double = 0) -> BandChance? {
    let ranges = (unseen + matches.flatMap(\.known)).compactMap { $0.range(in: axis.unit) }
    let total = matches.reduce(0) { $0 + $1.band.share }
    guard !ranges.isEmpty, total > 0 else { return nil }
    let isCovered = axis.positions.map { position in
      ranges.contains {
        $0.lowerBound - tolerance <= position && position <= $0.upperBound + tolerance
      }
    }
    let shares = axis.positions.indices.map { shift in
      matches.reduce(0) { sum, match in
        let isMatched = match.band.points.contains {
          isCovered[($0 + shift) % isCovered.count]
        }
        return sum + (isMatched ? match.band.share / total : 0)
      }
    }
    let reached = shares.count { $0 >= shares[0] - 1e-9 }
    return BandChance(
      meanShare: shares.mean, reachedShare: Double(reached) / Double(shares.count))
  }
}
