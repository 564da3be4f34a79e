import Foundation
import ImageData
import SpectralData
import TensorCore
import Testing

@testable import Figures

#if canImport(FoundationXML)
import FoundationXML
#endif

struct ComparisonFigureTests {
  private static let picture = Picture(
    width: 8, height: 4, pixels: [UInt8](repeating: 100, count: 96))

  private static func spectrum(_ unit: AxisUnit = .reciprocalCentimeter) throws -> Spectrum {
    let axis = try SpectralAxis(positions: (0..<50).map { 600 + 60 * Double($0) }, unit: unit)
    return try Spectrum(axis: axis, intensities: (0..<50).map { Float($0 % 7) })
  }

  /// Every method at every row for every target; the values of a cell are `value(method, row)`
  /// everywhere but at the first position, where they are a quarter of it.
  private static func figure(
    _ subject: ComparisonFigure.Subject = .picture(picture), targets: Int = 1, methods: Int = 2,
    rows: Int = 2, name: String = "layer", division: ComparisonFigure.Division = .cell,
    value: (Int, Int) -> Float = { _, _ in 1 }
  ) throws -> ComparisonFigure {
    let shape: Shape =
      if case .spectrum(let spectrum) = subject { [spectrum.axis.count] } else { [4, 8] }
    var cells: [ComparisonFigure.Cell] = []
    for target in 0..<targets {
      for method in 0..<methods {
        for row in 0..<rows {
          var map = Tensor(shape: shape, repeating: value(method, row))
          let first = map.shape.extents.map { _ in 0 }
          if first.count == 2 { map[0, 0] /= 4 } else { map[0] /= 4 }
          cells.append(
            ComparisonFigure.Cell(
              target: target, method: method, row: row, values: map.elements
            ) { [map] in map })
        }
      }
    }
    return try ComparisonFigure(
      subject: subject, title: "tiger cat \u{2014} 34.2 %", subtitle: "network \u{B7} cat.png",
      targets: (0..<targets).map { "a target with a long name \($0)" },
      methods: (0..<methods).map { "Relevance-CAM of kind \($0)" },
      rows: (0..<rows).map { .init(name: "\(name)\($0)", detail: "112 × 112") }, cells: cells,
      division: division)
  }

  /// How far two boxes overlap, in points.
  private func overlap(_ a: Canvas.Box, _ b: Canvas.Box) -> Double {
    min(min(a.right, b.right) - max(a.x, b.x), min(a.bottom, b.bottom) - max(a.y, b.y))
  }

  static let sizes = [
    (1, 1, 1), (1, 3, 5), (2, 4, 5), (3, 1, 2), (1, 10, 4), (2, 10, 3), (1, 4, 97), (1, 18, 2),
    (5, 3, 2),
  ]

  @Test(arguments: sizes, [true, false])
  func `nothing overlaps and nothing leaves the figure`(
    size: (targets: Int, methods: Int, rows: Int), isPicture: Bool
  ) throws {
    let subject: ComparisonFigure.Subject =
      isPicture ? .picture(Self.picture) : .spectrum(try Self.spectrum())
    let layout = try Self.figure(
      subject, targets: size.targets, methods: size.methods, rows: size.rows,
      name: "/features/_blocks.11/a_rather_long_name/depthwise_conv/Clip_"
    ).layout()
    let boxes =
      layout.labels.map { ($0.text, $0.box) } + layout.panels.map { ("cell", $0) }
      + layout.bars.map { ("bar", $0) } + [("input", layout.input)]
    #expect(layout.panels.count == size.targets * size.methods * size.rows)
    for (index, (text, box)) in boxes.enumerated() {
      #expect(
        box.x >= 0 && box.y >= 0 && box.right <= layout.width && box.bottom <= layout.height,
        "\(text)")
      for (other, second) in boxes.dropFirst(index + 1) {
        #expect(overlap(box, second) <= 0.01, "\(text) and \(other)")
      }
    }
    // What the drawing library can make at two pixels per point.
    #expect(2 * max(layout.width, layout.height) < 32_767)
  }

  @Test func `eighteen columns stand in three bands, without rows that have no cell there`() throws
  {
    let map = Tensor(shape: [4, 8], repeating: 1)
    // Only the last method looks at the input.
    let cells = (0..<18).map { method in
      ComparisonFigure.Cell(
        target: 0, method: method, row: method == 17 ? 0 : 1, values: map.elements
      ) { map }
    }
    let layout = try ComparisonFigure(
      subject: .picture(Self.picture), title: "", targets: ["a"],
      methods: (0..<18).map { "method \($0)" },
      rows: [.init(name: "input", detail: "4 × 8"), .init(name: "layer", detail: "2 × 4")],
      cells: cells
    ).layout()
    #expect(Set(layout.panels.prefix(17).map(\.y)).count == 3)
    #expect(layout.labels.count { $0.text == "input" } == 1)
    #expect(layout.labels.count { $0.text == "layer" } == 3)
    for column in 0..<6 { #expect(layout.panels[column].x == layout.panels[column + 6].x) }
  }

  @Test func `texts are no wider than their boxes`() throws {
    let layout = try Self.figure(targets: 2, methods: 3, rows: 2, name: "/a/long/name/").layout()
    _ = try Canvas.picture(width: 1, height: 1, scale: 2) { canvas in
      for label in layout.labels {
        let width = canvas.textWidth(label.text, size: label.size, isBold: label.isBold)
        #expect(width <= label.box.width + 0.01, "\(label.text)")
      }
    }
  }

  @Test func `ten spectra across fit a sheet`() throws {
    let layout = try Self.figure(.spectrum(Self.spectrum()), methods: 10, rows: 3).layout()
    #expect(layout.width <= 843 && layout.panels.allSatisfy { $0.width >= 60 })
  }

  @Test func `the end of a long name is kept`() throws {
    let layout = try Self.figure(
      name: String(repeating: "stem/another/and_another/and_one_more/blocks/", count: 3) + "unit"
    ).layout()
    let texts = layout.labels.map(\.text)
    #expect(texts.contains { $0.hasSuffix("unit1") })
    #expect(texts.contains { $0.hasPrefix("…") })
  }

  /// The color of the middle of a cell.
  private func color(
    _ figure: ComparisonFigure, _ cell: Int
  ) throws -> (red: UInt8, green: UInt8, blue: UInt8) {
    let box = try figure.layout().panels[cell]
    let picture = try figure.figure()
    return picture[Int(2 * box.y + box.height), Int(2 * box.x + box.width)]
  }

  private func expected(_ value: Double, _ colorMap: ColorMap = .turbo) -> [Double] {
    colorMap.color(value).samples.map { Double($0) / 2 + 50 }
  }

  private func expectColor(
    _ color: (red: UInt8, green: UInt8, blue: UInt8), _ expected: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let parts = [color.red, color.green, color.blue].map(Double.init)
    // One step for rounding twice, and the 256 steps of the table.
    #expect(
      zip(parts, expected).allSatisfy { abs($0 - $1) <= 2 }, "\(parts) \(expected)",
      sourceLocation: sourceLocation)
  }

  @Test func `a map has its own scale or that of its method`() throws {
    let value = { (method: Int, row: Int) -> Float in method == 0 ? [4, 2][row] : [100, 300][row] }
    let own = try Self.figure(value: value)
    for cell in 0..<4 { expectColor(try color(own, cell), expected(1)) }
    let shared = try Self.figure(division: .shared, value: value)
    for (cell, share) in [1, 0.5, 1 / 3.0, 1].enumerated() {
      expectColor(try color(shared, cell), expected(share))
    }
  }

  @Test func `one signed map makes its method signed and no other`() throws {
    let figure = try Self.figure { method, row in
      method == 0 ? 1 : row == 0 ? 1 : -1
    }
    expectColor(try color(figure, 0), expected(1))
    expectColor(try color(figure, 2), expected(1, .redWhiteBlue))
    #expect(figure.scales == [.positive, .signed])
    #expect(try figure.layout().bars.count == 2)
  }

  @Test func `a map without anything above zero is words on gray`() throws {
    let figure = try Self.figure { method, row in method == 0 && row == 1 ? 0 : -Float(method) + 0.5
    }
    let layout = try figure.layout()
    let picture = try figure.figure()
    for (cell, isEmpty) in [false, true, true, true].enumerated() {
      let box = layout.panels[cell]
      let corner = picture[Int(2 * box.bottom) - 8, Int(2 * box.x) + 8]
      let isGray = corner.red > 235 && corner.red == corner.green && corner.red == corner.blue
      #expect(isGray == isEmpty, "\(cell)")
      let hasWords = (Int(2 * box.x) + 8..<Int(2 * box.right) - 8).contains {
        picture[Int(2 * box.y + box.height), $0].red < 160
      }
      #expect(hasWords || !isEmpty)
    }
    // Only the first map has a magnitude above it.
    #expect(layout.labels.count { $0.text == "0.5" && $0.size < 8 } == 1)
  }

  @Test(arguments: ComparisonFigure.Division.allCases)
  func `the figure says how maps are scaled`(division: ComparisonFigure.Division) throws {
    let figure = try Self.figure(division: division)
    let texts = try figure.layout().labels.map(\.text).joined(separator: " ")
    #expect(texts.contains(figure.statement) && texts.contains("divided by"))
  }

  @Test func `equal input gives equal bytes`() throws {
    let spectrum = try Self.spectrum()
    let first = try Self.figure(.spectrum(spectrum))
    let second = try Self.figure(.spectrum(spectrum))
    #expect(try first.scalableGraphic() == second.scalableGraphic())
    #expect(try first.figure().pngBytes() == second.figure().pngBytes())
  }

  @Test(arguments: AxisUnit.allCases)
  func `the vector graphic is well-formed and names axis and rows`(unit: AxisUnit) throws {
    let bytes = try Self.figure(.spectrum(Self.spectrum(unit))).scalableGraphic()
    #expect(XMLParser(data: Data(bytes)).parse())
    #expect(String(decoding: bytes, as: UTF8.self).contains("layer1 (112 × 112)"))
  }

  @Test func `numbers that are not finite and too many rows are refused`() {
    let broken = #expect(throws: FigureError.self) { try Self.figure { _, _ in .nan } }
    #expect(broken?.code == .notFinite)
    let large = #expect(throws: FigureError.self) { try Self.figure(methods: 1, rows: 201) }
    #expect(large?.code == .tooLarge && large?.description.contains("200 rows") == true)
  }
}
