import SpectralData

/// Where everything in a spectrum figure stands, and how it is drawn.
struct SpectrumDrawing: Drawing {
  let figure: SpectrumFigure
  let marks: BandMarks
  let height: Double

  /// The box of the spectrum.
  let plot: Canvas.Box

  /// The box of the map beneath.
  let strip: Canvas.Box

  private typealias Style = Canvas.Style

  init(_ figure: SpectrumFigure) {
    self.figure = figure
    var plot = Canvas.Box(x: 66, y: 52, width: 580, height: 250)
    marks = BandMarks(figure.bands, scale: LinearScale(figure.spectrum.axis), box: plot)
    plot.y += marks.height
    self.plot = plot
    strip = Canvas.Box(x: plot.x, y: plot.bottom + 10, width: plot.width, height: 66)
    height = strip.bottom + 62
  }

  var texts: [String] {
    [
      figure.subtitle, figure.spectrum.axis.label, figure.intensityLabel, figure.valueLabel,
      figure.map.statement,
    ] + figure.bands.map(\.label)
  }

  private var trace: SpectrumTrace {
    SpectrumTrace(
      spectrum: figure.spectrum, map: figure.map, colorMap: figure.colorMap, box: plot)
  }

  /// Draws everything.
  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    let frame = trace.frame
    let columns = frame.horizontal.ticks(about: 9)
    let rows = frame.vertical.compactTicks(about: 6)
    canvas.plot(frame, columns: columns, rows: rows) {
      marks.shade(plot, on: canvas)
      trace.draw(on: canvas)
    }
    marks.writeLabels(above: plot.y, on: canvas)
    canvas.verticalAxis(rows, frame.vertical, beside: plot, label: figure.intensityLabel)
    canvas.verticalLines(columns, frame.horizontal, in: strip)
    marks.shade(strip, on: canvas)
    MapStrip(
      map: figure.map, positions: figure.spectrum.axis.positions, horizontal: frame.horizontal,
      color: trace.color
    ).draw(on: canvas, in: strip)
    canvas.outline(strip, Style.frameColor, width: 0.7)
    canvas.horizontalAxis(
      columns, frame.horizontal, under: strip, label: figure.spectrum.axis.label)
    canvas.text(
      canvas.shortened(figure.map.statement, to: plot.width, size: Style.tickSize),
      at: .init(x: plot.x, y: strip.bottom + 50), size: Style.tickSize, color: Style.faintTextColor)
    drawBar(on: canvas)
  }

  // The parts.

  private func drawBar(on canvas: Canvas) {
    if figure.map.isEmpty { return }
    let bar = Canvas.Box(x: plot.right + 14, y: plot.y, width: Style.barWidth, height: plot.height)
    canvas.colorBar(figure.map, label: figure.valueLabel, in: bar, color: trace.color)
  }
}
