import Foundation
import SpectralData
import TensorCore
import Testing

private func read(_ bytes: [UInt8]) throws -> [SpectralDataset] {
  try SampleFiles.read(bytes, "spc")
}

struct SPCTests {
  @Test(arguments: [0x4B, 0x4C, 0x4D] as [UInt8])
  func `floating-point ordinates are read in every version`(version: UInt8) throws {
    let data = try read(SPCBytes(version: version).bytes)
    #expect(data.count == 1 && data[0].rows == [[1, 2, -3, 4.5]])
    #expect(data[0].axis.positions == [10, 12, 14, 16])
    #expect(data[0].axis.unit == .reciprocalCentimeter)
  }

  @Test(arguments: [0x4B, 0x4C, 0x4D] as [UInt8], [16, 32])
  func `whole ordinates are fractions of a power of two`(version: UInt8, bits: Int) throws {
    let file = SPCBytes(version: version, ordinates: .whole(bits: bits, exponent: 4))
    #expect(try read(file.bytes)[0].rows == [[1, 2, -3, 4.5]])
  }

  @Test(arguments: [0x4B, 0x4C, 0x4D] as [UInt8])
  func `several spectra on one axis stay together`(version: UInt8) throws {
    let file = SPCBytes(
      version: version, ordinates: .whole(bits: 32, exponent: 6),
      rows: [[1, 2, 3], [-1, -2, -3], [0, 0.5, 30]], isMultiple: true)
    let data = try read(file.bytes)
    #expect(data.count == 1)
    #expect(data[0].rows == [[1, 2, 3], [-1, -2, -3], [0, 0.5, 30]])
    #expect(data[0].provenance?.map(\.record) == [1, 2, 3])
    #expect(data[0][column: "z"]?.values == ["0", "0.5", "1"])
    #expect(data[0].targets.isEmpty)
  }

  @Test func `stored positions are used, once or for each spectrum`() throws {
    let shared = SPCBytes(rows: [[1, 2, 3]], positions: [[5, 4, 1]], unit: 13)
    let data = try read(shared.bytes)
    #expect(data[0].axis == (try SpectralAxis(positions: [5, 4, 1], unit: .ramanShift)))
    let own = SPCBytes(
      version: 0x4C, rows: [[1, 2, 3], [4, 5], [6, 7, 8]],
      positions: [[1, 2, 3], [7, 9], [1, 2, 3]], hasOwnPositions: true, isMultiple: true, unit: 3)
    let parts = try read(own.bytes)
    #expect(parts.map(\.rows) == [[[1, 2, 3], [6, 7, 8]], [[4, 5]]])
    #expect(parts.map(\.axis.positions) == [[1, 2, 3], [7, 9]])
    #expect(parts[0].axis.unit == .nanometer)
  }

  @Test func `what the header says is kept`() throws {
    let fields = try read(SPCBytes().bytes)[0].provenance?[0].fields
    #expect(fields == ["COMMENT": "Note", "DATE": "2024-07-09"])
  }

  @Test(arguments: [
    (4, [0xFF, 0xFF, 0xFF, 0x7F] as [UInt8], "claims 2147483647 points"),
    (4, [0xFF, 0xFF, 0x03, 0x00], "needs"), (4, [0, 0, 0, 0], "claims 0 points"),
    (24, [0xFF, 0xFF, 0xFF, 0xFF], "spectra"), (24, [3, 0, 0, 0], "needs"), (3, [0x81], "exponent"),
    (16, [0, 0, 0, 0, 0, 0, 0xF8, 0x7F], "between"),
  ])
  func `impossible counts are refused`(offset: Int, values: [UInt8], text: String) {
    var bytes = SPCBytes(ordinates: .whole(bits: 32, exponent: 3)).bytes
    bytes.replaceSubrange(offset..<offset + values.count, with: values)
    let error = #expect(throws: SpectrumError.self) { try read(bytes) }
    #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
  }
}
