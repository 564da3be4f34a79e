public import ImageData
public import TensorCore

/// Channels along one axis as gray lines in a picture that maps can be laid over.
public struct SeriesPicture: Sendable {
  /// The lines, one beneath the other.
  public let picture: Picture

  private let pointCount: Int

  private static let size = (width: 680, height: 360)

  /// Draws channels, each between its own lowest and highest value.
  ///
  /// - Parameter channels: At least one, all with as many finite numbers.
  public init(_ channels: [[Float]]) {
    pointCount = channels.first?.count ?? 0
    let size = Self.size
    let drawn = try? Canvas.picture(
      width: Double(size.width), height: Double(size.height), scale: 1
    ) { canvas in
      let height = Double(size.height) / Double(max(channels.count, 1))
      for (index, channel) in channels.enumerated() {
        let values = channel.map(Double.init)
        let frame = PlotFrame(
          box: Canvas.Box(
            x: 0, y: Double(index) * height, width: Double(size.width), height: height),
          horizontal: LinearScale(start: 0, end: Double(max(values.count - 1, 1))),
          vertical: LinearScale(covering: values, margin: 0.08))
        canvas.line(
          frame.line(values.indices.map(Double.init), values), Color(gray: 0.1), width: 1.4)
      }
    }
    picture =
      drawn
      ?? Picture(
        width: size.width, height: size.height,
        pixels: Array(repeating: 255, count: 3 * size.width * size.height))
  }

  /// A map along the axis as wide and high as the picture.
  ///
  /// - Parameter map: One number for every point.
  /// - Returns: `[rows, columns]` of the picture.
  public func arranged(_ map: Tensor) -> Tensor {
    let last = Double(max(pointCount - 1, 0))
    let line = (0..<picture.width).map { column in
      map.elements[Int((Double(column) * last / Double(picture.width - 1)).rounded())]
    }
    return Tensor(
      shape: [picture.height, picture.width],
      elements: (0..<picture.height).flatMap { _ in line })
  }
}
