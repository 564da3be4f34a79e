import Explanations
import Foundation
import SpectralData
import TestSupport
import Testing

@testable import Workflows

/// Bands of explained spectra.
struct EvidenceBandTests {
  private let folder: TemporaryFolder
  private let model: ModelSettings

  init() throws {
    folder = try TemporaryFolder()
    model = try folder.networkOfSpectra()
  }

  /// Finds one stretch: the points of at least half of the largest magnitude about the largest.
  private static let finder = BandFinder(
    stretches: { subject, axis in
      let map = subject.map
      let most = map.indices.max { abs(map[$0]) < abs(map[$1]) } ?? 0
      guard map[most] != 0 else { return [] }
      var points = most...most
      while points.upperBound + 1 < map.count,
        abs(map[points.upperBound + 1]) >= abs(map[most]) / 2
      { points = points.lowerBound...points.upperBound + 1 }
      let total = map.reduce(0) { $0 + abs($1) }
      return [
        BandFinder.Stretch(
          points: points, peakPoint: most, peak: axis.positions[most],
          share: points.reduce(0) { $0 + abs(map[$1]) } / total, isPositive: map[most] > 0)
      ]
    },
    peak: { subject, stretch in
      Double(stretch.points.max { abs(subject.map[$0]) < abs(subject.map[$1]) } ?? 0)
    },
    isActive: { map in
      let most = map.map { abs($0) }.max() ?? 0
      return map.map { most > 0 && abs($0) >= most / 2 }
    })

  /// Spectra with a peak of 4 and 2 beside it on a floor of 0.1; every fourth has its peak elsewhere.
  private func table(_ count: Int) throws -> String {
    let head = (0..<20).map { "\(1000 + 10 * $0)" }.joined(separator: ",")
    let lines = (0..<count).map { index in
      (0..<20).map { point in
        let start = index % 4 == 3 ? 15 : 5
        return point == start ? "4" : point == start + 1 ? "2" : "0.1"
      }.joined(separator: ",")
    }
    return try folder.write(([head] + lines).joined(separator: "\n"), to: "peaks.csv")
  }

  private func result(_ count: Int, resolution: Double? = nil) async throws -> ExplainResult {
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: model, inputs: [try table(count)], methods: [try ChosenMethod("grad-cam")]))
    workflow.folder = folder.path("maps")
    workflow.bands = { _ in
      var finder = Self.finder
      finder.resolution = resolution
      return finder
    }
    return try await workflow.run()
  }

  @Test(arguments: [8, 28])
  func `the band of a class is told with its place, width and shares`(count: Int) async throws {
    let result = try await result(count)
    // Few spectra have files of their own, and their bands are told all the same.
    #expect(result.summaries.isEmpty == (count == 8) && result.bands.isEmpty == (count != 8))
    let group = try #require((result.summaries + result.bands).first?.groups.first)
    let band = try #require(group.bands?.first)
    #expect(band.peak == 1050 && band.start == 1050 && band.end == 1060 && band.width == 10)
    #expect(band.isPositive && band.spectrumShare == 0.75)
    // Three quarters of 4, 2 and a quarter of 0.1 twice, of all magnitudes.
    let own = 0.75 * 6 + 0.25 * 0.2
    #expect(abs(band.share - own / (6 + 18 * 0.1)) < 1e-6)
    // The peak is the same in every part: half the distance of two points is left.
    #expect(band.resolution == 5)
    let name = folder.names(in: "maps").first { $0.hasSuffix("-bands.csv") }
    let text = try String(
      contentsOfFile: folder.path("maps/" + (try #require(name))), encoding: .utf8)
    #expect(text.split(separator: "\n").count == 2)
    #expect(text.contains("up,1050.0,5.0,1050.0,1060.0,10.0,cm-1,"))
  }

  @Test func `a peak is known no better than from other networks trained alike`() async throws {
    for (known, expected) in [(12.0, 12.0), (3, 5)] {
      let result = try await result(8, resolution: known)
      #expect(result.bands.first?.groups.first?.bands?.map(\.resolution) == [expected])
    }
  }
}
