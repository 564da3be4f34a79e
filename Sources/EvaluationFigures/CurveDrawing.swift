import Figures

/// Where everything in a figure of curves stands, and how it is drawn.
struct CurveDrawing: Drawing {
  /// The boxes of one panel.
  struct Place: Hashable {
    let plot: Canvas.Box
    let names: Canvas.Box
  }

  private static let plotHeight = 240.0
  private static let namePitch = 16.0
  private static let greatestNameWidth = 250.0

  let figure: CurveFigure
  let places: [Place]
  let height: Double

  private typealias Style = Canvas.Style

  /// The values that all panels show.
  private let vertical: LinearScale

  init(_ figure: CurveFigure) {
    self.figure = figure
    let curves = figure.panels.flatMap(\.curves)
    let widths = zip(
      Canvas.textWidths(curves.map(\.name), size: Style.tickSize),
      Canvas.textWidths(curves.map(\.note), size: Style.tickSize)
    ).map { $0 + ($1 > 0 ? $1 + 10 : 0) }
    let nameWidth = min(Self.greatestNameWidth, 46 + (widths.max() ?? 0))
    let plotWidth = Self.sharedWidth - 66 - Style.margin - nameWidth - 16
    var top = 74.0
    var places: [Place] = []
    for panel in figure.panels {
      let namesHeight = Self.namePitch * Double(panel.curves.count)
      let plotHeight = max(Self.plotHeight, min(namesHeight, 1.5 * Self.plotHeight))
      places.append(
        Place(
          plot: .init(x: 66, y: top, width: plotWidth, height: plotHeight),
          names: .init(x: 66 + plotWidth + 16, y: top, width: nameWidth, height: namesHeight)))
      top += max(plotHeight + 74, namesHeight + 30)
    }
    self.places = places
    height = top - 4
    let values = curves.flatMap { $0.values + ($0.band.map { $0.low + $0.high } ?? []) }
    vertical = LinearScale(covering: values + [0])
  }

  var texts: [String] {
    [figure.subtitle, figure.valueLabel, statement]
      + figure.panels.flatMap { panel in
        [panel.name, panel.note, panel.axisLabel]
          + panel.curves.enumerated().map { "\($0 + 1) \($1.name) \($1.note)" }
      }
  }

  private var statement: String {
    let curves = figure.panels.flatMap(\.curves)
    var parts: [String] = []
    if curves.contains(where: { $0.band != nil }) { parts.append("Bands: intervals of the means.") }
    if curves.contains(where: \.isControl) { parts.append("Dashed and gray: controls.") }
    return parts.joined(separator: " ")
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    for (panel, place) in zip(figure.panels, places) { draw(panel, in: place, on: canvas) }
    canvas.footnote(
      statement, x: Style.margin, y: height - 14, width: width - 2 * Style.margin)
  }

  private func draw(_ panel: CurveFigure.Panel, in place: Place, on canvas: Canvas) {
    let fractions = panel.curves.flatMap(\.fractions)
    let frame = PlotFrame(
      box: place.plot,
      horizontal: LinearScale(start: fractions.min() ?? 0, end: fractions.max() ?? 1),
      vertical: vertical)
    let columns =
      panel.isCounted
      ? frame.horizontal.wholeTicks(atMost: 12) : frame.horizontal.ticks(about: 6)
    let rows = vertical.compactTicks(about: 6)
    let styles = Self.styles(panel.curves)
    let lines = panel.curves.map { frame.line($0.fractions, $0.values) }
    let badges = CurveBadges(lines, in: place.plot)
    canvas.panelHeading(panel.name, note: panel.note, over: place.plot)
    canvas.plot(frame, columns: columns, rows: rows) {
      for (curve, style) in zip(panel.curves, styles) where !curve.isControl {
        guard let band = curve.band else { continue }
        canvas.fill(
          frame.envelope(curve.fractions, from: band.low, to: band.high), style.color,
          opacity: 0.13)
      }
      // The first curves lie on top.
      for (line, style) in zip(lines, styles).reversed() {
        canvas.line(line, style.color, width: style.width, dashes: style.dashes)
      }
    }
    for index in lines.indices.reversed() {
      Self.badge(index, styles[index], at: badges.centers[index], on: canvas)
    }
    drawNames(panel.curves, styles, in: place.names, on: canvas)
    canvas.verticalAxis(rows, vertical, beside: place.plot, label: figure.valueLabel)
    canvas.horizontalAxis(columns, frame.horizontal, under: place.plot, label: panel.axisLabel)
  }

  /// How a curve is drawn.
  private struct Stroke: Hashable {
    let color: Color
    let width: Double
    let dashes: [Double]
  }

  /// Colors in turn; when they are used up, they come again with dots.
  private static func styles(_ curves: [CurveFigure.Curve]) -> [Stroke] {
    var count = 0
    return curves.map { curve in
      if curve.isControl { return Stroke(color: Color(gray: 0.5), width: 1.3, dashes: [5, 4]) }
      defer { count += 1 }
      let isDotted = count >= Palette.categories.count
      return Stroke(
        color: Palette.category(count), width: 1.8, dashes: isDotted ? [1.8, 2.2] : [])
    }
  }

  /// Draws the number of a curve, from 1.
  private static func badge(
    _ index: Int, _ style: Stroke, at center: Canvas.Point, on canvas: Canvas
  ) {
    canvas.disc(at: center, diameter: CurveBadges.diameter, style.color)
    canvas.disc(at: center, diameter: CurveBadges.diameter - 2, .white)
    canvas.text(
      "\(index + 1)", at: .init(x: center.x, y: center.y + 2.7), size: 7.5, alignment: .center,
      isBold: true)
  }

  private func drawNames(
    _ curves: [CurveFigure.Curve], _ styles: [Stroke], in box: Canvas.Box, on canvas: Canvas
  ) {
    for (index, (curve, style)) in zip(curves, styles).enumerated() {
      let y = box.y + Self.namePitch * (Double(index) + 0.5)
      canvas.line(
        [.init(x: box.x, y: y), .init(x: box.x + 36, y: y)], style.color, width: style.width,
        dashes: style.dashes)
      Self.badge(index, style, at: .init(x: box.x + 18, y: y), on: canvas)
      let noteWidth = canvas.textWidth(curve.note, size: Style.tickSize)
      let space = box.width - 44 - (noteWidth > 0 ? noteWidth + 8 : 0)
      let name = canvas.wrapped(
        curve.name, to: max(30, space), size: Style.tickSize, atMost: 1, at: .name)
      let color = curve.isControl ? Style.faintTextColor : Style.textColor
      canvas.text(
        name[0], at: .init(x: box.x + 42, y: y + 3.3), size: Style.tickSize, color: color)
      canvas.text(
        curve.note, at: .init(x: box.right, y: y + 3.3), size: Style.tickSize,
        alignment: .trailing, color: Style.faintTextColor)
    }
  }
}
