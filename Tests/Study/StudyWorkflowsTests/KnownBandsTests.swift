import Chemometrics
import Foundation
import SpectralData
import SpectralLearning
import StudyEngine
import TestSupport
import Testing

@testable import StudyWorkflows

/// Three plastics with bands that are known.
struct KnownBandsTests {
  private static let file = "cases/spectra/known-bands/three-plastics-2cm.csv"

  @Test(.needsShared("cases/spectra"))
  func `a study names the bands that were planted`() throws {
    let path = try #require(SharedData.path(Self.file))
    let (data, _) = try StudyReader(source: StudySource(paths: [path]), note: { _ in }).read()
    var settings = StudySettings()
    // A seed whose few divisions had two bands 6 and 8 cm⁻¹ aside while the largest number of the mean
    // map was the peak.
    settings.validation = .monteCarlo(MonteCarloSplits(count: 5, seed: 2))
    settings.training.seed = 2
    settings.preprocessing = try PreprocessingPipeline(parsing: "snv")
    settings.training.epochCount = 20
    settings.furtherMethods = []
    let result = try SpectralStudy(data, settings).run()
    for (name, centers) in [
      ("HDPE", [720.0, 1462]), ("PET", [1240, 1712]), ("PS", [698, 1492]),
    ] {
      let evidence = try #require(result.evidence.first { $0.name == name })
      let positive = evidence.network.bands.matches.map(\.band).filter(\.isPositive)
      for center in centers {
        let nearest = positive.map { abs($0.peak - center) }.min() ?? .infinity
        #expect(nearest <= 4, "\(name) \(center): \(positive.map(\.peak))")
      }
      // The rest is mostly that bands of the other classes are missing, which speaks for a class too.
      let own = positive.filter { band in centers.contains { abs(band.peak - $0) <= 15 } }
      let share = { (bands: [ActiveBand]) in bands.reduce(0) { $0 + $1.share } }
      #expect(share(own) > 0.65 * share(positive))
    }
  }
}
