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
}
