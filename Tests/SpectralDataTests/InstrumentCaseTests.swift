import SpectralData
import TensorCore
import TestSupport
import Testing

/// Files of one spectrum of 151 points as programs of instruments write them, made up.
@Suite(.needsShared("cases/spectra"))
struct InstrumentCaseTests {
  private func read(_ name: String) throws -> SpectralDataset {
    try SpectrumFormatCatalog.read(try #require(SharedData.path("cases/spectra/\(name)")))
  }

  @Test(arguments: [
    ("rruff-text/Madeupite__R999001__Raman_Data_RAW.txt", AxisUnit.ramanShift, 95.7497),
    ("prologue-avantes/sample1.ttt", .nanometer, 10.6389),
    ("prologue-bwtek/sample1.txt", .ramanShift, 95.7497),
    ("prologue-comma-header/sample1.txt", .ramanShift, 95.75),
    ("prologue-ocean/sample1.txt", .nanometer, 95.75),
    ("prologue-ocean/sample1-comma.txt", .nanometer, 95.75),
    ("prologue-tab-keys/sample1.tsv", .index, 95.75),
    ("trailing-comments/sample1.dpt", .index, 118.63705),
    ("jcamp-no-end/noend.jdx", .reciprocalCentimeter, 0.114),
    ("jcamp-npoints-off/npoints.jdx", .reciprocalCentimeter, 0.114),
    ("jcamp-decimal-comma/comma.jdx", .reciprocalCentimeter, 0.114),
  ])
  func `one spectrum of 151 points is read`(name: String, unit: AxisUnit, first: Double) throws {
    let data = try read(name)
    #expect(data.rows.count == 1 && data.axis.count == 151 && data.axis.unit == unit)
    #expect(data.axis.range == 600...1800)
    #expect(abs(Double(data.rows[0][0]) - first) < 1e-5)
  }

  @Test func `ordinates that were not measured at an end are cut`() throws {
    let data = try read("jcamp-missing-ordinate/missing.jdx")
    #expect(data.axis.count == 146 && data.axis.range == 624...1784 && data.notes.count == 1)
  }

  @Test func `comments and blank lines inside a table are skipped`() throws {
    let data = try read("blank-and-comments/t.csv")
    #expect(data.rows.count == 15 && Set(data.labels ?? []) == ["HDPE", "PET", "PS"])
  }

  @Test(arguments: [
    ("excel/table.xlsx", 15), ("long-format/renishaw-map.txt", 18), ("long-format/map.xyz", 18),
  ])
  func `tables of several spectra are read`(name: String, count: Int) throws {
    let data = try read(name)
    #expect(data.rows.count == count && data.axis.count == 151)
    #expect(data.axis.range == 600...1800)
  }
}
