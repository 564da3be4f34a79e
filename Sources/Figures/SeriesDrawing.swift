/// Where everything in a figure of channels stands, and how it is drawn.
struct SeriesDrawing: Drawing {
  let figure: SeriesFigure
  let height: Double

  /// The box of each channel.
  private let lanes: [Canvas.Box]

  /// The box of the map beneath.
  private let strip: Canvas.Box

  private typealias Style = Canvas.Style

  init(_ figure: SeriesFigure) {
    self.figure = figure
    let count = figure.channels.count
    let laneHeight = min(84, max(9, 430 / Double(count)))
    lanes = (0..<count).map { index in
      Canvas.Box(x: 66, y: 52 + Double(index) * laneHeight, width: 580, height: laneHeight)
    }
    let bottom = 52 + Double(count) * laneHeight
    strip = Canvas.Box(x: 66, y: bottom + 10, width: 580, height: 66)
    height = strip.bottom + 62
  }

  var texts: [String] { [figure.subtitle, figure.valueLabel, figure.map.statement] }

  private var positions: [Double] { (1...figure.map.values.count).map(Double.init) }

  private var horizontal: LinearScale {
    LinearScale(start: 1, end: Double(figure.map.values.count))
  }

  private func color(_ value: Double) -> Color {
    SpectrumTrace.color(value, figure.scale, figure.colorMap)
  }

  /// Draws everything.
  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    let columns = horizontal.ticks(about: 9)
    let whole = Canvas.Box(
      x: strip.x, y: lanes[0].y, width: strip.width,
      height: lanes[lanes.count - 1].bottom - lanes[0].y)
    canvas.verticalLines(columns, horizontal, in: whole)
    for (index, lane) in lanes.enumerated() { draw(index, in: lane, on: canvas) }
    canvas.outline(whole, Style.frameColor, width: 0.7)
    canvas.text(
      "Channel",
      at: .init(x: whole.x - Canvas.verticalLabelDistance, y: whole.y + whole.height / 2),
      size: Style.labelSize, alignment: .center, isUpward: true)
    canvas.verticalLines(columns, horizontal, in: strip)
    MapStrip(map: figure.map, positions: positions, horizontal: horizontal, color: color)
      .draw(on: canvas, in: strip)
    canvas.outline(strip, Style.frameColor, width: 0.7)
    canvas.horizontalAxis(columns, horizontal, under: strip, label: "Point")
    canvas.text(
      canvas.shortened(figure.map.statement, to: strip.width, size: Style.tickSize),
      at: .init(x: strip.x, y: strip.bottom + 50), size: Style.tickSize,
      color: Style.faintTextColor)
    if figure.map.isEmpty { return }
    let bar = Canvas.Box(
      x: whole.right + 14, y: whole.y, width: Style.barWidth, height: whole.height)
    canvas.colorBar(figure.map, label: figure.valueLabel, in: bar, color: color)
  }

  /// Draws one channel between its own lowest and highest value.
  private func draw(_ channel: Int, in lane: Canvas.Box, on canvas: Canvas) {
    let values = figure.channels[channel].map(Double.init)
    let frame = PlotFrame(
      box: lane, horizontal: horizontal, vertical: LinearScale(covering: values, margin: 0.08))
    if channel > 0 {
      canvas.line(
        [.init(x: lane.x, y: lane.y), .init(x: lane.right, y: lane.y)], Style.gridColor,
        width: 0.7)
    }
    let isNamed = lane.height >= 10 || channel.isMultiple(of: 2)
    if isNamed {
      canvas.text(
        "\(channel + 1)", at: .init(x: lane.x - 7, y: lane.y + lane.height / 2 + 3.3),
        size: Style.tickSize, alignment: .trailing)
    }
    ColoredLine(
      points: frame.line(positions, values), values: positions.indices.map(figure.map.scaled),
      width: lane.height < 20 ? 1 : 1.4
    ).draw(on: canvas, color: color)
  }
}
