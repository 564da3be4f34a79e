import Foundation
import SpectralData
import TensorCore
import TestSupport
import Testing

struct SpectrumFormatTests {
  @Test func `every file is recognized by its contents, whatever its name`() throws {
    let ids = [
      "csv": "csv", "jdx": "jcamp-dx", "npz": "npz", "columns.txt": "csv",
      "compressed.jdx": "jcamp-dx", "pairs.jdx": "jcamp-dx", "array.npy": "npy", "new.spc": "spc",
      "big.spc": "spc", "old.spc": "spc", "own.spc": "spc", "table.tsv": "ucr", "long.csv": "long",
      "series.ts": "ts",
      "opus.0": "opus", "map.wdf": "wdf", "one.spa": "omnic", "one.sp": "perkin-elmer",
      "five.mat": "matlab", "four.mat": "matlab", "book.xlsx": "xlsx",
      "ocean.txt": "instrument-text", "series.txt": "instrument-text",
    ]
    for (name, bytes) in try SampleFiles.all() {
      #expect(try SpectrumFormatCatalog.recognized(bytes).id == ids[name], "\(name)")
      #expect(try !SampleFiles.read(bytes, "xyz").isEmpty, "\(name)")
    }
    // A header of ENVI is no spectrum without its cube.
    #expect(Set(ids.values).union(["envi"]) == Set(SpectrumFormatCatalog.entries.map(\.id)))
  }

  @Test(arguments: ["water", "\"water, %\""], ["90.5", "NA", ""])
  func `quantities before positions may be missing and have commas in their names`(
    name: String, third: String
  ) throws {
    let heads = (0..<12).map { "\(600 + 10 * $0)" }.joined(separator: ",")
    let lines = (0..<9).map { row in
      "\(row * row).5,\(row == 2 ? third : "\(90 - row)"),"
        + (0..<12).map { "\($0 * $0 + row)" }.joined(separator: ",")
    }
    let text = (["fat,\(name),\(heads)"] + lines).joined(separator: "\n")
    let read = try #require(try SampleFiles.read(Array(text.utf8), "csv").first)
    #expect(read.rows.count == 9 && read.axis.positions.first == 600 && read.axis.count == 12)
    #expect(read.metadata.map(\.name) == ["fat", name.replacing("\"", with: "")])
    #expect(read.metadata[1].values[2] == third)
  }

  @Test(arguments: ["csv", "npz", "jdx"], AxisUnit.allCases)
  func `written files are read back`(suffix: String, unit: AxisUnit) throws {
    let data = try SampleSpectra.dataset(unit: unit)
    let read = try SampleFiles.withPath(suffix) { path in
      try SpectrumFormatCatalog.write(data, to: path)
      return try SpectrumFormatCatalog.read(path)
    }
    #expect(read.axis == data.axis && read.rows == data.rows)
    #expect(read.names == data.names && read.roles == data.roles)
    #expect(read.labels == data.labels && read.groups == data.groups)
    #expect(read.targets == data.targets)
    #expect(read.provenance?.map(\.record) == [1, 2, 3, 4])
  }

  @Test(arguments: [
    ("a.xyz", SpectrumError.Code.unknownFormat), ("a.spc", .unknownFormat),
    ("absent/folder/a.csv", .unwritable),
  ])
  func `what cannot be written says so`(name: String, code: SpectrumError.Code) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: name).path()
    let error = #expect(throws: SpectrumError.self) {
      try SpectrumFormatCatalog.write(SampleSpectra.dataset(), to: path)
    }
    #expect(error?.code == code && error?.description.hasPrefix(path) == true)
  }

  @Test(arguments: [
    ([], SpectrumError.Code.malformedFile), ([0xD0, 0xCF, 0x11, 0xE0, 0], .unsupportedFile),
    ([0xFF, 0xFE, 0x00, 0xD8], .unknownFormat), ([1, 2, 0, 3], .unknownFormat),
  ])
  func `foreign files are named`(bytes: [UInt8], code: SpectrumError.Code) {
    let error = #expect(throws: SpectrumError.self) { try SpectrumFormatCatalog.recognized(bytes) }
    #expect(error?.code == code)
  }

  @Test func `different axes are refused or brought to their common part`() throws {
    let text = "##TITLE= x\n##XUNITS= NANOMETERS\n##XYPOINTS= (XY..XY)\n"
    let first = text + "1,10 2,20 3,30 4,40\n##END=\n"
    let second = text + "1.5,0 3.5,4\n##END=\n"
    let link = Array(("##TITLE= l\n##DATA TYPE= LINK\n" + first + second + "##END=\n").utf8)
    try SampleFiles.withPath("jdx") { path in
      try Data(link).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: SpectrumError.self) { try SpectrumFormatCatalog.read(path) }
      #expect(error?.code == .invalidAxis && error?.description.hasPrefix(path) == true)
      let data = try SpectrumFormatCatalog.read(
        path, SpectrumReadingSettings(interpolatesToCommonAxis: true))
      #expect(data.axis.positions == [2, 3] && data.rows == [[20, 30], [1, 3]])
    }
  }

  @Test func `tables of the UCR archive have classes and counted points`() throws {
    let data = try SampleFiles.read(Array(SampleFiles.ucr.utf8), "tsv")[0]
    #expect(data.labels == ["1", "2", "1"] && data.axis == SpectralAxis(indexCount: 4))
    #expect(data.rows[1] == [0.5, 0.75, 1, -2])
    let blanks = SampleFiles.ucr.replacing("\t", with: "   ").replacing(
      "1   0.5", with: " 1.0e0   0.5")
    #expect(try SampleFiles.read(Array(blanks.utf8), "txt")[0].rows == data.rows)
    for (part, other) in [("1e-1", "NaN"), ("\t2\n", "\n"), ("1e-1", "")] {
      let damaged = Array(SampleFiles.ucr.replacing(part, with: other).utf8)
      let error = #expect(throws: SpectrumError.self) { try SampleFiles.read(damaged, "tsv") }
      #expect(error?.line != nil)
    }
  }

  @Test func `time-series files have a header and classes or targets`() throws {
    let data = try SampleFiles.read(Array(SampleFiles.series.utf8), "ts")[0]
    #expect(data.labels == ["green", "black"] && data.rows == [[1, 2.5, -3], [4, 5, 6]])
    let regression = SampleFiles.series.replacing(
      "@classLabel true green black", with: "@targetLabel true"
    )
    .replacing("green", with: "1.5").replacing("black", with: "2")
    #expect(try SampleFiles.read(Array(regression.utf8), "ts")[0].targets[0].values == [1.5, 2])
    let flags = SampleFiles.series.replacing("@univariate true", with: "@univariate false")
      .replacing("2.5", with: "?").replacing("@timeStamps false", with: "@missing true")
    let mended = try SampleFiles.read(Array(flags.utf8), "ts")[0]
    #expect(mended.rows == [[1, -1, -3], [4, 5, 6]] && mended.notes.count == 1)
    let timed = SampleFiles.series.replacing("1,2.5,-3", with: "(9,1),(8, 2.5),(7,-3)")
      .replacing("4,5,6", with: "(9,4),(8,5),(7,6)")
    #expect(try SampleFiles.read(Array(timed.utf8), "ts")[0].axis.positions == [9, 8, 7])
    for (part, other) in [("1,2.5,-3", "1,2,3:1,2,3"), ("1,2.5", "?,?"), ("4,5", "4")] {
      let damaged = Array(SampleFiles.series.replacing(part, with: other).utf8)
      let error = #expect(throws: SpectrumError.self) { try SampleFiles.read(damaged, "ts") }
      #expect(error?.line != nil)
    }
  }

  @Test(arguments: [
    "400 1\n402 2\n404 3\n", "# exported\n#nm\n\n400 1\n402 2\n404 3",
    "400,0 1,0\n402 2\n404  3,0 \n",
    "400;1\n402;2\n404;3\n", "\u{FEFF}400\t1\r\n402\t2\r\n404\t3\r\n", "400,1\r402,2\r404,3\r",
  ])
  func `two columns are read with any separator`(text: String) throws {
    let data = try SampleFiles.read(Array(text.utf8), "txt")[0]
    #expect(data.axis.positions == [400, 402, 404] && data.rows == [[1, 2, 3]])
  }

  @Test func `lines above the positions describe spectra in columns`() throws {
    let text = "nm;a;b\nlabel;x;y\nsample;1;1\n400;0,5;1\n402;0,25;2\n"
    let data = try SampleFiles.read(Array(text.utf8), "csv")[0]
    #expect(data.labels == ["x", "y"] && data.groups == ["1", "1"] && data.names == ["a", "b"])
    #expect(data.rows == [[0.5, 0.25], [1, 2]] && data.axis.unit == .nanometer)
  }

  @Test(.needsShared("data/spectra-ftir-plastics"))
  func `a real archive of arrays is read with axis and labels`() throws {
    let path = try #require(SharedData.path("data/spectra-ftir-plastics/ftir_plastics.npz"))
    let data = try SpectrumFormatCatalog.read(path)
    #expect(data.rows.count == 1200 && data.axis.count == 1666)
    #expect(data.axis.unit == .reciprocalCentimeter && data.axis.range == 600...3930)
    #expect(Set(data.labels ?? []) == ["0", "1", "2", "3", "4", "5"])
  }

  @Test(
    .needsShared("data"),
    arguments: [
      ("corn-nir/corn_m5", nil, nil, ["moisture", "oil", "protein", "starch"]),
      ("olive-oil-ftir/olive_oil", "label", "sample", []),
      ("tablets-nir/tablets_nir", nil, nil, ["active_pct_ww", "type", "scale"]),
      ("wheat-nit/wheat_protein", nil, nil, ["protein_pct"]), ("ucr-food/Meat", "label", nil, []),
      ("raman-biomolecules/spectra", "label", nil, []),
      ("ecoli-raman/ecoli_raman", "label", nil, []),
    ] as [(String, String?, String?, [String])])
  func `real tables have their roles recognized`(
    name: String, label: String?, group: String?, targets: [String]
  ) throws {
    let path = try #require(SharedData.path("data/spectra-\(name).csv"))
    let roles = try SpectrumFormatCatalog.read(path).roles
    #expect(roles == ColumnRoles(label: label, targets: targets, group: group))
  }
}
