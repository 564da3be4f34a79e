import Foundation
import ImageData
import SpectralData
import Testing

@testable import Figures

#if canImport(FoundationXML)
import FoundationXML
#endif

struct SpectrumFigureTests {
  private static let positions = (0..<300).map { 900 + 3 * Double($0) }

  /// One band at 1200 with positive relevance and one at 1500 with negative.
  private func figure(
    unit: AxisUnit, scale: MapScale = .signed, title: String = "a < b & c", zero: Bool = false
  ) throws -> SpectrumFigure {
    func band(_ center: Double) -> [Float] {
      Self.positions.map { Float(exp(-pow(($0 - center) / 20, 2))) }
    }
    let (low, high) = (band(1200), band(1500))
    let axis = try SpectralAxis(positions: Self.positions, unit: unit)
    let spectrum = try Spectrum(axis: axis, intensities: zip(low, high).map { $0 + 0.5 * $1 })
    let map = zip(low, high).map { zero ? 0 : 0.02 * $0 - 0.01 * $1 }
    return try SpectrumFigure(
      spectrum: spectrum, map: map, scale: scale, title: title, subtitle: "Grad-CAM")
  }

  /// The mean column, as a fraction of the plot's width, of pixels that a test picks.
  private func meanPlace(
    _ picture: Picture, where isPicked: (Int, Int, Int) -> Bool
  ) -> Double {
    var columns: [Double] = []
    for row in 110..<600 {
      for column in 140..<1285 {
        let pixel = picture[row, column]
        if isPicked(Int(pixel.red), Int(pixel.green), Int(pixel.blue)) {
          columns.append((Double(column) - 132) / 1160)
        }
      }
    }
    return columns.reduce(0, +) / Double(columns.count)
  }

  @Test(arguments: AxisUnit.allCases)
  func `only infrared spectra are drawn with falling positions`(unit: AxisUnit) throws {
    let picture = try figure(unit: unit).figure()
    let place = meanPlace(picture) { $0 > 180 && $1 < 60 && $2 < 80 }
    let expected = (1200.0 - 900) / 897
    #expect(abs(place - (unit == .reciprocalCentimeter ? 1 - expected : expected)) < 0.02)
  }

  @Test func `positive evidence is red and negative blue`() throws {
    let picture = try figure(unit: .ramanShift).figure()
    let blue = meanPlace(picture) { $2 > 180 && $0 < 160 && $2 - $0 > 60 }
    #expect(abs(blue - (1500 - 900) / 897) < 0.02)
  }

  @Test(arguments: AxisUnit.allCases)
  func `the vector graphic is well-formed and names axis and title`(unit: AxisUnit) throws {
    let bytes = try figure(unit: unit, title: "a < b & c\u{1}").scalableGraphic()
    #expect(XMLParser(data: Data(bytes)).parse())
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(unit.label))
    #expect(text.contains("<title>a &lt; b &amp; c </title>"))
  }

  @Test func `equal input gives equal bytes`() throws {
    let first = try figure(unit: .nanometer)
    let second = try figure(unit: .nanometer)
    #expect(try first.scalableGraphic() == second.scalableGraphic())
    #expect(try first.figure().pngBytes() == second.figure().pngBytes())
  }

  @Test(arguments: MapScale.allCases)
  func `a map of zeros is drawn with a note and without a color bar`(scale: MapScale) throws {
    let picture = try figure(unit: .index, scale: scale, zero: true).figure()
    let bar = (110..<600).map { picture[$0, 1340].red }
    #expect(bar.allSatisfy { $0 == 255 })
    let note = (624..<700).flatMap { row in (600..<860).map { picture[row, $0].red } }
    #expect(note.contains { $0 < 80 })
  }

  @Test func `single points, flat and huge spectra are drawn`() throws {
    for intensities: [Float] in [[3], [2, 2], [-1e30, 1e30], [1e-30, 2e-30]] {
      let axis = try SpectralAxis(
        positions: intensities.indices.map { Double($0) }, unit: .index)
      let figure = try SpectrumFigure(
        spectrum: Spectrum(axis: axis, intensities: intensities), map: intensities, title: "")
      #expect(try figure.figure().width == 1520)
      #expect(try XMLParser(data: Data(figure.scalableGraphic())).parse())
    }
  }

  @Test func `maps that do not fit are refused`() throws {
    let spectrum = try figure(unit: .index).spectrum
    let short = #expect(throws: FigureError.self) {
      try SpectrumFigure(spectrum: spectrum, map: [1, 2], title: "")
    }
    #expect(short?.code == .shapeMismatch)
    var map = [Float](repeating: 0, count: 300)
    map[7] = .nan
    let broken = #expect(throws: FigureError.self) {
      try SpectrumFigure(spectrum: spectrum, map: map, title: "")
    }
    #expect(broken?.code == .notFinite)
  }
}
