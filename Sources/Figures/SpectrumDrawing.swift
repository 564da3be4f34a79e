import SpectralData

/// Where everything in a spectrum figure stands, and how it is drawn.
struct SpectrumDrawing {
  static let width = 760.0
  static let height = 440.0

  let figure: SpectrumFigure

  /// The box of the spectrum.
  let plot = Canvas.Box(x: 66, y: 52, width: 600, height: 250)

  /// The box of the map beneath.
  let strip = Canvas.Box(x: 66, y: 312, width: 600, height: 66)

  private typealias Style = Canvas.Style

  private var trace: SpectrumTrace {
    SpectrumTrace(
      spectrum: figure.spectrum, map: figure.map, colorMap: figure.colorMap, box: plot)
  }

  /// Draws everything.
  func draw(on canvas: Canvas) {
    canvas.heading(
      figure.title, figure.subtitle, x: Style.margin, width: Self.width - 2 * Style.margin)
    drawGrid(on: canvas)
    drawIntensityAxis(on: canvas)
    let xs = figure.spectrum.axis.positions.map(trace.horizontal)
    trace.draw(on: canvas)
    drawStrip(on: canvas, xs)
    canvas.outline(plot, Style.frameColor, width: 0.7)
    canvas.outline(strip, Style.frameColor, width: 0.7)
    drawPositionAxis(on: canvas)
    drawBar(on: canvas)
  }

  // The parts.

  private var positionTicks: (positions: [Double], decimals: Int) { trace.ticks(about: 9) }

  private func drawGrid(on canvas: Canvas) {
    for position in positionTicks.positions {
      let x = trace.horizontal(position)
      for box in [plot, strip] {
        canvas.line(
          [.init(x: x, y: box.y), .init(x: x, y: box.bottom)], Style.gridColor, width: 0.7)
      }
    }
  }

  private func drawPositionAxis(on canvas: Canvas) {
    let (positions, decimals) = positionTicks
    for position in positions {
      let x = trace.horizontal(position)
      canvas.line(
        [.init(x: x, y: strip.bottom), .init(x: x, y: strip.bottom + 4)], Style.frameColor,
        width: 0.7)
      canvas.text(
        NumberText.fixed(position, decimals: decimals), at: .init(x: x, y: strip.bottom + 15),
        size: Style.tickSize, alignment: .center)
    }
    canvas.text(
      figure.spectrum.axis.label, at: .init(x: plot.x + plot.width / 2, y: strip.bottom + 32),
      size: Style.labelSize, alignment: .center)
    canvas.text(
      canvas.shortened(figure.map.statement, to: plot.width, size: Style.tickSize),
      at: .init(x: plot.x, y: strip.bottom + 50), size: Style.tickSize, color: Style.faintTextColor)
  }

  private func drawIntensityAxis(on canvas: Canvas) {
    let (low, high) = trace.intensityRange
    let (ticks, decimals) = NumberText.ticks(from: low, to: high, about: 6)
    let areShort = max(abs(low), abs(high)) < 1e5 && decimals <= 4
    for tick in ticks {
      let y = trace.vertical(tick)
      canvas.line(
        [.init(x: plot.x, y: y), .init(x: plot.right, y: y)], Style.gridColor, width: 0.7)
      canvas.line(
        [.init(x: plot.x - 4, y: y), .init(x: plot.x, y: y)], Style.frameColor, width: 0.7)
      canvas.text(
        areShort ? NumberText.fixed(tick, decimals: decimals) : NumberText.short(tick),
        at: .init(x: plot.x - 7, y: y + 3.3), size: Style.tickSize, alignment: .trailing)
    }
    canvas.text(
      canvas.shortened(figure.intensityLabel, to: plot.height, size: Style.labelSize),
      at: .init(x: 20, y: plot.y + plot.height / 2), size: Style.labelSize, alignment: .center,
      isUpward: true)
  }

  private func drawStrip(on canvas: Canvas, _ xs: [Double]) {
    let isSigned = figure.scale == .signed
    let zero = isSigned ? strip.y + strip.height / 2 : strip.bottom
    let reach = (isSigned ? strip.height / 2 : strip.height) * 0.92
    if figure.map.isEmpty {
      canvas.text(
        figure.map.emptyNote,
        at: .init(x: strip.x + strip.width / 2, y: strip.y + strip.height / 2 - 6),
        size: Style.labelSize, alignment: .center, isBold: true)
    } else {
      for sign in isSigned ? [1.0, -1] : [1.0] {
        canvas.fill(
          area(xs, sign: sign, zero: zero, reach: reach),
          isSigned ? trace.color(sign) : figure.colorMap.color(0.88), opacity: 0.85)
      }
    }
    canvas.line(
      [.init(x: strip.x, y: zero), .init(x: strip.right, y: zero)], Style.frameColor, width: 0.8)
    let marks = isSigned ? [("+", -reach), ("0", 0), ("−", reach)] : [("max", -reach), ("0", 0)]
    for (mark, shift) in marks {
      let y = zero + shift
      canvas.line(
        [.init(x: strip.x - 4, y: y), .init(x: strip.x, y: y)], Style.frameColor, width: 0.7)
      canvas.text(
        mark, at: .init(x: strip.x - 7, y: y + 3.3), size: Style.tickSize, alignment: .trailing)
    }
    canvas.text(
      "Map", at: .init(x: 20, y: strip.y + strip.height / 2), size: Style.labelSize,
      alignment: .center, isUpward: true)
  }

  /// The outline between zero and the part of the map of one sign, cut where the map crosses zero.
  private func area(_ xs: [Double], sign: Double, zero: Double, reach: Double) -> [Canvas.Point] {
    var outline = [Canvas.Point(x: xs[0], y: zero)]
    var before = 0.0
    for index in xs.indices {
      let value = sign * figure.map.scaled(index)
      if index > 0, before * value < 0 {
        let crossing = xs[index - 1] + (xs[index] - xs[index - 1]) * before / (before - value)
        outline.append(Canvas.Point(x: crossing, y: zero))
      }
      outline.append(Canvas.Point(x: xs[index], y: zero - sign * reach * max(0, value)))
      before = value
    }
    outline.append(Canvas.Point(x: xs[xs.count - 1], y: zero))
    return outline
  }

  private func drawBar(on canvas: Canvas) {
    if figure.map.isEmpty { return }
    let bar = Canvas.Box(x: plot.right + 14, y: plot.y, width: Style.barWidth, height: plot.height)
    canvas.colorBar(figure.map, label: figure.valueLabel, in: bar, color: trace.color)
  }
}
