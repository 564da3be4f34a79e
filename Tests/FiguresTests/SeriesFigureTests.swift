import Figures
import ImageData
import TensorCore
import Testing

struct SeriesFigureTests {
  private let channels: [[Float]] = (0..<12).map { channel in
    (0..<50).map { Float(($0 * (channel + 3)) % 11) }
  }

  @Test func `channels and their map are drawn, and written as text`() throws {
    let map = (0..<50).map { Float($0) - 10 }
    let figure = try SeriesFigure(
      channels: channels, map: map, scale: .signed, title: "class 1", subtitle: "Grad-CAM")
    #expect(try figure.figure().height > 900)
    let text = String(decoding: try figure.scalableGraphic(), as: UTF8.self)
    #expect(text.contains("class 1") && text.contains("Grad-CAM"))
    let error = try #require(throws: FigureError.self) {
      try SeriesFigure(channels: channels, map: [1, 2], title: "")
    }
    #expect(error.code == .shapeMismatch)
  }

  @Test func `a map of points is as high and wide as the lines`() {
    let picture = SeriesPicture(channels)
    let map = picture.arranged(Tensor(shape: [50], elements: (0..<50).map(Float.init)))
    #expect(map.shape == [picture.picture.height, picture.picture.width])
    #expect(map.elements[0] == 0 && map.elements[picture.picture.width - 1] == 49)
  }

  @Test func `of many numbers the strongest are shown`() throws {
    let numbers = (0..<60).map(Float.init)
    let few = try RowFigure(numbers: [1, 2], map: [0.5, -1], title: "t")
    let many = try RowFigure(numbers: numbers, map: numbers, title: "t")
    #expect(try many.figure().height > few.figure().height)
    let text = String(decoding: try many.scalableGraphic(), as: UTF8.self)
    #expect(text.contains("20 smaller ones are left out"))
  }

  @Test func `figures side by side are as wide as all of them`() throws {
    let parts = try [2, 4].map { count in
      try RowFigure(
        numbers: Array(repeating: 1, count: count), map: Array(repeating: 1, count: count),
        title: "t")
    }
    let row = try FigureRow(parts).figure()
    let sizes = try parts.map { try $0.figure() }
    #expect(row.width == sizes.map(\.width).reduce(0, +))
    // A line of 18 points, at two pixels each, says that maps have scales of their own.
    #expect(row.height == sizes.map { $0.height + 36 }.max())
    #expect(try FigureRow([parts[0]]).figure() == parts[0].figure())
  }
}
