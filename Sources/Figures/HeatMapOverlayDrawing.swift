import ImageData

/// Where everything in a heat-map overlay stands, and how it is drawn.
struct HeatMapOverlayDrawing: Drawing {
  let figure: HeatMapOverlay

  private typealias Style = Canvas.Style

  /// Space for the color bar and its numbers.
  private static let barSpace = 84.0

  /// The lines above the picture.
  private let heading: Heading

  /// The box of the picture; the long side is within 1000 points, small pictures are enlarged to 320.
  private let panel: Canvas.Box

  init(figure: HeatMapOverlay) {
    self.figure = figure
    let picture = figure.picture
    let longSide = Double(max(picture.width, picture.height))
    let factor = longSide < 320 ? 320 / longSide : min(1, 1000 / longSide)
    let width = max(40, (Double(picture.width) * factor).rounded())
    heading = Heading(figure.title, figure.subtitle, width: width + Self.barSpace)
    panel = Canvas.Box(
      x: Style.margin, y: Style.margin + 36 + heading.extraHeight, width: width,
      height: max(90, (Double(picture.height) * factor).rounded()))
  }

  var width: Double { panel.right + Self.barSpace + Style.margin }

  var height: Double { panel.bottom + 22 + Style.margin / 2 }

  var texts: [String] { [figure.subtitle, figure.valueLabel, figure.map.statement] }

  func draw(on canvas: Canvas) {
    let (panel, map) = (panel, figure.map)
    canvas.draw(heading, x: Style.margin)
    canvas.image(figure.blendedPicture, in: panel)
    if let outline = figure.outline { canvas.outline(outline, over: panel) }
    canvas.outline(panel, Style.frameColor, width: 0.7)
    if map.isEmpty {
      drawNote(on: canvas, panel)
    } else {
      let bar = Canvas.Box(
        x: panel.right + 12, y: panel.y, width: Style.barWidth, height: panel.height)
      canvas.colorBar(map, label: figure.valueLabel, in: bar, color: figure.colorMap.color)
    }
    let statement = canvas.shortened(
      map.statement, to: panel.width + Self.barSpace, size: Style.tickSize)
    canvas.text(
      statement, at: Canvas.Point(x: Style.margin, y: panel.bottom + 15), size: Style.tickSize,
      color: Style.faintTextColor)
  }

  private func drawNote(on canvas: Canvas, _ panel: Canvas.Box) {
    let size = 12.0
    let note = canvas.shortened(
      figure.map.emptyNote, to: panel.width - 16, size: size, isBold: true)
    let width = canvas.textWidth(note, size: size, isBold: true) + 16
    let box = Canvas.Box(
      x: panel.x + (panel.width - width) / 2, y: panel.bottom - 34, width: width, height: 24)
    canvas.fill(box, .black, opacity: 0.72)
    canvas.text(
      note, at: Canvas.Point(x: box.x + 8, y: box.y + 16.3), size: size, color: .white,
      isBold: true)
  }
}
