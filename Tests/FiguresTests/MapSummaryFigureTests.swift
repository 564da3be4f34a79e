import Foundation
import ImageData
import SpectralData
import Testing

@testable import Figures

#if canImport(FoundationXML)
import FoundationXML
#endif

struct MapSummaryFigureTests {
  private static let points = 60

  /// Maps that are 1 at one point and 0, or a little less, elsewhere.
  private func group(
    _ name: String, peak: Int, count: Int, floor: Float = 0
  ) -> MapSummaryFigure.Group {
    let map = (0..<Self.points).map { $0 == peak ? 1 : floor }
    return MapSummaryFigure.Group(
      name: name, detail: "\(count) spectra",
      meanSpectrum: (0..<Self.points).map { Float($0 % 7) }, meanMap: map,
      deviation: Array(repeating: 0.1, count: Self.points),
      maps: Array(repeating: map, count: count))
  }

  private func axis(
    _ unit: AxisUnit = .nanometer, falls: Bool = false
  ) throws -> SpectralAxis {
    let positions = (0..<Self.points).map { 900 + 2 * Double($0) }
    return try SpectralAxis(positions: falls ? positions.reversed() : positions, unit: unit)
  }

  /// The mean column, as a fraction of the width, of the strongest color in a picture of maps.
  private func peakPlace(_ figure: MapSummaryFigure, _ group: Int) -> Double {
    let picture = HeatImage(figure: figure, maps: figure.groups[group].maps).picture(height: 20)
    let strong = figure.colorMap.color(1).samples
    let columns = (0..<picture.width).filter { column in
      let pixel = picture[20, column]
      return pixel.red == strong[0] && pixel.green == strong[1] && pixel.blue == strong[2]
    }
    return Double(columns.reduce(0, +)) / Double(max(1, columns.count)) / Double(picture.width)
  }

  @Test(arguments: [AxisUnit.nanometer, .reciprocalCentimeter], [false, true])
  func `the picture of all maps runs along the axis`(unit: AxisUnit, falls: Bool) throws {
    let figure = try MapSummaryFigure(
      axis: axis(unit, falls: falls),
      groups: [group("a", peak: 10, count: 3), group("b", peak: 45, count: 3)], title: "")
    for (index, peak) in [10, 45].enumerated() {
      let share = Double(peak) / Double(Self.points - 1)
      let isMirrored = falls != (unit == .reciprocalCentimeter)
      #expect(abs(peakPlace(figure, index) - (isMirrored ? 1 - share : share)) < 0.02)
    }
  }

  @Test func `more maps than pixels are averaged, and no map is left out`() throws {
    let strong = group("a", peak: 5, count: 1).maps[0]
    let weak = [Float](repeating: 0, count: Self.points)
    let maps = (0..<80).map { $0 % 2 == 0 ? strong : weak }
    let figure = try MapSummaryFigure(
      axis: axis(),
      groups: [
        MapSummaryFigure.Group(
          name: "a", detail: "", meanSpectrum: strong, meanMap: strong, deviation: weak, maps: maps)
      ], title: "")
    let picture = HeatImage(figure: figure, maps: maps).picture(height: 10)
    let half = figure.colorMap.table[128]
    let column = picture.width * 5 / (Self.points - 1)
    for row in 0..<20 {
      let pixel = picture[row, column]
      #expect([pixel.red, pixel.green, pixel.blue] == half)
    }
  }

  @Test func `the vector graphic is well-formed and names groups and axis`() throws {
    let figure = try MapSummaryFigure(
      axis: axis(), groups: [group("a < b", peak: 3, count: 2, floor: -0.5)], title: "Mean maps")
    #expect(figure.scale == .signed)
    let bytes = try figure.scalableGraphic()
    #expect(XMLParser(data: Data(bytes)).parse())
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("<title>Mean maps</title>"))
    #expect(text.contains("Wavelength (nm)") && text.contains("a &lt; b: 2 spectra"))
    let name = try #require(text.firstMatch(of: /<image id="(f[0-9a-z]+-picture0)"/)).1
    #expect(text.contains("href=\"#\(name)\""))
    #expect(try figure.scalableGraphic() == bytes)
  }

  @Test func `many groups, maps of zeros and single points are drawn`() throws {
    let many = (0..<12).map { group("class \($0)", peak: $0, count: $0 + 1) }
    let figure = try MapSummaryFigure(axis: axis(), groups: many, title: "")
    #expect(figure.panels.map(\.group.name) == (4..<12).map { "class \($0)" })
    #expect(try figure.figure().width == 1520)
    let one = MapSummaryFigure.Group(
      name: "", detail: "", meanSpectrum: [1], meanMap: [0], deviation: [0], maps: [[0]])
    let point = try MapSummaryFigure(
      axis: SpectralAxis(positions: [3], unit: .index), groups: [one], title: "")
    #expect(try point.figure().width == 1520)
  }

  @Test func `maps that do not fit are refused`() throws {
    let short = #expect(throws: FigureError.self) {
      try MapSummaryFigure(
        axis: SpectralAxis(indexCount: 3), groups: [group("a", peak: 0, count: 1)], title: "")
    }
    #expect(short?.code == .shapeMismatch)
    let broken = #expect(throws: FigureError.self) {
      try MapSummaryFigure(
        axis: axis(), groups: [group("a", peak: 0, count: 1, floor: .nan)], title: "")
    }
    #expect(broken?.code == .notFinite)
    let none = #expect(throws: FigureError.self) {
      try MapSummaryFigure(axis: axis(), groups: [], title: "")
    }
    #expect(none?.code == .shapeMismatch)
  }
}
