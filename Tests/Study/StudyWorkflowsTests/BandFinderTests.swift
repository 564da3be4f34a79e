import Explanations
import Foundation
import SpectralData
import TensorCore
import TestSupport
import Testing

@testable import StudyWorkflows
@testable import Workflows

/// Bands of explained spectra, found with what the file of a network says of its training spectra.
struct BandFinderTests {
  private let axis: SpectralAxis
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    axis = try SpectralAxis(
      positions: (0..<20).map { 1000 + 10 * Double($0) }, unit: .reciprocalCentimeter)
  }

  private static func gaussian(_ center: Double) -> [Double] {
    (0..<20).map { exp(-pow((Double($0) - center) / 2, 2) / 2) }
  }

  /// A finder of a network whose file says something of its evidence.
  private func finder(_ evidence: EvidenceInformation) throws -> BandFinder {
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(evidence))
    let path = folder.path("spectra.onnx")
    try TinyNetwork.writeSpectra(to: URL(filePath: path), known: ["evidence": object])
    return BandFinder.study(try ModelSettings(path: path).load())
  }

  /// A peak at 8 whose largest number stands at 10, as maps of networks are ragged.
  private static let map: [Double] = {
    var map = gaussian(8)
    map[10] += 0.6
    map[8] -= 0.2
    return map
  }()

  /// The maximum of the map under a Gaussian as wide as the difference, written out.
  private static func literal(_ difference: [Double], _ points: ClosedRange<Int>) -> Double {
    let around = max(0, points.lowerBound - 5)...min(19, points.upperBound + 5)
    let slopes = around.map { point in
      let (before, after) = (max(0, point - 1), min(19, point + 1))
      return (difference[after] - difference[before]) / Double(after - before)
    }
    let width =
      around.reduce(0) { $0 + difference[$1] * difference[$1] }
      / (2 * slopes.reduce(0) { $0 + $1 * $1 })
    func smooth(_ place: Int) -> Double {
      let weights = (0..<20).map { exp(-pow(Double($0 - place), 2) / (2 * width)) }
      return zip(weights, map).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }
    let best = points.max { smooth($0) < smooth($1) } ?? 0
    let (left, right) = (smooth(best - 1), smooth(best + 1))
    return Double(best) + (left - right) / (2 * (left - 2 * smooth(best) + right))
  }

  @Test func `peaks are sought with the width of what sets the class apart`() throws {
    var evidence = EvidenceInformation()
    // The other class has what all have; only the difference has a width.
    let common = Self.gaussian(3).map { 5 * $0 }
    evidence.classMeans = [
      zip(common, Self.gaussian(8)).map { Float($0 + $1) }, common.map { Float($0) },
    ]
    let subject = BandFinder.Subject(Self.map, of: 0)
    let band = try #require(try finder(evidence).stretches(subject, axis).first)
    let expected = 1000 + 10 * Self.literal(Self.gaussian(8), band.points)
    #expect(abs(band.peak - expected) < 1e-3 && abs(band.peak - 1080) < 5)
    #expect(band.points.contains(10) && band.isPositive)
    // Without the means the largest number is the peak.
    let plain = try finder(EvidenceInformation()).stretches(subject, axis)
    #expect(plain.map(\.peak) == [1100] && plain.map(\.points) == [band.points])
    // Means of other inputs say nothing of this map.
    evidence.classMeans = [[1, 2], [3, 4]]
    #expect(try finder(evidence).stretches(subject, axis).map(\.peak) == [1100])
  }

  @Test func `a quantity has the width of how spectra grow with it`() throws {
    var evidence = EvidenceInformation()
    evidence.slope = Self.gaussian(8).map { Float(-3 * $0) }
    let subject = BandFinder.Subject(Self.map.map { -$0 }, of: nil)
    let finder = try finder(evidence)
    let band = try #require(try finder.stretches(subject, axis).first)
    let expected = Self.literal(Self.gaussian(8), band.points)
    #expect(abs(band.peak - 1000 - 10 * expected) < 1e-3 && !band.isPositive)
    #expect(abs(finder.peak(subject, band) - expected) < 1e-4)
  }

  @Test func `a network that guesses has no bands named`() throws {
    var evidence = EvidenceInformation()
    let subject = BandFinder.Subject(Self.map, of: 0)
    for known in [nil, true] {
      evidence.beatsChance = known
      let finder = try finder(evidence)
      #expect(try finder.stretches(subject, axis).count == 1 && finder.refusal == nil)
    }
    evidence.beatsChance = false
    let finder = try finder(evidence)
    #expect(try finder.stretches(subject, axis).isEmpty)
    #expect(finder.refusal?.contains("not surely better than guessing") == true)
  }
}
