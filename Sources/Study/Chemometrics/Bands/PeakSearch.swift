import Foundation

/// Finds where in a band a map has its peak.
///
/// Maps of networks are ragged: the largest number of a band may stand anywhere in it. A band that a
/// feature of the spectra has left is as wide as the feature, so the map is smoothed with a Gaussian of
/// that width before its largest number is taken (a matched filter). Only the width is taken from the
/// spectra, never the position.
package struct PeakSearch {
  /// The map, one value per point.
  package let map: [Double]

  /// What the map is about: how spectra differ, one value per point.
  ///
  /// Nil where that is not known: the peak is the point of largest magnitude then.
  package let signal: [Double]?

  /// Prepares for a map and a signal of as many points.
  package init(map: [Double], signal: [Double]?) {
    self.map = map
    self.signal = signal
  }

  /// How many points beside a band its width is looked for in.
  private static let margin = 5

  /// The peak of the map in a band, in points; between them where a parabola has its vertex there.
  ///
  /// - Parameters:
  ///   - band: The points of the band.
  ///   - sign: 1 where the band is positive, −1 where it is negative.
  /// - Returns: A number of points within the band.
  package func peak(in band: ClosedRange<Int>, sign: Double) -> Double {
    guard let signal else {
      return Double(band.max { sign * map[$0] < sign * map[$1] } ?? band.lowerBound)
    }
    let width = Self.width(of: signal, around: band)
    let smooth = band.map { sign * smoothed(at: $0, width) }
    let place = smooth.indices.max { smooth[$0] < smooth[$1] } ?? 0
    let point = Double(band.lowerBound + place)
    guard place > 0, place < smooth.count - 1 else { return point }
    let (left, right) = (smooth[place - 1], smooth[place + 1])
    let curvature = left - 2 * smooth[place] + right
    return curvature < 0 ? point + (left - right) / (2 * curvature) : point
  }

  /// The standard deviation in points of a Gaussian that is as steep for its height as the signal is
  /// about a band: `σ² = Σ s² / (2 Σ s′²)`.
  static func width(of signal: [Double], around band: ClosedRange<Int>) -> Double {
    let lower = max(0, band.lowerBound - margin)
    let upper = min(signal.count - 1, band.upperBound + margin)
    var (squares, slopes) = (0.0, 0.0)
    for point in lower...upper {
      let (before, after) = (max(0, point - 1), min(signal.count - 1, point + 1))
      let slope = (signal[after] - signal[before]) / Double(max(1, after - before))
      squares += signal[point] * signal[point]
      slopes += slope * slope
    }
    return slopes > 0 ? (squares / (2 * slopes)).squareRoot() : 0
  }

  /// The map under a Gaussian, whose part beyond an end of the axis is left out.
  private func smoothed(at point: Int, _ width: Double) -> Double {
    guard width > 0 else { return map[point] }
    let reach = Int((4 * min(width, Double(map.count))).rounded(.up))
    var (sum, total) = (0.0, 0.0)
    for other in max(0, point - reach)...min(map.count - 1, point + reach) {
      let distance = Double(other - point) / width
      let weight = exp(-distance * distance / 2)
      sum += weight * map[other]
      total += weight
    }
    return sum / total
  }
}
