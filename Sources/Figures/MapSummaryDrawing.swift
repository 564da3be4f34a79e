import ImageData
import SpectralData

/// Where everything in a summary of maps stands, and how it is drawn.
struct MapSummaryDrawing: Drawing {
  let figure: MapSummaryFigure

  private typealias Style = Canvas.Style

  // The layout, in points.

  private let left = 66.0
  private let plotWidth = 600.0
  private let top = 52.0
  private let spectrumHeight = 84.0
  private let stripHeight = 40.0
  private let panelGap = 8.0
  private let headHeight = 17.0
  private let heatHeight = 230.0

  private var panelHeight: Double { headHeight + spectrumHeight + 4 + stripHeight + panelGap }

  private var heat: Canvas.Box {
    let y = top + Double(figure.panels.count) * panelHeight + headHeight + 6
    return Canvas.Box(x: left, y: y, width: plotWidth, height: heatHeight)
  }

  /// The height of the whole figure.
  var height: Double { heat.bottom + 72 }

  var texts: [String] {
    [figure.subtitle, figure.axis.label, figure.valueLabel]
      + figure.groups.map { "\($0.name): \($0.detail)" }
  }

  private func plot(_ index: Int) -> Canvas.Box {
    let y = top + Double(index) * panelHeight + headHeight
    return Canvas.Box(x: left, y: y, width: plotWidth, height: spectrumHeight)
  }

  private func strip(_ index: Int) -> Canvas.Box {
    let plot = plot(index)
    return Canvas.Box(x: left, y: plot.bottom + 4, width: plotWidth, height: stripHeight)
  }

  private func trace(_ index: Int) -> SpectrumTrace {
    let panel = figure.panels[index]
    var trace = SpectrumTrace(
      spectrum: panel.spectrum, map: panel.map, colorMap: figure.colorMap, box: plot(index))
    trace.lineWidth = 1.5
    return trace
  }

  /// Draws everything.
  func draw(on canvas: Canvas) {
    canvas.heading(
      figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    for index in figure.panels.indices { drawPanel(index, on: canvas) }
    drawHeat(on: canvas)
    drawAxis(on: canvas)
  }

  // The panels.

  private func drawPanel(_ index: Int, on canvas: Canvas) {
    let (plot, strip, group) = (plot(index), strip(index), figure.panels[index].group)
    let name = canvas.shortened(group.name, to: 260, size: Style.labelSize, isBold: true)
    canvas.text(name, at: .init(x: left, y: plot.y - 5), size: Style.labelSize, isBold: true)
    let start = left + canvas.textWidth(name, size: Style.labelSize, isBold: true) + 8
    canvas.text(
      canvas.shortened(group.detail, to: plot.right - start, size: Style.tickSize),
      at: .init(x: start, y: plot.y - 5), size: Style.tickSize, color: Style.faintTextColor)
    let trace = trace(index)
    for position in trace.ticks(about: 9).positions {
      let x = trace.horizontal(position)
      for box in [plot, strip] {
        canvas.line(
          [.init(x: x, y: box.y), .init(x: x, y: box.bottom)], Style.gridColor, width: 0.7)
      }
    }
    trace.draw(on: canvas)
    drawStrip(group, trace, on: canvas, in: strip)
    for box in [plot, strip] { canvas.outline(box, Style.frameColor, width: 0.7) }
    if index == 0 {
      let x = plot.right + 10
      canvas.text("mean spectrum", at: .init(x: x, y: plot.y + 11), size: Style.tickSize)
      canvas.text("mean map", at: .init(x: x, y: strip.y + 11), size: Style.tickSize)
      canvas.text("± SD gray", at: .init(x: x, y: strip.y + 23), size: Style.tickSize)
    }
  }

  /// The mean map with a band of one deviation to both sides.
  private func drawStrip(
    _ group: MapSummaryFigure.Group, _ trace: SpectrumTrace, on canvas: Canvas, in box: Canvas.Box
  ) {
    let isSigned = figure.scale == .signed
    let zero = isSigned ? box.y + box.height / 2 : box.bottom
    let length = (isSigned ? box.height / 2 : box.height) * 0.94
    let factor = figure.reach > 0 ? length / figure.reach : 0
    let xs = figure.axis.positions.map(trace.horizontal)
    func y(_ value: Double) -> Double { min(box.bottom, max(box.y, zero - factor * value)) }
    func edge(_ sign: Double) -> [Canvas.Point] {
      xs.indices.map { index in
        let value = Double(group.meanMap[index]) + sign * Double(group.deviation[index])
        return Canvas.Point(x: xs[index], y: y(value))
      }
    }
    canvas.fill(edge(1) + edge(-1).reversed(), Color(gray: 0.55), opacity: 0.4)
    for sign in isSigned ? [1.0, -1] : [1.0] {
      var outline = [Canvas.Point(x: xs[0], y: zero)]
      outline += xs.indices.map { index in
        Canvas.Point(x: xs[index], y: y(sign * max(0, sign * Double(group.meanMap[index]))))
      }
      outline.append(Canvas.Point(x: xs[xs.count - 1], y: zero))
      let color = isSigned ? trace.color(sign) : figure.colorMap.color(0.88)
      canvas.fill(outline, color, opacity: 0.7)
    }
    canvas.line(
      [.init(x: box.x, y: zero), .init(x: box.right, y: zero)], Style.frameColor, width: 0.8)
    let marks: [(Double, Double)] =
      isSigned
      ? [(figure.reach, -length), (0, 0), (-figure.reach, length)]
      : [(figure.reach, -length), (0, 0)]
    for (value, shift) in marks {
      let y = zero + shift
      canvas.line([.init(x: box.x - 4, y: y), .init(x: box.x, y: y)], Style.frameColor, width: 0.7)
      canvas.text(
        NumberText.short(value), at: .init(x: box.x - 7, y: y + 3.3), size: Style.tickSize,
        alignment: .trailing)
    }
  }

  // All maps.

  private func drawHeat(on canvas: Canvas) {
    let count = figure.groups.reduce(0) { $0 + $1.count }
    let head = count == 1 ? "The map" : "All \(count) maps"
    canvas.text(head, at: .init(x: left, y: heat.y - 5), size: Style.labelSize, isBold: true)
    canvas.text(
      figure.orderNote,
      at: .init(
        x: left + canvas.textWidth(head, size: Style.labelSize, isBold: true) + 8, y: heat.y - 5),
      size: Style.tickSize, color: Style.faintTextColor)
    var y = heat.y
    var labelEnd = heat.y
    for (index, group) in figure.groups.enumerated() {
      let share = heat.height * Double(group.count) / Double(count)
      let box = Canvas.Box(x: heat.x, y: y, width: heat.width, height: share)
      let image = HeatImage(figure: figure, maps: group.maps)
      canvas.image(image.picture(height: share), in: box)
      if index > 0 {
        canvas.line(
          [.init(x: heat.x - 5, y: y), .init(x: heat.right, y: y)], Color(gray: 0), width: 1)
      }
      let middle = y + share / 2 + 3.3
      if middle - 7 >= labelEnd, figure.groups.count > 1 {
        canvas.text(
          canvas.shortened(group.name, to: heat.x - 12, size: Style.tickSize),
          at: .init(x: heat.x - 7, y: middle), size: Style.tickSize, alignment: .trailing)
        labelEnd = middle + 3
      }
      y += share
    }
    canvas.outline(heat, Style.frameColor, width: 0.7)
    if figure.range.divisor > 0 {
      let bar = Canvas.Box(
        x: heat.right + 14, y: heat.y, width: Style.barWidth, height: heat.height)
      canvas.colorBar(figure.range, label: figure.valueLabel, in: bar, color: figure.colorMap.color)
    }
  }

  private func drawAxis(on canvas: Canvas) {
    let trace = trace(0)
    let (positions, decimals) = trace.ticks(about: 9)
    for position in positions {
      let x = trace.horizontal(position)
      canvas.line(
        [.init(x: x, y: heat.bottom), .init(x: x, y: heat.bottom + 4)], Style.frameColor,
        width: 0.7)
      canvas.text(
        NumberText.fixed(position, decimals: decimals), at: .init(x: x, y: heat.bottom + 15),
        size: Style.tickSize, alignment: .center)
    }
    canvas.text(
      figure.axis.label, at: .init(x: heat.x + heat.width / 2, y: heat.bottom + 32),
      size: Style.labelSize, alignment: .center)
    canvas.text(
      canvas.shortened(statement, to: width - left - Style.margin, size: Style.tickSize),
      at: .init(x: heat.x, y: heat.bottom + 50), size: Style.tickSize, color: Style.faintTextColor)
  }

  /// What the axes and the color bar do not say.
  private var statement: String {
    let range = figure.range
    let span =
      "\(NumberText.short(Double(range.lowest))) to \(NumberText.short(Double(range.highest)))"
    var text = "Means share one scale. Maps: \(span)."
    if range.magnitude > range.divisor {
      text += " Colors of all maps end where 99.5 % of the values do."
    }
    let hidden = figure.groups.count - figure.panels.count
    if hidden > 0 { text += " \(hidden) smaller groups have no mean drawn." }
    return text
  }
}
