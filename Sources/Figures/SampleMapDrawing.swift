import ImageData
import SpectralData

/// Where everything in the figure of a map of a sample stands, and how it is drawn.
struct SampleMapDrawing: Drawing {
  private let figure: SampleMapFigure

  /// The map, and the evidence of each panel.
  let map: Canvas.Box
  private let boxes: [Canvas.Box]
  let height: Double

  private typealias Style = Canvas.Style

  private static let top = 68.0
  private static let legendPitch = 16.0

  init(_ figure: SampleMapFigure) {
    self.figure = figure
    let (step, grid) = (figure.grid.step, figure.grid)
    let extent = (
      across: abs(step.across) * Double(grid.columnCount),
      down: abs(step.down) * Double(grid.rowCount)
    )
    // As wide as there is room, but not higher than that; what is long is cut from neither side.
    let side = 300.0
    let ratio = extent.across > 0 && extent.down > 0 ? extent.down / extent.across : 1
    let width = ratio > 1.2 ? side * 1.2 / ratio : side
    map = Canvas.Box(
      x: 66, y: Self.top, width: max(24, width), height: max(24, min(side * 1.2, side * ratio)))
    var y = Self.top
    boxes = figure.panels.map { _ in
      let box = Canvas.Box(x: 462, y: y, width: 284, height: 58)
      y = box.bottom + 24
      return box
    }
    let legend = Double(Self.legend(figure).count) * Self.legendPitch
    height = max(map.bottom + 62 + legend, (boxes.last?.bottom ?? 0) + 72) + Style.margin
  }

  /// The names of the classes that are on the map, with how many places each has, the most first.
  private static func legend(_ figure: SampleMapFigure) -> [(index: Int, text: String)] {
    guard case .classes(let cells, let names) = figure.cells else { return [] }
    let known = cells.compactMap(\.self)
    let counts = Dictionary(grouping: known) { $0 }.mapValues(\.count)
    let sorted = counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
    return sorted.prefix(2 * SampleMapFigure.greatestClassCount).map { index, count in
      let share = NumberText.fixed(100 * Double(count) / Double(known.count), decimals: 1)
      return (index, "\(names[index]): \(count) (\(share) %)")
    }
  }

  var texts: [String] {
    [figure.subtitle, figure.axis.label, figure.valueLabel]
      + Self.legend(figure).map(\.text) + figure.panels.map { "\($0.name): \($0.note)" }
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    drawMap(on: canvas)
    drawLegend(on: canvas)
    drawPanels(on: canvas)
  }

  // The map.

  /// The ends of the map, half a cell beyond the centers.
  private var scales: (across: LinearScale, down: LinearScale) {
    let (grid, step) = (figure.grid, figure.grid.step)
    return (
      LinearScale(
        start: grid.across.first - step.across / 2, end: grid.across.last + step.across / 2),
      LinearScale(start: grid.down.last + step.down / 2, end: grid.down.first - step.down / 2)
    )
  }

  private func drawMap(on canvas: Canvas) {
    canvas.image(picture, in: map)
    canvas.outline(map, Style.frameColor, width: 0.7)
    let (across, down) = scales
    let unit = figure.grid.unit.map { " (\($0))" } ?? ""
    let columns = across.compactTicks(about: max(2, Int(map.width / 60)))
    canvas.horizontalAxis(columns, across, under: map, label: "x" + unit)
    canvas.verticalAxis(
      down.compactTicks(about: max(2, Int(map.height / 44))), down, beside: map, label: "y" + unit)
    if let unit = figure.grid.unit { drawScaleBar(unit, across, on: canvas) }
    if case .values(let values, let name) = figure.cells {
      let (low, high) = Self.range(values)
      let bar = Canvas.Box(x: map.right + 12, y: map.y, width: Style.barWidth, height: map.height)
      canvas.colorRamp(isSigned: false, in: bar, color: figure.colorMap.color)
      for (share, value) in [(0.0, high), (1, low)] {
        canvas.text(
          NumberText.short(value), at: .init(x: bar.right + 5, y: bar.y + share * bar.height + 3),
          size: Style.tickSize)
      }
      canvas.text(
        canvas.shortened(name, to: bar.height - 30, size: Style.tickSize),
        at: .init(x: bar.right + 14, y: bar.y + bar.height / 2), size: Style.tickSize,
        alignment: .center, color: Style.faintTextColor, isUpward: true)
    }
  }

  /// A bar of a round length, a third of the map's width at most, in its lower left corner.
  private func drawScaleBar(_ unit: String, _ scale: LinearScale, on canvas: Canvas) {
    let extent = abs(scale.end - scale.start)
    let exponent = NumberText.exponent(extent / 3)
    let unitLength = power(10, Double(exponent))
    let factor = [5.0, 2, 1].first { $0 * unitLength <= extent / 3 } ?? 1
    let length = factor * unitLength
    let points = map.width * length / extent
    let text = NumberText.short(length) + " " + unit
    let wide = max(points, canvas.textWidth(text, size: Style.tickSize))
    let back = Canvas.Box(x: map.x + 6, y: map.bottom - 28, width: wide + 10, height: 22)
    canvas.fill(back, Color.white, opacity: 0.8)
    let bar = Canvas.Box(x: back.x + 5, y: back.bottom - 7, width: points, height: 3)
    canvas.fill(bar, Color(gray: 0))
    canvas.text(text, at: .init(x: bar.x, y: bar.y - 3), size: Style.tickSize)
  }

  private static func range(_ values: [Float?]) -> (low: Double, high: Double) {
    let known = values.compactMap { $0.map(Double.init) }
    return (known.min() ?? 0, known.max() ?? 0)
  }

  /// The cells in their colors; each as many pixels as keep its edges sharp.
  var picture: Picture {
    let (rows, columns) = (figure.grid.rowCount, figure.grid.columnCount)
    let factor = max(1, min(40, Int(1200 / Double(max(rows, columns)))))
    let colors = colors
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * rows * columns * factor * factor)
    for row in 0..<rows {
      var line: [UInt8] = []
      for column in 0..<columns {
        for _ in 0..<factor { line += colors[row * columns + column] }
      }
      for _ in 0..<factor { pixels += line }
    }
    return Picture(width: columns * factor, height: rows * factor, pixels: pixels)
  }

  /// The color of each cell; nearly white where nothing was measured.
  private var colors: [[UInt8]] {
    let empty = Color(gray: 0.96).samples
    switch figure.cells {
    case .classes(let cells, let names):
      let table = names.indices.map { SampleMapFigure.color($0).samples }
      return cells.map { $0.map { table[$0] } ?? empty }
    case .values(let cells, _):
      let (low, high) = Self.range(cells)
      let table = figure.colorMap.table
      return cells.map { value in
        guard let value else { return empty }
        let share = high > low ? (Double(value) - low) / (high - low) : 0.5
        return table[Int((255 * share).rounded())]
      }
    }
  }

  private func drawLegend(on canvas: Canvas) {
    for (line, entry) in Self.legend(figure).enumerated() {
      let y = map.bottom + 58 + Double(line) * Self.legendPitch
      let box = Canvas.Box(x: map.x, y: y - 9, width: 11, height: 11)
      canvas.fill(box, SampleMapFigure.color(entry.index))
      canvas.outline(box, Style.frameColor, width: 0.5)
      canvas.text(
        canvas.shortened(entry.text, to: 330, size: Style.labelSize),
        at: .init(x: box.right + 7, y: y), size: Style.labelSize)
    }
  }

  // The evidence.

  private func drawPanels(on canvas: Canvas) {
    let reach = figure.panels.flatMap(\.map).map { abs(Double($0)) }.max() ?? 0
    let horizontal = LinearScale(figure.axis)
    let isSigned = figure.panels.contains { MapScale(fitting: $0.map) == .signed }
    let vertical = LinearScale(start: isSigned ? -1.05 * reach : 0, end: 1.05 * reach)
    let columns = horizontal.ticks(about: 4)
    for (panel, box) in zip(figure.panels, boxes) {
      canvas.panelHeading(panel.name, note: panel.note, over: box)
      if let index = panel.classIndex {
        canvas.fill(
          .init(x: box.x - 9, y: box.y, width: 5, height: box.height),
          SampleMapFigure.color(index))
      }
      let frame = PlotFrame(box: box, horizontal: horizontal, vertical: vertical)
      canvas.plot(frame, columns: columns, rows: []) {
        canvas.signedArea(frame, figure.axis.positions, panel.map.map(Double.init))
        let spectrum = PlotFrame(
          box: box, horizontal: horizontal,
          vertical: LinearScale(covering: panel.spectrum.map(Double.init)))
        canvas.line(
          spectrum.line(figure.axis.positions, panel.spectrum.map(Double.init)), Color(gray: 0.25),
          width: 0.9)
      }
    }
    guard let last = boxes.last else { return }
    canvas.horizontalAxis(columns, horizontal, under: last, label: figure.axis.label)
    canvas.footnote(
      "Line: mean spectrum. Area: mean \(figure.valueLabel), one scale to ±\(NumberText.short(reach)).",
      x: last.x, y: last.bottom + 50, width: last.width)
  }
}
