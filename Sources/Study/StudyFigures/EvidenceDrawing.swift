import Figures
import SpectralData

/// Where everything in a figure of evidence stands, and how it is drawn.
struct EvidenceDrawing: Drawing {
  let figure: EvidenceFigure

  /// The box of each panel.
  let boxes: [Canvas.Box]

  let height: Double

  private typealias Style = Canvas.Style
  private let horizontal: LinearScale
  private let marks: BandMarks

  init(_ figure: EvidenceFigure) {
    self.figure = figure
    horizontal = LinearScale(figure.axis)
    var box = Canvas.Box(x: 66, y: 66, width: 678, height: 116)
    marks = BandMarks(figure.bands, scale: horizontal, box: box, rowCount: 3)
    box.y += marks.height
    var boxes: [Canvas.Box] = []
    for index in figure.panels.indices {
      box.height = index == 0 ? 116 : 80
      boxes.append(box)
      box.y = box.bottom + 24
    }
    self.boxes = boxes
    height = box.y - 24 + 46
  }

  var texts: [String] {
    [figure.subtitle, figure.axis.label] + figure.panels.flatMap { [$0.title, Self.note($0)] }
      + figure.bands.map(\.label)
  }

  /// What is said about a panel, also that values are clipped.
  private static func note(_ panel: EvidenceFigure.Panel) -> String {
    guard panel.values.contains(.infinity) else { return panel.note }
    return panel.note.isEmpty ? "▲ infinite" : panel.note + "; ▲ infinite"
  }

  /// The scale of a panel: about zero when signed, else from zero when all values lie well above.
  static func scale(_ panel: EvidenceFigure.Panel) -> LinearScale {
    let deviation = panel.deviation ?? [Double](repeating: 0, count: panel.values.count)
    var ends = zip(panel.values, deviation).flatMap { [$0 - $1, $0 + $1] }.filter(\.isFinite)
    if let reference = panel.reference { ends.append(reference) }
    if panel.isSigned || panel.reference != nil { ends.append(0) }
    return LinearScale(covering: ends, margin: 0.07)
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    let columns = horizontal.ticks(about: 9)
    for (index, (panel, box)) in zip(figure.panels, boxes).enumerated() {
      canvas.panelHeading(
        panel.title, note: Self.note(panel), over: box, lift: index == 0 ? 6 + marks.height : 6)
      draw(panel, columns, on: canvas, in: box)
    }
    if let first = boxes.first { marks.writeLabels(above: first.y, on: canvas) }
    if let last = boxes.last {
      canvas.horizontalAxis(columns, horizontal, under: last, label: figure.axis.label)
    }
  }

  private func draw(
    _ panel: EvidenceFigure.Panel, _ columns: [LinearScale.Tick], on canvas: Canvas,
    in box: Canvas.Box
  ) {
    let frame = PlotFrame(box: box, horizontal: horizontal, vertical: Self.scale(panel))
    let rows = frame.vertical.compactTicks(about: Int(box.height / 28))
    let top = frame.vertical.end
    let values = panel.values.map { min($0, top) }
    canvas.plot(frame, columns: columns, rows: rows) {
      marks.shade(box, on: canvas)
      if panel.isSigned {
        canvas.signedArea(frame, figure.axis.positions, values, deviation: panel.deviation)
        level(0, frame, [], on: canvas)
      } else {
        drawLine(panel, values, frame, on: canvas)
      }
      if panel.isSigned, let reference = panel.reference {
        level(reference, frame, [4, 3], on: canvas)
      }
      markInfinite(panel.values, frame, on: canvas)
    }
    canvas.verticalAxis(rows, frame.vertical, beside: box, label: "")
  }

  /// Draws the line, with what lies above the reference filled.
  private func drawLine(
    _ panel: EvidenceFigure.Panel, _ values: [Double], _ frame: PlotFrame, on canvas: Canvas
  ) {
    let positions = figure.axis.positions
    if let deviation = panel.deviation {
      let ends = frame.ends(values, deviation)
      canvas.fill(
        frame.envelope(positions, from: ends.low, to: ends.high), Color(gray: 0.5), opacity: 0.3)
    }
    if let reference = panel.reference {
      let shifted = PlotFrame(
        box: frame.box, horizontal: frame.horizontal,
        vertical: LinearScale(
          start: frame.vertical.start - reference, end: frame.vertical.end - reference))
      canvas.fill(
        shifted.area(positions, values.map { $0 - reference }, sign: 1), Palette.category(0),
        opacity: 0.22)
      level(reference, frame, [4, 3], on: canvas)
    }
    let color = panel.reference == nil ? Color(gray: 0.25) : Palette.category(0)
    ColoredLine(
      points: frame.line(positions, values), values: values.map { _ in 0 }, width: 1.3
    ).draw(on: canvas) { _ in color }
  }

  private func level(_ value: Double, _ frame: PlotFrame, _ dashes: [Double], on canvas: Canvas) {
    canvas.line(
      [.init(x: frame.box.x, y: frame.y(value)), .init(x: frame.box.right, y: frame.y(value))],
      Style.frameColor, width: 0.9, dashes: dashes)
  }

  /// Marks every run of infinite values with a triangle at the upper edge.
  private func markInfinite(_ values: [Double], _ frame: PlotFrame, on canvas: Canvas) {
    var start: Int?
    for index in 0...values.count {
      let isInfinite = index < values.count && values[index] == .infinity
      if isInfinite, start == nil { start = index }
      if !isInfinite, let first = start {
        let positions = figure.axis.positions
        let x = frame.x((positions[first] + positions[index - 1]) / 2)
        let y = frame.box.y + 1.5
        canvas.fill(
          [.init(x: x, y: y), .init(x: x - 4, y: y + 7), .init(x: x + 4, y: y + 7)],
          Style.textColor)
        start = nil
      }
    }
  }
}
