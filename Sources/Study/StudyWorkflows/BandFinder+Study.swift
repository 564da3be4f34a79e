import Chemometrics
public import Explanations
import SpectralData
import StudyEngine
public import Workflows

extension BandFinder {
  /// Finds bands of maps as a study does, from the size on that the file of a network says.
  ///
  /// - Parameter model: The network.
  /// - Returns: What finds them.
  public static func study(_ model: Model) -> BandFinder {
    var settings = StudySettings().activeBands
    if let known = model.information.evidence?.bands {
      settings = ActiveBands(
        threshold: .fractionOfMaximum(known.threshold),
        minimumPointCount: known.leastPointCount, bridgedPointCount: known.bridgedPointCount)
    }
    return BandFinder(
      stretches: { [settings] map, axis in
        try settings.bands(of: map, positions: axis.positions).map { band in
          Stretch(
            points: band.points, peakPoint: band.peakPoint, peak: band.peak, share: band.share,
            isPositive: band.isPositive)
        }
      }, isActive: { [settings] map in try settings.activePoints(of: map) })
  }
}
