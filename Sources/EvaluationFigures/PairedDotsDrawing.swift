import Figures
import Statistics

/// Where everything in a figure of paired dots stands, and how it is drawn.
struct PairedDotsDrawing: Drawing {
  let figure: PairedDotsFigure

  /// The box of the plot.
  let plot: Canvas.Box

  /// For each column where the dot of each input stands; nil where there is none.
  let dots: [[Canvas.Point?]]

  let height: Double

  private typealias Style = Canvas.Style
  private let scale: LinearScale
  private let diameter: Double
  private let names: [[String]]
  private let nameSize: Double

  init(_ figure: PairedDotsFigure) {
    self.figure = figure
    let plot = Canvas.Box(x: 66, y: 54, width: Self.sharedWidth - 66 - Style.margin, height: 330)
    let count = figure.columns[0].values.count
    let diameter = count <= 60 ? 5.5 : count <= 250 ? 4.2 : count <= 1500 ? 2.8 : 1.6
    let ends = figure.columns.flatMap { column in
      column.values.compactMap(\.self)
        + (column.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    let scale = LinearScale(covering: ends)
    let space = plot.width / Double(figure.columns.count)
    dots = figure.columns.enumerated().map { index, column in
      Self.dots(
        column.values.map { $0.map { plot.bottom - scale.fraction($0) * plot.height } },
        middle: plot.x + space * (Double(index) + 0.5), width: min(0.34 * space, 44),
        pitch: diameter)
    }
    let parts = figure.columns.flatMap { Canvas.Breaks.name.pieces($0.name) }
    let widest = Canvas.textWidths(parts, size: Style.tickSize).max() ?? 0
    let nameSize = widest <= space - 5 ? Style.tickSize : 7.2
    var names: [[String]] = []
    _ = try? Canvas.picture(width: 1, height: 1, scale: 1) { canvas in
      names = figure.columns.map {
        canvas.wrapped($0.name, to: space - 5, size: nameSize, atMost: 4, at: .name)
      }
    }
    self.names = names.isEmpty ? figure.columns.map { [$0.name] } : names
    height = plot.bottom + 58 + 12 * Double(self.names.map(\.count).max() ?? 1)
    (self.plot, self.scale, self.diameter, self.nameSize) = (plot, scale, diameter, nameSize)
  }

  /// Sets dots of nearly equal values beside each other, about the middle.
  private static func dots(
    _ heights: [Double?], middle: Double, width: Double, pitch: Double
  ) -> [Canvas.Point?] {
    let bins = heights.map { $0.map { Int(($0 / pitch).rounded()) } }
    let counts = Dictionary(bins.compactMap(\.self).map { ($0, 1) }, uniquingKeysWith: +)
    var used: [Int: Int] = [:]
    return zip(heights, bins).map { height, bin in
      guard let height, let bin, let count = counts[bin] else { return nil }
      let place = used[bin, default: 0]
      used[bin] = place + 1
      let step = min(pitch, width / Double(max(1, count - 1)))
      let x = middle + step * (Double(place) - Double(count - 1) / 2)
      return Canvas.Point(x: x, y: height)
    }
  }

  var texts: [String] {
    [figure.subtitle, figure.valueLabel, statement]
      + figure.columns.map { column in
        let values = column.values.compactMap(\.self)
        guard !values.isEmpty else { return "\(column.name): no values" }
        return "\(column.name): mean \(NumberText.short(values.mean))"
      }
  }

  private var statement: String {
    var text = figure.columns.count > 1 ? "Lines join the dots of one input. " : ""
    text += "Bars: the mean"
    text += figure.columns.contains { $0.interval != nil } ? " with its interval." : "."
    let missing = figure.columns.map { $0.values.count { $0 == nil } }.max() ?? 0
    if missing > 0 { text += " Inputs without a value: up to \(missing) of a column." }
    return text
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    let frame = PlotFrame(
      box: plot, horizontal: LinearScale(start: 0, end: 1), vertical: scale)
    let rows = scale.compactTicks(about: 7)
    canvas.plot(frame, columns: [], rows: rows) {
      drawLines(on: canvas)
      for (column, dots) in zip(figure.columns.indices, dots) {
        let color = figure.columns[column].isControl ? Color(gray: 0.6) : Palette.category(0)
        for dot in dots.compactMap(\.self) {
          canvas.disc(at: dot, diameter: diameter, color, opacity: 0.7)
        }
      }
      for index in figure.columns.indices { drawMean(index, frame, on: canvas) }
    }
    canvas.verticalAxis(rows, scale, beside: plot, label: figure.valueLabel)
    for (index, lines) in names.enumerated() {
      for (row, line) in lines.enumerated() {
        canvas.text(
          line, at: .init(x: middle(index), y: plot.bottom + 15 + 12 * Double(row)),
          size: nameSize, alignment: .center,
          color: figure.columns[index].isControl ? Style.faintTextColor : Style.textColor)
      }
    }
    canvas.footnote(
      statement, x: Style.margin, y: height - 24, width: width - 2 * Style.margin)
  }

  private func middle(_ index: Int) -> Double {
    plot.x + plot.width * (Double(index) + 0.5) / Double(figure.columns.count)
  }

  /// Joins the dots of each input; fainter the more there are.
  private func drawLines(on canvas: Canvas) {
    let count = Double(figure.columns[0].values.count)
    let opacity = max(0.02, min(0.3, 14 / count))
    for (left, right) in zip(dots, dots.dropFirst()) {
      for case (let start?, let end?) in zip(left, right) {
        canvas.line([start, end], Color(gray: 0.3), width: 0.7, opacity: opacity)
      }
    }
  }

  private func drawMean(_ index: Int, _ frame: PlotFrame, on canvas: Canvas) {
    let values = figure.columns[index].values.compactMap(\.self)
    guard !values.isEmpty else { return }
    let (x, y) = (middle(index), frame.y(values.mean))
    let half = min(26, 0.24 * plot.width / Double(figure.columns.count))
    if let interval = figure.columns[index].interval {
      let box = Canvas.Box(
        x: x - half, y: frame.y(interval.upperBound), width: 2 * half,
        height: max(0.5, frame.y(interval.lowerBound) - frame.y(interval.upperBound)))
      canvas.fill(box, .white, opacity: 0.55)
      canvas.outline(box, Style.textColor, width: 1.1)
    }
    canvas.line(
      [.init(x: x - half, y: y), .init(x: x + half, y: y)], .white, width: 4)
    canvas.line(
      [.init(x: x - half, y: y), .init(x: x + half, y: y)], Style.textColor, width: 2.2)
  }
}
