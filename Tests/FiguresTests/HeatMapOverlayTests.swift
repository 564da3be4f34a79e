import ImageData
import TensorCore
import Testing

@testable import Figures

struct HeatMapOverlayTests {
  private let gray = Picture(width: 4, height: 2, pixels: [UInt8](repeating: 100, count: 24))

  private func overlay(
    _ values: [Float], scale: MapScale = .positive, title: String = "cat"
  ) throws -> HeatMapOverlay {
    try HeatMapOverlay(
      picture: gray, map: Tensor(shape: [2, 4], elements: values), scale: scale, title: title)
  }

  @Test func `half of each pixel is the color of the positive part over its maximum`() throws {
    let blended = try overlay([0, 1, 2, 4, -8, 4, 0, 0]).blendedPicture
    let scaled = [0, 0.25, 0.5, 1, 0, 1, 0, 0]
    for (index, value) in scaled.enumerated() {
      let samples = ColorMap.turbo.color((value * 255).rounded() / 255).samples
      let expected = samples.map { Double($0) / 2 + 50 }
      for channel in 0..<3 {
        #expect(abs(Double(blended.pixels[3 * index + channel]) - expected[channel]) <= 0.51)
      }
    }
  }

  @Test func `a few points far above all others do not leave these pale`() throws {
    // 1,600 values from 0 to 1, three of them a hundred times as large.
    var values = (0..<1600).map { Float($0) / 1599 }
    for index in [5, 77, 900] { values[index] = 100 }
    let map = try ScaledMap(values, scale: .positive)
    let saturated = map.saturated()
    // Of the sorted values that with 1,592 below it, three of which are taken out.
    #expect(abs(saturated.divisor - 1595 / 1599) < 1e-6 && saturated.magnitude == 100)
    #expect(abs(saturated.scaled(800) - 800 / 1595) < 1e-6 && saturated.scaled(5) == 1)
    #expect(saturated.isSaturated && saturated.statement.contains("99.5 %"))
    let signed = try ScaledMap(values.map { -$0 }, scale: .signed).saturated()
    #expect(abs(signed.divisor - saturated.divisor) < 1e-6 && signed.scaled(5) == -1)
  }

  @Test func `maps without such points, and small ones, keep their largest magnitude`() throws {
    let even = (0..<1600).map { Float($0) / 1599 }
    #expect(try ScaledMap(even, scale: .positive).saturated().divisor == 1)
    let small = try ScaledMap([Float](repeating: 0.01, count: 998) + [1], scale: .positive)
    #expect(small.saturated().divisor == 1)
    // Where all but a few are zero, these are what is shown.
    let sparse = try ScaledMap([Float](repeating: 0, count: 1599) + [1], scale: .positive)
    #expect(sparse.saturated().divisor == 1)
  }

  @Test func `signed maps keep zero white and both signs on one scale`() throws {
    let blended = try overlay([0, 2, -1, 0, 0, 0, 0, 0], scale: .signed).blendedPicture
    let zero = blended[0, 0]
    #expect(abs(Int(zero.red) - 178) <= 1 && abs(Int(zero.red) - Int(zero.blue)) <= 2)
    #expect(blended[0, 1].red > blended[0, 1].blue)
    #expect(blended[0, 2].blue > blended[0, 2].red)
  }

  @Test func `without positive evidence the picture stays plain and the figure says so`() throws {
    let none = try overlay([0, -1, 0, -2, 0, 0, 0, 0])
    #expect(none.blendedPicture == gray)
    let figure = try none.figure()
    // The note is dark; nothing else inside the panel differs from the picture.
    let panel = (100..<400).flatMap { row in (60..<600).map { figure[row, $0].red } }
    #expect(panel.contains { $0 < 60 } && panel.contains(100))
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `values that are not finite are refused`(value: Float) {
    let error = #expect(throws: FigureError.self) { try overlay([0, 0, 0, 0, 0, value, 0, 0]) }
    #expect(error?.code == .notFinite && error?.description.contains("element 5") == true)
  }

  @Test func `a map of other extents is refused`() {
    let error = #expect(throws: FigureError.self) {
      try HeatMapOverlay(
        picture: gray, map: Tensor(shape: [4, 2], repeating: 0), title: "cat")
    }
    #expect(error?.code == .shapeMismatch)
  }

  @Test func `equal input gives equal bytes, and the file is read back unchanged`() throws {
    let values: [Float] = [0, 1, 2, 3, 4, 5, 6, 7]
    let figure = try overlay(values).figure()
    #expect(try figure.pngBytes() == overlay(values).figure().pngBytes())
    #expect(try Picture(decoding: figure.pngBytes()) == figure)
  }

  @Test func `a long title has three lines at most, within the figure`() throws {
    let values: [Float] = [0, 1, 2, 3, 4, 5, 6, 7]
    let short = try overlay(values).figure()
    let long = try overlay(values, title: String(repeating: "long title ", count: 40)).figure()
    // Two more lines of 16 points, at two pixels each; the right margin stays white.
    #expect(long.width == short.width && long.height == short.height + 64)
    for row in 0..<140 { #expect(long[row, long.width - 12] == (255, 255, 255)) }
  }

  @Test func `a heading keeps the end of its texts, such as the score`() {
    let title = "English springer, English springer spaniel \u{2014} score 2.345"
    let subtitle = "Grad-CAM \u{B7} last \u{B7} network \u{B7} file \u{B7} preprocessing assumed"
    for width in [180.0, 250, 404] {
      let heading = Heading(title, subtitle, width: width)
      #expect(heading.title.joined(separator: " ") == title)
      #expect(heading.subtitle.joined(separator: " ") == subtitle)
    }
    #expect(Heading(title, subtitle, width: 800).extraHeight == 0)
    #expect(Heading("cat", "", width: 100).subtitle == [""])
  }
}

struct CanvasTests {
  @Test func `shortened texts fit and end in an ellipsis`() throws {
    _ = try Canvas.picture(width: 50, height: 20, scale: 1) { canvas in
      for width in [5.0, 30, 60, 200] {
        let text = canvas.shortened("Grad-CAM at the last layer", to: width, size: 10)
        #expect(canvas.textWidth(text, size: 10) <= width || text == "…")
        #expect(text.hasSuffix("…") == (width < 150))
      }
    }
  }

  @Test func `an absurd size is an error`() {
    let error = #expect(throws: FigureError.self) {
      try Canvas.picture(width: 1e7, height: 10, scale: 2) { _ in }
    }
    #expect(error?.code == .drawing)
  }

  @Test func `boxes, pictures and colors land where they belong`() throws {
    let stripes = Picture(width: 2, height: 1, pixels: [255, 0, 0, 0, 0, 255])
    let drawn = try Canvas.picture(width: 20, height: 10, scale: 2) { canvas in
      canvas.fill(
        Canvas.Box(x: 0, y: 0, width: 5, height: 10), Color(red: 0, green: 1, blue: 0))
      canvas.image(stripes, in: Canvas.Box(x: 10, y: 0, width: 10, height: 10))
    }
    #expect(drawn.width == 40 && drawn.height == 20)
    #expect(drawn[5, 5] == (0, 255, 0) && drawn[5, 15] == (255, 255, 255))
    #expect(drawn[5, 21] == (255, 0, 0) && drawn[5, 38] == (0, 0, 255))
  }
}
