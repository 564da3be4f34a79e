import Chemometrics
import Foundation
import NetworkTraining
import SpectralData
import TensorCore
import Testing

@testable import StudyEngine

/// Spectra of an instrument that ends at 674 cm⁻¹, below which its files hold zeros, as those of
/// libraries of plastics do.
struct EdgeEvidenceTests {
  private static let edge = 674.0

  /// Two classes with a band each, 2 cm⁻¹ a point, σ 15 cm⁻¹, above a level of 0.3; below the edge the
  /// first class has zeros, the second too unless the edge tells classes apart.
  private static func data(edgeTells: Bool) throws -> StudyData {
    let axis = try SpectralAxis(from: 600, through: 1200, count: 301, unit: .reciprocalCentimeter)
    var generator = SplitMix64(seed: 9)
    var (rows, names): ([[Float]], [String]) = ([], [])
    for index in 0..<24 {
      let isFirst = index % 2 == 0
      let height = 0.8 + 0.4 * generator.uniform()
      names.append(isFirst ? "a" : "b")
      rows.append(
        axis.positions.map { position in
          if position < edge, isFirst || !edgeTells { return 0 }
          let distance = (position - (isFirst ? 698 : 1040)) / 15
          let band = edgeTells ? 0 : Double(height) * exp(-distance * distance / 2)
          return Float(0.3 + band) + 0.02 * generator.normal()
        })
    }
    return try StudyData(
      SpectralDataset(axis: axis, rows: rows), name: "edge",
      question: .classes(ClassLabels(names)))
  }

  private static func evidence(edgeTells: Bool) throws -> [Evidence] {
    var settings = StudySettings()
    settings.training.epochCount = 15
    settings.validation = .monteCarlo(MonteCarloSplits(count: 3))
    settings.furtherMethods = []
    return try SpectralStudy(data(edgeTells: edgeTells), settings).run().evidence
  }

  @Test func `a band beside an edge lies where it is, and an edge that all have is none`() throws {
    let evidence = try Self.evidence(edgeTells: false)
    for (own, center) in zip(evidence, [698.0, 1040]) {
      let bands = own.network.bands.matches.map(\.band)
      let peaks = bands.filter(\.isPositive).map(\.peak)
      #expect(peaks.contains { abs($0 - center) <= 6 }, "\(own.name): \(peaks)")
      #expect(bands.allSatisfy { $0.lower >= Self.edge }, "\(bands.map(\.lower))")
    }
  }

  @Test func `an edge that tells classes apart is evidence up to the edge and not beyond`() throws {
    for own in try Self.evidence(edgeTells: true) {
      let bands = own.network.bands.matches.map(\.band)
      #expect(!bands.isEmpty)
      #expect(bands.allSatisfy { $0.upper < Self.edge }, "\(bands.map { ($0.lower, $0.upper) })")
      let map = own.network.distinction.mean.map(abs)
      // 37 points of 301 lie below the edge; the rest is noise.
      #expect(map[..<37].reduce(0, +) > 0.75 * map.reduce(0, +))
    }
  }
}
