import Figures
import Foundation
import ImageData
import Testing

@testable import EvaluationFigures

/// What stands where in the figures of an evaluation.
struct EvaluationLayoutTests {
  private func overlap(_ a: Canvas.Box, _ b: Canvas.Box) -> Bool {
    a.x < b.right - 1e-9 && b.x < a.right - 1e-9 && a.y < b.bottom - 1e-9
      && b.y < a.bottom - 1e-9
  }

  /// Whether no two boxes overlap, and all lie within a width.
  private func areApart(_ boxes: [Canvas.Box], width: Double, height: Double) -> Bool {
    let areInside = boxes.allSatisfy {
      $0.x >= 12 - 1e-9 && $0.y >= 12 && $0.right <= width - 12 + 1e-9 && $0.bottom <= height
    }
    return areInside
      && boxes.indices.allSatisfy { first in
        boxes.indices.allSatisfy { $0 <= first || !overlap(boxes[first], boxes[$0]) }
      }
  }

  @Test(arguments: [(1, 1), (3, 2), (12, 4)])
  func `rows of differences stand apart, with their numbers beside the plot`(
    methods: Int, layers: Int
  ) throws {
    let drawing = ForestDrawing(try EvaluationFixture.forest(methods: methods, layers: layers))
    #expect(drawing.places.count == (methods + 1) * layers)
    let gaps = zip(drawing.places, drawing.places.dropFirst()).map { $1.y - $0.y }
    #expect(gaps.allSatisfy { $0 >= 16 })
    #expect(drawing.plot.width > 300)
    let texts = drawing.places.map { ForestDrawing.text($0.row) }
    let widest = Canvas.textWidths(texts, size: Canvas.Style.tickSize).max() ?? 0
    #expect(drawing.plot.right + 10 + widest <= drawing.width - 12 + 1e-9)
    #expect(try #require(drawing.places.last).y < drawing.plot.bottom)
  }

  @Test func `differences are told with their sign`() {
    #expect(
      ForestDrawing.text(.init(name: "", difference: 5.44, interval: 4.1...6.72))
        == "+5.44 (4.1 to 6.72)")
    #expect(ForestDrawing.text(.init(name: "", difference: -0.5)) == "−0.5")
  }

  @Test(arguments: [(1, 0), (4, 2), (12, 2)])
  func `badges lie on their curves and apart from each other`(count: Int, controls: Int) throws {
    let figure = try EvaluationFixture.curves(count, controls: controls)
    let drawing = CurveDrawing(figure)
    for (panel, place) in zip(figure.panels, drawing.places) {
      let frame = PlotFrame(
        box: place.plot, horizontal: LinearScale(start: 0, end: 1),
        vertical: LinearScale(start: 0, end: 1))
      let lines = panel.curves.map { frame.line($0.fractions, $0.values) }
      let centers = CurveBadges(lines, in: place.plot).centers
      #expect(centers.count == count + controls)
      for (index, center) in centers.enumerated() {
        let line = lines[index]
        let next = try #require(line.firstIndex { $0.x >= center.x })
        let (a, b) = (line[max(0, next - 1)], line[next])
        let y = b.x > a.x ? a.y + (b.y - a.y) * (center.x - a.x) / (b.x - a.x) : a.y
        #expect(abs(y - center.y) < 1e-6)
        for other in centers[(index + 1)...] {
          let (dx, dy) = (center.x - other.x, center.y - other.y)
          #expect(dx * dx + dy * dy >= CurveBadges.diameter * CurveBadges.diameter)
        }
      }
    }
    let boxes = drawing.places.flatMap { [$0.plot, $0.names] }
    #expect(areApart(boxes, width: drawing.width, height: drawing.height))
  }

  @Test(arguments: [(1, 9), (2, 300), (12, 400)])
  func `dots stand at their values about the middle of their column`(
    methods: Int, inputs: Int
  ) throws {
    let figure = try EvaluationFixture.dots(methods: methods, inputs: inputs)
    let drawing = PairedDotsDrawing(figure)
    let space = drawing.plot.width / Double(methods)
    for (index, (column, dots)) in zip(figure.columns, drawing.dots).enumerated() {
      let left = drawing.plot.x + space * Double(index)
      #expect(dots.map { $0 == nil } == column.values.map { $0 == nil })
      #expect(dots.compactMap(\.self).allSatisfy { $0.x > left && $0.x < left + space })
      // Higher values stand higher.
      let pairs = zip(column.values, dots).compactMap { value, dot in
        value.flatMap { value in dot.map { (value, $0.y) } }
      }.sorted { $0.0 < $1.0 }
      #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.1 >= $1.1 - 1e-9 })
    }
  }

  @Test func `colors of agreement differ in hue and grow with the coefficient`() {
    for sign in [1.0, -1] {
      let luminances = (0...10).map { AgreementDrawing.color(sign * Double($0) / 10).luminance }
      #expect(zip(luminances, luminances.dropFirst()).allSatisfy { $0 > $1 })
    }
    let (for1, against) = (AgreementDrawing.color(1), AgreementDrawing.color(-1))
    #expect(for1.blue > for1.red && against.red > against.blue)
    #expect(AgreementDrawing.color(0) == Color(gray: 1))
  }

  @Test(arguments: [(1, 1), (4, 3), (12, 3)])
  func `pictures and maps of a gallery stand apart`(maps: Int, rows: Int) throws {
    let figure = try EvaluationFixture.gallery(maps: maps, rows: rows)
    let drawing = GalleryDrawing(figure)
    let boxes = drawing.places.flatMap { [$0.picture] + $0.maps }
    #expect(boxes.count == rows * (maps + 1))
    // With the captions above them.
    let cells = boxes.map {
      Canvas.Box(x: $0.x, y: $0.y - 25, width: $0.width, height: $0.height + 25)
    }
    #expect(areApart(cells, width: drawing.width, height: drawing.height))
    #expect(boxes.allSatisfy { abs($0.height / $0.width - 40.0 / 48) < 1e-9 })
  }

  @Test func `the outline of what is known is drawn on the picture and on each map`() throws {
    let gallery = try EvaluationFixture.gallery(maps: 2, rows: 3)
    let (drawing, picture) = (GalleryDrawing(gallery), try gallery.figure())
    for (index, place) in drawing.places.enumerated() {
      for box in [place.picture] + place.maps {
        // The left edge of the object: column 12 of 48, in the middle of its rows.
        let row = Int(2 * (box.y + box.height * 0.45))
        let column = 2 * (box.x + box.width * 12 / 48)
        let green = (Int(column) - 4...Int(column) + 4).map { picture[row, $0].green }
        let isDrawn = (green.min() ?? 0) < 70 && (green.max() ?? 0) > 180
        #expect(isDrawn == (index != 2))
      }
    }
  }
}
