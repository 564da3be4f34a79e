import Figures
import SpectralData

/// Where everything in a figure of class maps stands, and how it is drawn.
struct ClassMapsDrawing: Drawing {
  /// The boxes of one panel.
  struct Place: Hashable {
    let plot: Canvas.Box
    let strip: Canvas.Box
    let marks: BandMarks
  }

  let figure: ClassMapsFigure
  let places: [Place]
  let height: Double

  private typealias Style = Canvas.Style
  private let horizontal: LinearScale
  private let intensities: LinearScale
  private let mapValues: LinearScale

  /// The largest absolute value of all mean maps.
  private let magnitude: Double

  init(_ figure: ClassMapsFigure) {
    self.figure = figure
    horizontal = LinearScale(figure.axis)
    var top = 50.0
    var places: [Place] = []
    for panel in figure.panels {
      var plot = Canvas.Box(x: 66, y: top + 14, width: 580, height: 112)
      let marks = BandMarks(panel.bands, scale: horizontal, box: plot)
      plot.y += marks.height
      let strip = Canvas.Box(x: plot.x, y: plot.bottom + 7, width: plot.width, height: 60)
      places.append(Place(plot: plot, strip: strip, marks: marks))
      top = strip.bottom + 16
    }
    self.places = places
    height = top + 60
    intensities = LinearScale(
      covering: figure.panels.flatMap { Self.reaches($0.spectrum, $0.spectrumDeviation) })
    let reaches = figure.panels.flatMap { Self.reaches($0.map, $0.mapDeviation) }
    let reach = 1.06 * (reaches.map(abs).max() ?? 0)
    let isSigned = figure.panels.contains { $0.map.contains { $0 < 0 } }
    mapValues = LinearScale(start: isSigned ? -reach : 0, end: reach > 0 ? reach : 1)
    magnitude = figure.panels.flatMap(\.map).map(abs).max() ?? 0
  }

  /// What lies a deviation below and above the values.
  static func reaches(_ values: [Double], _ deviation: [Double]?) -> [Double] {
    guard let deviation else { return values }
    return zip(values, deviation).flatMap { [$0 - $1, $0 + $1] }
  }

  var texts: [String] {
    let panels = figure.panels.flatMap { [$0.name, $0.note] + $0.bands.map(\.label) }
    return [figure.subtitle, figure.axis.label, figure.intensityLabel, figure.valueLabel] + panels
      + [statement]
  }

  /// What is said about the scales.
  private var statement: String {
    let parts = [
      magnitude > 0
        ? "All panels share one scale: full color at \(mapValues.start < 0 ? "±" : "")"
          + "\(NumberText.short(magnitude))."
        : "All maps are zero.",
      figure.panels.contains { $0.spectrumDeviation != nil || $0.mapDeviation != nil }
        ? "Envelopes: ± one standard deviation." : "",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    let columns = horizontal.ticks(about: 9)
    for (panel, place) in zip(figure.panels, places) {
      canvas.panelHeading(
        panel.name, note: panel.note, over: place.plot, lift: 6 + place.marks.height)
      place.marks.writeLabels(above: place.plot.y, on: canvas)
      drawSpectrum(panel, place.marks, columns, on: canvas, in: place.plot)
      drawMap(panel, place.marks, columns, on: canvas, in: place.strip)
    }
    guard let first = places.first, let last = places.last else { return }
    canvas.horizontalAxis(columns, horizontal, under: last.strip, label: figure.axis.label)
    canvas.footnote(
      statement, x: last.strip.x, y: last.strip.bottom + 50, width: last.strip.width)
    if magnitude > 0 { drawBar(on: canvas, beside: first) }
  }

  private func drawSpectrum(
    _ panel: ClassMapsFigure.Panel, _ marks: BandMarks, _ columns: [LinearScale.Tick],
    on canvas: Canvas, in box: Canvas.Box
  ) {
    let frame = PlotFrame(box: box, horizontal: horizontal, vertical: intensities)
    let rows = intensities.compactTicks(about: 4)
    let positions = figure.axis.positions
    canvas.plot(frame, columns: columns, rows: rows) {
      marks.shade(box, on: canvas)
      if let deviation = panel.spectrumDeviation {
        canvas.fill(
          frame.envelope(
            positions, from: zip(panel.spectrum, deviation).map(-),
            to: zip(panel.spectrum, deviation).map(+)), Color(gray: 0.5), opacity: 0.25)
      }
      let values = panel.map.map { magnitude > 0 ? $0 / magnitude : 0 }
      let line = ColoredLine(
        points: frame.line(positions, panel.spectrum), values: values, width: 1.8)
      line.draw(on: canvas, color: Self.color)
    }
    canvas.verticalAxis(rows, intensities, beside: box, label: figure.intensityLabel)
  }

  private func drawMap(
    _ panel: ClassMapsFigure.Panel, _ marks: BandMarks, _ columns: [LinearScale.Tick],
    on canvas: Canvas, in box: Canvas.Box
  ) {
    let frame = PlotFrame(box: box, horizontal: horizontal, vertical: mapValues)
    let rows = mapValues.compactTicks(about: 3)
    let positions = figure.axis.positions
    canvas.plot(frame, columns: columns, rows: []) {
      marks.shade(box, on: canvas)
      canvas.signedArea(frame, positions, panel.map, deviation: panel.mapDeviation)
      canvas.line(
        [.init(x: box.x, y: frame.y(0)), .init(x: box.right, y: frame.y(0))], Style.frameColor,
        width: 0.8)
    }
    canvas.verticalAxis(rows, mapValues, beside: box, label: "Map")
  }

  private func drawBar(on canvas: Canvas, beside place: Place) {
    let bar = Canvas.Box(
      x: place.plot.right + 14, y: place.plot.y, width: Style.barWidth, height: place.plot.height)
    canvas.colorBar(
      to: magnitude, isSigned: mapValues.start < 0, label: figure.valueLabel, in: bar,
      color: Self.color)
  }

  private static func color(_ value: Double) -> Color {
    SpectrumTrace.color(value, .signed, .redWhiteBlue)
  }
}
