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
    drawStrip(on: canvas)
    canvas.outline(strip, Style.frameColor, width: 0.7)
    canvas.horizontalAxis(
      columns, frame.horizontal, under: strip, label: figure.spectrum.axis.label)
    canvas.text(
      canvas.shortened(figure.map.statement, to: plot.width, size: Style.tickSize),
      at: .init(x: plot.x, y: strip.bottom + 50), size: Style.tickSize, color: Style.faintTextColor)
    drawBar(on: canvas)
  }

  // The parts.

  private func drawStrip(on canvas: Canvas) {
    let isSigned = figure.scale == .signed
    // The map fills all but a little of the strip.
    let reach = 1 / 0.92
    let frame = PlotFrame(
      box: strip, horizontal: LinearScale(figure.spectrum.axis),
      vertical: LinearScale(start: isSigned ? -reach : 0, end: reach))
    if figure.map.isEmpty {
      canvas.text(
        figure.map.emptyNote,
        at: .init(x: strip.x + strip.width / 2, y: strip.y + strip.height / 2 - 6),
        size: Style.labelSize, alignment: .center, isBold: true)
    } else {
      let positions = figure.spectrum.axis.positions
      let values = positions.indices.map(figure.map.scaled)
      for sign in isSigned ? [1.0, -1] : [1.0] {
        canvas.fill(
          frame.area(positions, values, sign: sign),
          isSigned ? trace.color(sign) : figure.colorMap.color(0.88), opacity: 0.85)
      }
    }
    let zero = frame.y(0)
    canvas.line(
      [.init(x: strip.x, y: zero), .init(x: strip.right, y: zero)], Style.frameColor, width: 0.8)
    let marks =
      isSigned ? [(1.0, "+"), (0, "0"), (-1, "−")] : [(1.0, "max"), (0, "0")]
    canvas.verticalAxis(
      marks.map { LinearScale.Tick(value: $0.0, text: $0.1) }, frame.vertical, beside: strip,
      label: "Map")
  }

  private func drawBar(on canvas: Canvas) {
    if figure.map.isEmpty { return }
    let bar = Canvas.Box(x: plot.right + 14, y: plot.y, width: Style.barWidth, height: plot.height)
    canvas.colorBar(figure.map, label: figure.valueLabel, in: bar, color: trace.color)
  }
}
