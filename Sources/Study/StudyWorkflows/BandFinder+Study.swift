import Chemometrics
public import Explanations
import SpectralData
import StudyEngine
public import Workflows

extension BandFinder {
  /// Finds bands of maps as a study does, from the size on that the file of a network says, and with
  /// their peaks under the width of what sets the classes among its training spectra apart.
  ///
  /// - Parameter model: The network.
  /// - Returns: What finds them; none where its file says that it was no better than guessing.
  public static func study(_ model: Model) -> BandFinder {
    let evidence = model.information.evidence
    var settings = StudySettings().activeBands
    if let known = evidence?.bands {
      settings = ActiveBands(
        threshold: .fractionOfMaximum(known.threshold),
        minimumPointCount: known.leastPointCount, bridgedPointCount: known.bridgedPointCount)
    }
    let isGuessing = evidence?.beatsChance == false
    var finder = BandFinder(
      stretches: { [settings] subject, axis in
        if isGuessing { return [] }
        let signal = evidence?.signal(of: subject)
        return try settings.bands(of: subject.map, positions: axis.positions, signal: signal)
          .map { band in
            Stretch(
              points: band.points, peakPoint: band.peakPoint, peak: band.peak, share: band.share,
              isPositive: band.isPositive)
          }
      },
      peak: { subject, stretch in
        PeakSearch(map: subject.map, signal: evidence?.signal(of: subject))
          .peak(in: stretch.points, sign: stretch.isPositive ? 1 : -1)
      }, isActive: { [settings] map in try settings.activePoints(of: map) })
    finder.resolution = evidence?.bands?.resolution
    if isGuessing {
      finder.refusal =
        "no bands are named: networks trained like this one were not surely better than guessing, as "
        + "its file says"
    }
    return finder
  }
}

extension EvidenceInformation {
  /// How the training spectra differ for what a map is about, one value per point; nil where the file
  /// does not say it for as many.
  fileprivate func signal(of subject: BandFinder.Subject) -> [Double]? {
    let count = subject.map.count
    guard let index = subject.classIndex else {
      return slope.flatMap { $0.count == count ? $0.map(Double.init) : nil }
    }
    guard let means = classMeans, means.count > 1, means.indices.contains(index),
      means.allSatisfy({ $0.count == count })
    else { return nil }
    return (0..<count).map { point in
      let sum = means.reduce(0) { $0 + Double($1[point]) }
      let own = Double(means[index][point])
      return own - (sum - own) / Double(means.count - 1)
    }
  }
}
