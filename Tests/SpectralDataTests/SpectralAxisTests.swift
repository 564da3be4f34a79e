import Foundation
import SpectralData
import TensorCore
import TestSupport
import Testing

struct SpectralAxisTests {
  @Test func `only infrared wavenumbers are drawn reversed`() {
    #expect(AxisUnit.allCases.filter(\.isDrawnReversed) == [.reciprocalCentimeter])
  }

  @Test func `labels carry the unit`() {
    #expect(
      AxisUnit.allCases.map(\.label) == [
        "Wavenumber (cm⁻¹)", "Raman shift (cm⁻¹)", "Wavelength (nm)", "Wavelength (µm)", "Index",
      ])
  }

  @Test(arguments: [
    [], [1, 1], [1, 2, 1.5], [3, 2, 2.5], [1, .nan], [.infinity], [1, .infinity],
  ])
  func `positions out of order are refused`(positions: [Double]) {
    let error = #expect(throws: SpectrumError.self) {
      try SpectralAxis(positions: positions, unit: .nanometer)
    }
    #expect(error?.code == .invalidAxis)
  }

  @Test func `an axis survives encoding and is checked when decoded`() throws {
    let axis = try SpectralAxis(positions: [3, 2, 1], unit: .ramanShift)
    let data = try JSONEncoder().encode(axis)
    #expect(try JSONDecoder().decode(SpectralAxis.self, from: data) == axis)
    let broken = Data(#"{"positions":[1,1],"unit":"nanometer"}"#.utf8)
    #expect(throws: SpectrumError.self) {
      try JSONDecoder().decode(SpectralAxis.self, from: broken)
    }
  }

  @Test func `a spectrum needs one finite value per position`() throws {
    let axis = try SpectralAxis(positions: [1, 2], unit: .index)
    #expect(throws: SpectrumError.self) { try Spectrum(axis: axis, intensities: [1]) }
    #expect(throws: SpectrumError.self) { try Spectrum(axis: axis, intensities: [1, .nan]) }
    #expect(try Spectrum(axis: axis, intensities: [1, 2], name: "a").name == "a")
  }
}

struct PublishedScalerTests {
  @Test(.needsShared("data/spectra-wheat-nit"))
  func `wheat spectra are prepared with the published column scaler`() throws {
    let scaler = try CSVSpectrumFormat().read(
      #require(SharedData.path("data/spectra-wheat-nit/column_scaler.csv")))
    let wheat = try CSVSpectrumFormat().read(
      #require(SharedData.path("data/spectra-wheat-nit/wheat_protein.csv")))
    let pipeline = FittedPreprocessingPipeline([
      StandardNormalVariate(),
      FittedAutoscaling(
        mean: scaler.rows[0].map(Double.init), scale: scaler.rows[1].map(Double.init)),
    ])
    let split = try #require(wheat.metadata.first { $0.name == "split" }).values
    let rows = try pipeline.apply(to: wheat).rows
    let train = zip(rows, split).filter { $0.1 == "train" }.map(\.0)
    // The scaler was fitted to these spectra, so every column has mean 0 and deviation 1.
    for column in 0..<wheat.axis.count {
      let values = train.map { Double($0[column]) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(abs(mean) < 1e-3 && abs(variance - 1) < 5e-3)
    }
  }
}
