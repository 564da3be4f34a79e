import Chemometrics
import Explanations
import Foundation
import NetworkTraining
import SpectralData
import StudyEngine
import TestSupport
import Testing

@testable import StudyWorkflows
@testable import Workflows

/// Three plastics with bands that are known.
struct KnownBandsTests {
  private static let file = "cases/spectra/known-bands/three-plastics-2cm.csv"
  private static let centers = [
    ("HDPE", [720.0, 1462]), ("PET", [1240, 1712]), ("PS", [698, 1492]),
  ]

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
    for (name, centers) in Self.centers {
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
    try checkExplanations(result)
  }

  /// What `explain` tells of the network that the study keeps, by its file.
  private func checkExplanations(_ result: StudyResult) throws {
    let folder = try TemporaryFolder()
    let url = URL(filePath: folder.path("model.onnx"))
    try result.network.training.network.write(to: url, StudyWriter.description(of: result))
    let model = try ModelSettings(path: url.path(percentEncoded: false)).load()
    let finder = BandFinder.study(model)
    let known = try #require(finder.resolution)
    #expect(finder.refusal == nil && known > 1 && known < 20)
    for (name, centers) in Self.centers {
      let evidence = try #require(result.evidence.first { $0.name == name })
      let map = try #require(evidence.methodMaps.first).mean
      let peaks = try finder.stretches(
        BandFinder.Subject(map, of: evidence.classIndex), result.network.axis
      ).filter(\.isPositive).map(\.peak)
      for center in centers {
        // One network may lean to a side, but no farther than those of the divisions.
        let nearest = peaks.map { abs($0 - center) }.min() ?? .infinity
        #expect(nearest <= max(4, known), "\(name) \(center): \(peaks)")
      }
    }
  }
}
