import Figures
import Foundation
import ImageData
import SpectralData
import Testing

@testable import StudyFigures

/// What is seen where in the figures of a study.
struct StudyPixelTests {
  private func place(
    _ picture: Picture, _ box: Canvas.Box, where isPicked: (Int, Int, Int) -> Bool
  ) -> Double? {
    picture.meanPlace(
      x: box.x, y: box.y, width: box.width, height: box.height, where: isPicked)
  }

  private func isRed(_ red: Int, _ green: Int, _ blue: Int) -> Bool {
    red > 180 && green < 90 && blue < 100
  }

  private func isBlue(_ red: Int, _ green: Int, _ blue: Int) -> Bool {
    blue > 180 && red < 90 && green < 120
  }

  /// Where a position lies on the fixture's axis, 0…1 from the left.
  private func share(_ position: Double, _ unit: AxisUnit) -> Double {
    let share = (position - 900) / 897
    return unit.isDrawnReversed ? 1 - share : share
  }

  @Test(arguments: AxisUnit.allCases)
  func `maps are red where positive and blue where negative on either axis`(
    unit: AxisUnit
  ) throws {
    let axis = try StudyFixture.axis(unit)
    let figure = try ClassMapsFigure(
      axis: axis,
      panels: [.init(name: "", spectrum: StudyFixture.peak(1000), map: StudyFixture.map)],
      title: "")
    let strip = try #require(ClassMapsDrawing(figure).places.first).strip
    let evidence = try EvidenceFigure(
      axis: axis, panels: [.init(title: "", values: StudyFixture.map, isSigned: true)], title: "")
    let box = try #require(EvidenceDrawing(evidence).boxes.first)
    for (picture, box) in [(try figure.figure(), strip), (try evidence.figure(), box)] {
      let red = try #require(place(picture, box, where: isRed))
      let blue = try #require(place(picture, box, where: isBlue))
      #expect(abs(red - share(1200, unit)) < 0.01)
      #expect(abs(blue - share(1500, unit)) < 0.01)
    }
  }

  @Test func `an infrared axis mirrors what a Raman axis shows`() throws {
    for kind in ["feature maps", "stability"] {
      func plot(_ unit: AxisUnit) throws -> Picture {
        let figure = try #require(StudyFixture.figures(unit).first { $0.name == kind }?.1)
        return try figure.figure()
      }
      let (raman, infrared) = (try plot(.ramanShift), try plot(.reciprocalCentimeter))
      // Layer strips lie in 66…660, the plot of stability in 66…744 points.
      let width = kind == "feature maps" ? 594.0 : 678
      let box = Canvas.Box(
        x: 68, y: kind == "feature maps" ? 212 : 100, width: width - 4, height: 30)
      let isInk = { (red: Int, green: Int, blue: Int) in blue - red > 40 }
      let places = try [raman, infrared].map { try #require(place($0, box, where: isInk)) }
      #expect(abs(places[0] - 0.5) > 0.02, "\(kind)")
      #expect(abs(places[0] + places[1] - 1) < 0.01, "\(kind)")
    }
  }

  @Test func `panels share one scale, so that a weaker map has weaker colors`() throws {
    let axis = try StudyFixture.axis()
    let panels = [1, 0.2].map { factor in
      ClassMapsFigure.Panel(
        name: "", spectrum: StudyFixture.peak(1000), map: StudyFixture.map.map { factor * $0 })
    }
    let figure = try ClassMapsFigure(axis: axis, panels: panels, title: "")
    let picture = try figure.figure()
    let heights = ClassMapsDrawing(figure).places.map { place in
      let column = Int(2 * (place.strip.x + share(1200, .ramanShift) * place.strip.width))
      return (Int(2 * place.strip.y)..<Int(2 * place.strip.bottom)).filter { row in
        let pixel = picture[row, column]
        return isRed(Int(pixel.red), Int(pixel.green), Int(pixel.blue))
      }.count
    }
    #expect(heights[0] > 40)
    #expect(abs(Double(heights[1]) - 0.2 * Double(heights[0])) < 3)
  }

  @Test func `bands are shaded behind all panels at their positions`() throws {
    let axis = try StudyFixture.axis()
    let flat = EvidenceFigure.Panel(
      title: "", values: [Double](repeating: 0, count: axis.count), isSigned: true)
    let figure = try EvidenceFigure(
      axis: axis, panels: [flat, flat, flat], bands: StudyFixture.bands, title: "")
    let picture = try figure.figure()
    for box in EvidenceDrawing(figure).boxes {
      let pink = try #require(place(picture, box) { $0 > 240 && $0 - $1 > 20 && $0 - $2 > 20 })
      let pale = try #require(place(picture, box) { $2 > 240 && $2 - $0 > 10 })
      #expect(abs(pink - share(1200, .ramanShift)) < 0.01)
      #expect(abs(pale - share(1500, .ramanShift)) < 0.01)
    }
  }

  @Test func `infinite values are marked at the upper edge`() throws {
    let axis = try StudyFixture.axis()
    func picture(_ values: [Double]) throws -> (Picture, Canvas.Box) {
      let figure = try EvidenceFigure(
        axis: axis, panels: [.init(title: "", values: values, isSigned: false)], title: "")
      return (try figure.figure(), EvidenceDrawing(figure).boxes[0])
    }
    var values = [Double](repeating: 1, count: axis.count)
    values[0] = 0
    for index in 95...105 { values[index] = .infinity }
    let isDark = { (red: Int, green: Int, blue: Int) in red < 50 && blue < 50 }
    let (marked, box) = try picture(values)
    let top = Canvas.Box(x: box.x, y: box.y + 3, width: box.width, height: 4)
    let mark = try #require(place(marked, top, where: isDark))
    #expect(abs(mark - share(1200, .ramanShift)) < 0.01)
    let (plain, _) = try picture(values.map { min($0, 1) })
    #expect(place(plain, top, where: isDark) == nil)
  }

  @Test func `the diagonal of a confusion matrix is dark when all answers are right`() throws {
    let figure = try ConfusionFigure(
      labels: ["a", "b", "c"],
      matrices: [.init(name: "", counts: [[7, 0, 0], [0, 8, 0], [0, 3, 6]])], title: "")
    let grid = ConfusionDrawing(figure).grids[0]
    let picture = try figure.figure()
    let luminances = (0..<9).map { index in
      let x = grid.x + (Double(index % 3) + 0.1) * grid.width / 3
      let y = grid.y + (Double(index / 3) + 0.2) * grid.height / 3
      return Int(picture[Int(2 * y), Int(2 * x)].red)
    }
    for (index, luminance) in luminances.enumerated() {
      switch index {
      case 0, 4: #expect(luminance < 40)
      case 8: #expect(luminance > 20 && luminance < 160)
      case 7: #expect(luminance > 60 && luminance < 240)
      default: #expect(luminance == 255)
      }
    }
    #expect(luminances[8] < luminances[7])
  }

  @Test func `one dot is drawn for every split`() throws {
    // Dots of single values stand apart: each gives one run of ink along the lowest row of dots.
    let values = [0.1, 0.2, 0.35, 0.5, 0.9]
    let figure = try SplitDistributionFigure(
      models: [.init(name: "", values: values)], title: "", limits: 0...1)
    let box = SplitDistributionDrawing(figure).models
    let picture = try figure.figure()
    let row = Int(2 * (box.bottom - 22 - 3.5))
    let ink = (Int(2 * box.x)..<Int(2 * box.right)).map {
      picture[row, $0].blue > 150 && picture[row, $0].red < 100
    }
    let starts = zip(ink, ink.dropFirst()).filter { !$0 && $1 }.count
    #expect(starts == values.count)
  }
}
