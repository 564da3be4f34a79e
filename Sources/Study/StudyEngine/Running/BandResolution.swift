import Chemometrics
import SpectralData
import Statistics

/// How exactly the peak of a band is known.
struct BandResolution {
  /// The units of the axis between two points.
  let spacing: Double

  /// How far beside its place a number of the map may look, in units of the axis.
  let reach: Double

  /// What the maps are about, for the width of their peaks.
  let signal: [Double]

  /// Prepares for maps.
  ///
  /// - Parameters:
  ///   - axis: Their axis.
  ///   - reach: How far beside its place a number of them may look, in points.
  ///   - signal: What they are about, one value per point.
  init(axis: SpectralAxis, reach: Double, signal: [Double]) {
    self.signal = signal
    let extent = axis.range.upperBound - axis.range.lowerBound
    spacing = extent / Double(max(1, axis.count - 1))
    self.reach = reach * spacing
  }

  /// Half the width of where the peak may be, in units of the axis: the largest of the spread of peaks
  /// over divisions (twice their standard deviation), of what a unit of the layer
  /// looks at, and of half the distance of two points.
  ///
  /// - Parameters:
  ///   - band: A band of the mean of maps.
  ///   - maps: The maps, one per division.
  /// - Returns: A length.
  func of(_ band: ActiveBand, in maps: [[Double]]) -> Double {
    let sign: Double = band.isPositive ? 1 : -1
    let peaks = maps.map { map in
      PeakSearch(map: map, signal: signal).peak(in: band.points, sign: sign)
    }
    let spread = peaks.count > 1 ? 2 * peaks.sampleVariance.squareRoot() : 0
    return max(spread * spacing, reach, spacing / 2)
  }
}
