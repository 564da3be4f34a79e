import Foundation
import SpectralData
import TensorCore
import Testing

struct InstrumentBytesTests {
  @Test func `the result of an OPUS file is read, reports and interferograms are not`() throws {
    let data = try SampleFiles.read(InstrumentBytes.opus(), "0")[0]
    #expect(data.axis.positions == [4000, 3000, 2000] && data.rows == [[0.5, 1, 0.25]])
    #expect(data.axis.unit == .reciprocalCentimeter && data.ordinate == .absorbance)
    let beam = try SampleFiles.read(InstrumentBytes.opus(type: 0x407), "0")[0]
    #expect(beam.ordinate == .singleBeam)
    let error = #expect(throws: SpectrumError.self) {
      try SampleFiles.read(InstrumentBytes.opus(type: 0x807), "0")
    }
    #expect(error?.code == .unsupportedFile && error?.description.contains("interferogram") == true)
  }

  @Test func `of a stopped WDF map what was measured is read, with its places`() throws {
    let data = try SampleFiles.read(InstrumentBytes.wdf(), "wdf")[0]
    #expect(data.rows == [[1, 2, 3, 4], [5, 6, 7, 8]] && data.axis.unit == .ramanShift)
    #expect(data[column: "map x"]?.values == ["-1", "2.5"] && data.ordinate == .counts)
    #expect(data.notes == ["the measurement was stopped: 2 of 3 spectra are there"])
    #expect(data.roles == ColumnRoles())
    for count in [0, 1 << 40, -1] {
      let error = #expect(throws: SpectrumError.self) {
        try SampleFiles.read(InstrumentBytes.wdf(count: count), "wdf")
      }
      #expect(error?.code == .malformedFile)
    }
  }

  @Test(arguments: [(16, Ordinate.percentTransmittance), (17, .absorbance), (12, .logReflectance)])
  func `OMNIC files name their ordinate`(code: Int, ordinate: Ordinate) throws {
    let data = try SampleFiles.read(InstrumentBytes.omnic(ordinate: code), "spa")[0]
    #expect(data.rows == [[0.5, 1, 0.25]] && data.names == ["film"] && data.ordinate == ordinate)
    #expect(data.axis.positions == [4000, 3000, 2000])
    #expect(throws: SpectrumError.self) {
      try SampleFiles.read(InstrumentBytes.omnic(positions: 2), "spa")
    }
  }

  @Test func `PerkinElmer files name unit and ordinate, maps are refused`() throws {
    let data = try SampleFiles.read(InstrumentBytes.perkinElmer(), "sp")[0]
    #expect(data.axis.positions == [4000, 3000, 2000] && data.rows == [[90, 95, 99.5]])
    #expect(data.axis.unit == .reciprocalCentimeter && data.ordinate == .percentTransmittance)
    #expect(data.names == ["film"])
    let error = #expect(throws: SpectrumError.self) {
      try SampleFiles.read(InstrumentBytes.perkinElmer(kind: "4D constant interval"), "fsm")
    }
    #expect(error?.code == .unsupportedFile)
  }

  @Test func `matrices of MATLAB are read with their axis and classes`() throws {
    let data = try SampleFiles.read(InstrumentBytes.matlab5(), "mat")[0]
    #expect(
      data.axis.positions == [400, 402, 404, 408] && data.rows == [[1, 2, 3, 4], [5, 6, 7, 8]])
    #expect(data.axis.unit == .reciprocalCentimeter && data.labels == ["HDPE", "PET"])
    let old = try SampleFiles.read(InstrumentBytes.matlab4(), "mat")[0]
    let positions: [Double] = [200, 202, 204, 206, 208, 210, 212, 214]
    #expect(old.axis.positions == positions && old.axis.unit == .index)
    #expect(old.rows == [[0, 1, 2, 3, 4, 5, 6, 7], [0, 2, 4, 6, 8, 10, 12, 14]])
    #expect(old.notes == ["the first column of A holds the positions"])
  }

  @Test func `the sheet that is a table is read, with dates and without empty columns`() throws {
    let data = try SampleFiles.read(InstrumentBytes.workbook(), "xlsx")[0]
    #expect(data.axis.positions == [850, 852.5, 854] && data.rows == [[1, 0.25, 3], [4, 5, 6]])
    #expect(data[column: "sample"]?.values == ["abc", "abc"])
    #expect(data[column: "measured"]?.values == ["2024-01-01", "2024-02-29"])
    #expect(data.roles.targets.isEmpty && data.notes.count == 2)
  }

  @Test func `texts of instruments are read without what stands around the numbers`() throws {
    let data = try SampleFiles.read(Array(InstrumentBytes.ocean.utf8), "txt")[0]
    #expect(data.axis.positions == [178.23, 178.61, 178.99, 179.37])
    #expect(data.rows == [[401.5, -1746.25, 0.5, 2]] && data.axis.unit == .nanometer)
    let series = try SampleFiles.read(Array(InstrumentBytes.lines.utf8), "txt")[0]
    #expect(series.axis.positions == [100, 102, 104, 107])
    #expect(series.rows == [[1, 2, 3, 4], [5, 6, 7, 8]])
    #expect(series[column: "time s"]?.values == ["0", "2.5"])
  }

  @Test func `columns are chosen by their names, or listed`() throws {
    let text = """
      File Version;BWRam
      operator;x
      Pixel;Wavelength;Raman Shift;Dark;Raw data #1;Dark Subtracted #1;Absorbance #1;
      0;784,9;  ;1;2;1;0;
      1;785,0;0,5;1;5;4;0;
      2;785,1;1,5;1;7;6;0;
      3;785,2;2,5;1;9;8;0;

      """
    let data = try SampleFiles.read(Array(text.utf8), "txt")[0]
    #expect(data.axis.positions == [0.5, 1.5, 2.5] && data.axis.unit == .ramanShift)
    #expect(data.rows == [[4, 6, 8]] && data.notes.count == 2)
    let parts = text.replacing("Dark Subtracted", with: "Scope").replacing(
      "Absorbance", with: "Ref")
    let error = #expect(throws: SpectrumError.self) {
      try SampleFiles.read(Array(parts.utf8), "txt")
    }
    #expect(error?.description.contains("\"Scope #1\", \"Ref #1\"") == true)
  }

  @Test func `an ENVI cube is found from either file`() throws {
    let header = """
      ENVI
      samples = 2
      lines = 1
      bands = 3
      data type = 2
      interleave = bil
      byte order = 1
      wavelength units = Nanometers
      wavelength = {400.5,
       410, 420}
      """
    let cube: [UInt8] = [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 255, 255]
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (text, raw) = (folder.appending(path: "a.hdr"), folder.appending(path: "a.img"))
    try Data(header.utf8).write(to: text)
    let alone = #expect(throws: SpectrumError.self) {
      try SpectrumFormatCatalog.readAll(text.path())
    }
    #expect(alone?.description.contains("img") == true)
    try Data(cube).write(to: raw)
    for url in [text, raw] {
      let data = try SpectrumFormatCatalog.readAll(url.path())[0]
      #expect(data.axis.positions == [400.5, 410, 420] && data.rows == [[1, 3, 5], [2, 4, -1]])
      #expect(data.axis.unit == .nanometer && data[column: "map x"]?.values == ["0", "1"])
    }
    try Data(cube.dropLast()).write(to: raw)
    let short = #expect(throws: SpectrumError.self) {
      try SpectrumFormatCatalog.readAll(raw.path())
    }
    #expect(short?.code == .malformedFile)
  }
}
