import Figures
import SpectralData

/// Where everything in a figure of stability stands, and how it is drawn.
struct StabilityDrawing: Drawing {
  let figure: StabilityFigure

  /// The box of the plot.
  let plot: Canvas.Box

  let height: Double

  private typealias Style = Canvas.Style
  private let marks: BandMarks

  init(_ figure: StabilityFigure) {
    self.figure = figure
    var plot = Canvas.Box(x: 66, y: 66, width: 678, height: 250)
    marks = BandMarks(figure.bands, scale: LinearScale(figure.axis), box: plot)
    plot.y += marks.height
    self.plot = plot
    height = plot.bottom + (figure.spectrum == nil ? 46 : 64)
  }

  var texts: [String] {
    [figure.subtitle, figure.axis.label, "Share of splits", statement]
      + figure.models.map(\.name) + figure.bands.map(\.label)
  }

  private var statement: String {
    figure.spectrum == nil ? "" : "Gray: the mean spectrum, on a scale of its own."
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    let frame = PlotFrame(
      box: plot, horizontal: LinearScale(figure.axis),
      vertical: LinearScale(start: 0, end: 1.04))
    let (columns, rows) = (frame.horizontal.ticks(about: 9), frame.vertical.compactTicks(about: 5))
    canvas.legend(
      figure.models.enumerated().map { ($1.name, Palette.category($0)) }, right: plot.right,
      y: 60, width: plot.width)
    canvas.plot(frame, columns: columns, rows: rows) {
      marks.shade(plot, on: canvas)
      drawSpectrum(frame, on: canvas)
      let positions = figure.axis.positions
      for (index, model) in figure.models.enumerated() {
        canvas.fill(
          frame.area(positions, model.frequencies, sign: 1), Palette.category(index),
          opacity: 0.16)
      }
      for (index, model) in figure.models.enumerated().reversed() {
        canvas.line(
          frame.line(positions, model.frequencies), Palette.category(index), width: 1.6)
      }
    }
    marks.writeLabels(above: plot.y, on: canvas)
    canvas.verticalAxis(rows, frame.vertical, beside: plot, label: "Share of splits")
    canvas.horizontalAxis(columns, frame.horizontal, under: plot, label: figure.axis.label)
    canvas.footnote(statement, x: plot.x, y: plot.bottom + 52, width: plot.width)
  }

  private func drawSpectrum(_ frame: PlotFrame, on canvas: Canvas) {
    guard let spectrum = figure.spectrum else { return }
    let own = PlotFrame(
      box: frame.box, horizontal: frame.horizontal, vertical: LinearScale(covering: spectrum))
    canvas.line(own.line(figure.axis.positions, spectrum), Color(gray: 0.68), width: 1.2)
  }
}
