import Foundation
import SpectralData
import TensorCore
import Testing

struct OrdinateTests {
  private func dataset(_ unit: String, _ rows: [[Float]]) throws -> SpectralDataset {
    try SpectralDataset(
      axis: SpectralAxis(indexCount: rows[0].count), rows: rows,
      provenance: rows.map { _ in SpectrumProvenance(fields: ["YUNITS": unit]) })
  }

  @Test(arguments: [
    ("ABSORBANCE", Ordinate.absorbance), ("Absorbance units", .absorbance),
    ("log(1/R)", .logReflectance), ("TRANSMITTANCE", .transmittance), ("%T", .percentTransmittance),
    ("Transmittance [%]", .percentTransmittance), ("Transmission", .transmittance),
    ("Reflectance", .reflectance), ("% Reflectance", .percentReflectance),
    ("KUBELKA-MUNK", .kubelkaMunk), ("Raman intensity", .intensity), ("Counts", .counts),
  ])
  func `units are recognized as files write them`(text: String, unit: Ordinate) {
    #expect(Ordinate(named: text) == unit)
  }

  @Test(arguments: Ordinate.allCases)
  func `units are recognized by their own names`(unit: Ordinate) {
    #expect(Ordinate(named: unit.rawValue) == unit)
  }

  @Test(arguments: ["", "sample 1", "HDPE"])
  func `other texts name no unit`(text: String) {
    #expect(Ordinate(named: text) == nil)
  }

  // A = −log₁₀ T: 1, 0.1 and 0.01 of the light pass.
  @Test func `absorbance and transmittance are converted both ways`() throws {
    let share = try dataset("Transmittance", [[1, 0.1, 0.01]])
    #expect(share.ordinates == [.transmittance])
    let absorbance = try share.converted(to: .absorbance)
    #expect(absorbance.rows[0] == [0, 1, 2] && absorbance.ordinate == .absorbance)
    let percent = try absorbance.converted(to: .percentTransmittance)
    #expect(zip(percent.rows[0], [100, 10, 1]).allSatisfy { abs($0 - $1) < 1e-4 })
    let unsaid = try dataset("Transmittance", [[100, 10, 1]])
    #expect(unsaid.ordinates == [.percentTransmittance])
    #expect(try unsaid.converted(to: .absorbance).rows == absorbance.rows)
  }

  @Test func `what has no counterpart is refused`() throws {
    let dark = try dataset("%T", [[90, 0, 50]])
    #expect(throws: SpectrumError.self) { try dark.converted(to: .absorbance) }
    let reflectance = try dataset("Reflectance", [[0.5, 0.5]])
    #expect(throws: SpectrumError.self) { try reflectance.converted(to: .absorbance) }
    #expect(throws: SpectrumError.self) {
      try dataset("Counts", [[3, 4]]).converted(to: .absorbance)
    }
  }

  @Test func `values that have two names stay, arbitrary units say nothing`() throws {
    let near = try dataset("log(1/R)", [[0.5, 0.25]])
    #expect(try near.converted(to: .absorbance).rows == near.rows)
    let reflectance = try dataset("%R", [[100, 10]])
    #expect(try reflectance.converted(to: .logReflectance).rows[0] == [0, 1])
    #expect(try dataset("ARBITRARY UNITS", [[1, 2]]).ordinates == [nil])
  }

  @Test func `a header says what two columns hold`() throws {
    let text = "Wavenumber (cm-1),%T\n4000,50\n3000,100\n"
    let data = try SampleFiles.read(Array(text.utf8), "csv")[0]
    #expect(data.ordinate == .percentTransmittance)
  }
}
