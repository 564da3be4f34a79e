import Chemometrics
import Foundation
import SpectralData
import StudyEngine
import TestSupport
import Testing

@testable import StudyWorkflows

/// Spectra as people have them: each file has a property of a public report.
struct SpectrumCaseTests {
  private static let folder = "cases/spectra"

  /// Reads a case with the settings of a study; gives what was said too.
  private func reading(
    _ paths: String..., change: (inout StudySource) -> Void = { _ in }
  ) throws -> (data: StudyData, split: ValidationSplit?, notes: [String]) {
    var source = StudySource(
      paths: try paths.map { try #require(SharedData.path(Self.folder + "/" + $0)) })
    change(&source)
    var notes: [String] = []
    let (data, split) = try StudyReader(source: source, note: { notes.append($0) }).read()
    return (data, split, notes)
  }

  private func dataset(_ path: String) throws -> SpectralDataset {
    try SpectrumFormatCatalog.read(
      #require(SharedData.path(Self.folder + "/" + path)),
      SpectrumReadingSettings(interpolatesToCommonAxis: true))
  }

  /// Files that hold whole spectra: spectra, points, first and last position, and whether a note is
  /// due.
  private static let tables: [(String, Int, Int, Double, Double, String?)] = [
    ("header-styles/thousands.csv", 18, 151, 600, 1800, "thousands"),
    ("header-styles/X-prefix.csv", 18, 151, 600, 1800, nil),
    ("header-styles/quoted-unit.csv", 18, 151, 600, 1800, nil),
    ("header-styles/columns-after.csv", 18, 151, 600, 1800, nil),
    ("encodings/utf16.csv", 18, 151, 600, 1800, nil),
    ("encodings/utf8-bom.csv", 18, 151, 600, 1800, nil),
    ("encodings/cp1252.csv", 18, 151, 600, 1800, nil),
    ("missing-cells/one-empty.csv", 30, 151, 600, 1800, "1 single missing value in 1 spectrum"),
    ("missing-cells/one-nan.csv", 30, 151, 600, 1800, "1 single missing value in 1 spectrum"),
    ("missing-cells/edge-na-all.csv", 30, 149, 600, 1784, "cut"),
    ("repeated-positions/one-twice.txt", 1, 150, 600, 1800, "(672)"),
    ("repeated-positions/wide-one-twice.csv", 18, 150, 600, 1800, "(992)"),
    ("repeated-positions/stitched.txt", 1, 151, 600, 1800, "2 pieces"),
    ("ts-variants/plain.ts", 12, 151, 0, 150, nil),
    ("ts-variants/missing-true-but-none.ts", 12, 151, 0, 150, nil),
    ("ts-variants/multivariate-flag.ts", 12, 151, 0, 150, nil),
    ("ts-variants/unequal-flag-but-equal.ts", 12, 151, 0, 150, nil),
    ("ts-variants/no-label.ts", 12, 151, 0, 150, nil),
    ("ts-variants/targetlabel.ts", 12, 151, 0, 150, nil),
    ("ts-variants/one-question-mark.ts", 12, 151, 0, 150, "filled"),
    ("ts-variants/timestamps.ts", 12, 151, 600, 1800, nil),
  ]

  @Test(.needsShared(folder), arguments: tables)
  func `files are read whole, and what was mended is said`(
    path: String, count: Int, points: Int, first: Double, last: Double, note: String?
  ) throws {
    let data = try dataset(path)
    #expect(data.rows.count == count && data.axis.count == points)
    #expect(data.axis.positions.first == first && data.axis.positions.last == last)
    #expect(data.notes.isEmpty == (note == nil), "\(data.notes)")
    if let note { #expect(data.notes.contains { $0.contains(note) }, "\(data.notes)") }
  }
}
