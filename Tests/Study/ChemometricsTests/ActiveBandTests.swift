import SpectralData
import TestSupport
import Testing

@testable import Chemometrics

struct ActiveBandTests {
  private let map = [0, 1, 4, 2, 0, 0.5, -3, -6, 0, 5, 0, 4.5]
  private let positions = (0..<12).map { 2000 - 100 * Double($0) }

  @Test func `bands are runs of one sign above the threshold`() throws {
    let bands = try ActiveBands(threshold: .fractionOfMaximum(0.3)).bands(
      of: map, positions: positions)
    #expect(bands.map(\.points) == [2...3, 6...7, 9...9, 11...11])
    #expect(bands.map(\.start) == [1800, 1400, 1100, 900])
    #expect(bands.map(\.peak) == [1800, 1300, 1100, 900])
    #expect(bands.map(\.end) == [1700, 1300, 1100, 900])
    #expect(bands.map(\.isPositive) == [true, false, true, true])
    #expect(bands.map(\.peakValue) == [4, -6, 5, 4.5])
    #expect(bands.map(\.sum) == [6, -9, 5, 4.5])
    expectClose(bands.map(\.share), [6.0 / 26, 9.0 / 26, 5.0 / 26, 4.5 / 26], absolute: 1e-15)
    #expect(bands[0].lower == 1700 && bands[0].upper == 1800)
  }

  @Test func `short bands are left out and small gaps bridged, never across a sign`() throws {
    let settings = ActiveBands(
      threshold: .fractionOfMaximum(0.3), minimumPointCount: 2, bridgedPointCount: 3)
    #expect(
      try settings.bands(of: map, positions: positions).map(\.points) == [2...3, 6...7, 9...11])
    let across = try ActiveBands(threshold: .fractionOfMaximum(0.5), bridgedPointCount: 5).bands(
      of: [4, -1, 4], positions: [1, 2, 3])
    #expect(across.map(\.points) == [0...0, 2...2])
  }

  @Test func `thresholds follow their rules`() throws {
    func active(_ threshold: ActiveBands.Threshold) throws -> [Int] {
      let found = try ActiveBands(threshold: threshold).activePoints(of: map)
      return found.indices.filter { found[$0] }
    }
    // 6 + 5 + 4.5 = 15.5 of 26 is less than 0.6 · 26 = 15.6; the next is 4.
    #expect(try active(.shareOfTotal(0.6)) == [2, 7, 9, 11])
    #expect(try active(.shareOfTotal(0.59)) == [7, 9, 11])
    #expect(try active(.shareOfTotal(1)) == [1, 2, 3, 5, 6, 7, 9, 11])
    // Mean 26/12 = 2.17, deviation 2.12: 4.29.
    #expect(try active(.deviationsAboveMean(1)) == [7, 9, 11])
    #expect(try active(.fractionOfMaximum(0)) == [1, 2, 3, 5, 6, 7, 9, 11])
  }

  @Test func `a map of zeros has no bands, and a bad one is refused`() throws {
    let settings = ActiveBands()
    #expect(try settings.bands(of: [0, 0], positions: [1, 2]).isEmpty)
    #expect(try settings.bands(of: [], positions: []).isEmpty)
    #expect(errorCode { try settings.bands(of: [1], positions: [1, 2]) } == .lengthMismatch)
    #expect(errorCode { try settings.bands(of: [.nan], positions: [1]) } == .notFinite)
    let wrong = ActiveBands(threshold: .shareOfTotal(1.5))
    #expect(errorCode { try wrong.bands(of: [1], positions: [1]) } == .invalidSettings)
  }
}

struct BandTableTests {
  @Test func `columns are found by name, in any order`() throws {
    let table = try BandTable(
      csv: """
        # from my notebook
        assignment;to;from;technique;unit;reference
        "a ""breathing"" ring; all";1006;1000;Raman;Raman shift;Smith 2001

        amide I;1700;1600;FTIR;cm-1;
        """)
    #expect(
      table.bands == [
        KnownBand(
          range: 1000...1006, unit: .ramanShift, technique: .raman,
          assignment: "a \"breathing\" ring; all", reference: "Smith 2001"),
        KnownBand(
          range: 1600...1700, unit: .reciprocalCentimeter, technique: .infrared,
          assignment: "amide I"),
      ])
    #expect(table.selecting(technique: .raman).bands.count == 1)
  }

  @Test func `a single position is widened, with the unit of its header`() throws {
    let table = try BandTable(
      csv: "class,wavenumber,assignment\r\nPS,1601,ring\r\n", halfWidth: 8)
    #expect(
      table.bands == [
        KnownBand(
          range: 1593...1609, unit: .reciprocalCentimeter, assignment: "ring", group: "PS")
      ])
    let nanometers = try BandTable(csv: "position,assignment\n970,water", unit: .nanometer)
    #expect(nanometers.bands[0].unit == .nanometer)
  }

  @Test(arguments: [
    ("", "empty"), ("a,b\n1,2", "line 1: no columns"),
    ("from,to\n1,2", "line 1: no column is named"),
    ("from,to,assignment,unit\n1,x,a,nm", "line 2: \"x\" is not a position"),
    ("from,to,assignment,unit\n1,2,,nm", "line 2: the assignment is missing"),
    ("from,to,assignment,unit\n1,2,a,furlong", "line 2: \"furlong\" is no unit"),
    ("from,to,assignment\n1,2,a", "line 2: \"\" is no unit"),
    ("from,to,assignment,unit\n1,2,\"a,nm", "line 2: a quote"),
  ])
  func `what is no table is refused with its line`(text: String, message: String) throws {
    let error = try #require(throws: ChemometricsError.self) { try BandTable(csv: text) }
    #expect(error.code == .malformedFile)
    #expect(error.description.contains(message))
  }

  @Test func `bands are placed on axes of other units of light`() {
    let band = KnownBand(range: 4000...5000, unit: .reciprocalCentimeter, assignment: "x")
    #expect(band.range(in: .nanometer) == 2000...2500)
    #expect(band.range(in: .micrometer) == 2...2.5)
    #expect(band.range(in: .reciprocalCentimeter) == 4000...5000)
    #expect(band.range(in: .ramanShift) == nil)
    #expect(band.range(in: .index) == nil)
  }

  @Test(arguments: Material.allCases)
  func `every built-in band has a unit, a technique and a known reference`(
    material: Material
  ) throws {
    let bands = material.bands.bands
    #expect(bands == (try BandTable(csv: material.text)).bands)
    #expect(bands.count >= 4)
    for band in bands {
      #expect(BandTable.references[band.reference ?? ""] != nil, "\(band)")
      #expect(band.technique != nil && band.group != nil, "\(band)")
      #expect(band.range.lowerBound < band.range.upperBound, "\(band)")
    }
  }

  @Test func `hits, misses and unseen bands are told apart`() throws {
    let positions = (0..<11).map { 1000 + 10 * Double($0) }
    let axis = try SpectralAxis(positions: positions, unit: .ramanShift)
    var map = [Double](repeating: 0, count: 11)
    (map[0], map[4], map[10]) = (4, -2, 2)
    let table = BandTable(
      [(1003, 1006, "near"), (995, 1001, "at"), (1068, 1072, "unseen"), (1500, 1510, "elsewhere")]
        .map {
          KnownBand(range: $0.0...$0.1, unit: .ramanShift, assignment: $0.2)
        } + [KnownBand(range: 1000...1100, unit: .nanometer, assignment: "light")])
    let bands = try ActiveBands().bands(of: map, positions: positions)
    let report = table.report(on: bands, axis: axis, tolerance: 4)
    #expect(report.matches.map { $0.known.map(\.assignment) } == [["at", "near"], [], []])
    #expect(report.unseen.map(\.assignment) == ["unseen"])
    #expect(report.knownCount == 3)
    #expect(report.explainedShare == 0.5)
    expectClose([report.coveredShare], [3.0 / 11], absolute: 1e-15)
    let index = table.report(on: bands, axis: SpectralAxis(indexCount: 11))
    #expect(index.knownCount == 0 && index.matches.allSatisfy(\.known.isEmpty))
  }

  @Test(.needsShared("data/spectra-ftir-plastics/bands.csv"))
  func `the table of the plastics is read`() throws {
    let path = try #require(SharedData.path("data/spectra-ftir-plastics/bands.csv"))
    let table = try BandTable(path: path, halfWidth: 10)
    #expect(table.bands.count == 40)
    #expect(
      table.bands.filter { $0.group == "PVC" }.map(\.center) == [1427, 1331, 1255, 1099, 966, 616])
    #expect(errorCode { try BandTable(path: path + "x") } == .unreadable)
  }
}
