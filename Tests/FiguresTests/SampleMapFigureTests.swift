import ImageData
import SpectralData
import Testing

@testable import Figures

/// Maps of samples, place by place.
struct SampleMapFigureTests {
  private func figure(_ cells: SampleMapFigure.Cells, unit: String? = "µm") throws
    -> SampleMapFigure
  {
    let axis = try SpectralAxis(from: 900, through: 940, count: 5, unit: .reciprocalCentimeter)
    return try SampleMapFigure(
      title: "map", subtitle: "",
      grid: .init(
        rowCount: 2, columnCount: 3, across: (0, 20), down: (10, 0), unit: unit),
      cells: cells, axis: axis,
      panels: [
        .init(
          name: "a", note: "4 spectra", classIndex: 0, spectrum: [0, 1, 2, 1, 0],
          map: [0, -1, 2, 0, 0])
      ], valueLabel: "evidence")
  }

  private func colors(_ figure: SampleMapFigure) -> [[UInt8]] {
    let picture = SampleMapDrawing(figure).picture
    return (0..<6).map { cell in
      let (row, column) = (cell / 3, cell % 3)
      let pixel = picture[(2 * row + 1) * picture.height / 4, (2 * column + 1) * picture.width / 6]
      return [pixel.red, pixel.green, pixel.blue]
    }
  }

  @Test func `every cell has the color of its class`() throws {
    let classes = [0, 1, nil, 1, 1, 0]
    let figure = try figure(.classes(classes, names: ["a", "b"]))
    #expect(
      colors(figure)
        == classes.map { $0.map { SampleMapFigure.color($0).samples } ?? Color(gray: 0.96).samples }
    )
    // The legend counts places, the most first.
    #expect(figure.drawing().texts.contains("b: 3 (60.0 %)"))
  }

  @Test func `values run over the colors of the map`() throws {
    let figure = try figure(.values([1, 3, 2, nil, 1, 3], name: "fat"))
    let (low, high) = (figure.colorMap.table[0], figure.colorMap.table[255])
    let found = colors(figure)
    #expect(found[0] == low && found[1] == high && found[4] == low && found[5] == high)
    #expect(found[3] == Color(gray: 0.96).samples)
  }

  @Test func `the map has the shape of the sample, and is drawn`() throws {
    let box = SampleMapDrawing(try figure(.values([1, 2, 3, 4, 5, 6], name: "fat"))).map
    #expect(abs(box.height / box.width - 2.0 / 3) < 1e-9)
    let drawn = try figure(.classes([0, 1, 0, 1, 0, nil], names: ["a", "b"])).figure()
    #expect(drawn.width == 1520)
    let text = String(
      decoding: try figure(.classes([0, 1, 0, 1, 0, nil], names: ["a", "b"])).scalableGraphic(),
      as: UTF8.self)
    #expect(text.contains("<svg"))
  }

  @Test func `cells that do not fill the grid and values that are no numbers are refused`() {
    #expect(throws: FigureError.self) { try figure(.classes([0, 1], names: ["a", "b"])) }
    #expect(throws: FigureError.self) { try figure(.values([1, .nan, 1, 1, 1, 1], name: "fat")) }
  }
}
