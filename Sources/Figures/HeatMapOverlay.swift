public import ImageData
public import TensorCore

/// A picture with a map laid over it, a color bar with raw values, and a title.
public struct HeatMapOverlay: Hashable, Sendable {
  /// The picture as the network saw it.
  public let picture: Picture

  /// How the map is brought to the range of the colors.
  public let scale: MapScale

  /// The colors.
  public let colorMap: ColorMap

  /// The first line, such as the class and its score.
  public var title: String

  /// The second, fainter line, such as the method and the layer.
  public var subtitle: String

  /// What the values of the map are; written along the color bar.
  public var valueLabel: String

  private let map: ScaledMap

  /// Creates an overlay.
  ///
  /// - Parameters:
  ///   - picture: The picture as the network saw it.
  ///   - map: `[rows, columns]` of the picture, raw values, all finite.
  ///   - scale: How the map is brought to the range of the colors.
  ///   - colorMap: The colors of a positive map; a signed one is drawn red, white and blue.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - valueLabel: What the values of the map are.
  /// - Throws: `FigureError` when the extents differ or a value is not finite.
  public init(
    picture: Picture, map: Tensor, scale: MapScale = .positive, colorMap: ColorMap = .turbo,
    title: String, subtitle: String = "", valueLabel: String = "Map value"
  ) throws(FigureError) {
    guard map.shape == [picture.height, picture.width] else {
      throw FigureError(
        .shapeMismatch,
        "a map of shape \(map.shape) does not fit a picture of \(picture.height) rows and "
          + "\(picture.width) columns; up-sample it first")
    }
    self.map = try ScaledMap(map.elements, scale: scale)
    self.picture = picture
    self.scale = scale
    self.colorMap = scale == .signed ? .redWhiteBlue : colorMap
    self.title = title
    self.subtitle = subtitle
    self.valueLabel = valueLabel
  }

  /// The picture and the map blended half and half, without any text; the plain picture when the
  /// map has nothing to show.
  public var blendedPicture: Picture { map.blended(over: picture, colorMap) }

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture {
    let size = panelSize
    let margin = Canvas.Style.margin
    let panel = Canvas.Box(x: margin, y: margin + 36, width: size.width, height: size.height)
    let barSpace = 84.0
    let blended = blendedPicture
    return try Canvas.picture(
      width: panel.right + barSpace + margin, height: panel.bottom + 22 + margin / 2, scale: 2
    ) { canvas in
      canvas.heading(title, subtitle, x: margin, width: panel.width + barSpace)
      canvas.image(blended, in: panel)
      canvas.outline(panel, Canvas.Style.frameColor, width: 0.7)
      if map.isEmpty {
        drawNote(on: canvas, panel)
      } else {
        let bar = Canvas.Box(
          x: panel.right + 12, y: panel.y, width: Canvas.Style.barWidth, height: panel.height)
        canvas.colorBar(map, label: valueLabel, in: bar, color: colorMap.color)
      }
      let statement = canvas.shortened(
        map.statement, to: panel.width + barSpace, size: Canvas.Style.tickSize)
      canvas.text(
        statement, at: Canvas.Point(x: margin, y: panel.bottom + 15), size: Canvas.Style.tickSize,
        color: Canvas.Style.faintTextColor)
    }
  }

  /// Long side within 1000 points; small pictures are enlarged to 320.
  private var panelSize: (width: Double, height: Double) {
    let longSide = Double(max(picture.width, picture.height))
    let factor = longSide < 320 ? 320 / longSide : min(1, 1000 / longSide)
    return (
      max(40, (Double(picture.width) * factor).rounded()),
      max(90, (Double(picture.height) * factor).rounded())
    )
  }

  private func drawNote(on canvas: Canvas, _ panel: Canvas.Box) {
    let size = 12.0
    let note = canvas.shortened(map.emptyNote, to: panel.width - 16, size: size, isBold: true)
    let width = canvas.textWidth(note, size: size, isBold: true) + 16
    let box = Canvas.Box(
      x: panel.x + (panel.width - width) / 2, y: panel.bottom - 34, width: width, height: 24)
    canvas.fill(box, .black, opacity: 0.72)
    canvas.text(
      note, at: Canvas.Point(x: box.x + 8, y: box.y + 16.3), size: size, color: .white,
      isBold: true)
  }
}
