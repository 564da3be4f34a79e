import Figures
import Statistics

/// Where everything in a figure of predictions stands, and how it is drawn.
struct PredictionDrawing: Drawing {
  /// The boxes of one model.
  struct Place: Hashable {
    let plot: Canvas.Box
    let residuals: Canvas.Box
  }

  let figure: PredictionFigure
  let places: [Place]
  let height: Double

  private typealias Style = Canvas.Style
  private let truth: LinearScale
  private let predicted: LinearScale
  private let residuals: LinearScale

  init(_ figure: PredictionFigure) {
    self.figure = figure
    let isSingle = figure.models.count == 1
    let (width, plotHeight) = isSingle ? (676.0, 400.0) : (300.0, 300.0)
    places = figure.models.indices.map { index in
      let plot = Canvas.Box(
        x: 68 + 372 * Double(index), y: 70, width: width, height: plotHeight)
      return Place(
        plot: plot,
        residuals: Canvas.Box(x: plot.x, y: plot.bottom + 12, width: width, height: 92))
    }
    height = 70 + plotHeight + 104 + 66
    let values = figure.models.flatMap { $0.truth + $0.predicted }
    truth = LinearScale(covering: values)
    predicted = truth
    let largest = figure.models.flatMap(Self.residuals).map(abs).max() ?? 0
    let reach = largest > 0 ? 1.1 * largest : 1
    residuals = LinearScale(start: -reach, end: reach)
  }

  var texts: [String] {
    [figure.subtitle, "Predicted against true: \(figure.valueLabel)"]
      + figure.models.flatMap { [$0.name, $0.note, Self.fitText($0)] } + [statement]
  }

  private let statement =
    "Dashed: predicted = true. Solid: least-squares line of predicted on true."

  /// Predicted minus true values.
  static func residuals(_ model: PredictionFigure.Model) -> [Double] {
    zip(model.predicted, model.truth).map(-)
  }

  /// The least-squares line of predicted on true values; nil when all true values are equal.
  static func fit(_ model: PredictionFigure.Model) -> FittedLine? {
    FittedLine(x: model.truth, y: model.predicted)
  }

  private static func fitText(_ model: PredictionFigure.Model) -> String {
    guard let fit = fit(model) else { return "" }
    let sign = fit.intercept < 0 ? "−" : "+"
    return "predicted = \(NumberText.short(fit.slope)) · true \(sign) "
      + NumberText.short(abs(fit.intercept))
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    for (index, (model, place)) in zip(figure.models, places).enumerated() {
      let color = Palette.category(index)
      canvas.panelHeading(model.name, note: model.note, over: place.plot)
      drawPlot(model, color, label: index == 0 ? "Predicted" : "", on: canvas, in: place.plot)
      drawResiduals(
        model, color, label: index == 0 ? "Residual" : "", on: canvas, in: place.residuals)
    }
    canvas.footnote(statement, x: 68, y: height - 14, width: width - 80)
  }

  private func drawPlot(
    _ model: PredictionFigure.Model, _ color: Color, label: String, on canvas: Canvas,
    in box: Canvas.Box
  ) {
    let frame = PlotFrame(box: box, horizontal: truth, vertical: predicted)
    let rows = predicted.compactTicks(about: 8)
    canvas.plot(frame, columns: truth.ticks(about: 8), rows: rows) {
      canvas.line(
        [frame.point(truth.start, truth.start), frame.point(truth.end, truth.end)],
        Color(gray: 0.4), width: 1, dashes: [5, 4])
      if let fit = Self.fit(model) {
        let ends = [model.truth.min() ?? 0, model.truth.max() ?? 0]
        canvas.line(
          ends.map { frame.point($0, fit.slope * $0 + fit.intercept) }, color, width: 1.6)
      }
      drawDots(zip(model.truth, model.predicted).map { frame.point($0, $1) }, color, on: canvas)
    }
    canvas.text(
      canvas.shortened(Self.fitText(model), to: box.width * 0.7, size: Style.tickSize),
      at: .init(x: box.x + 8, y: box.y + 15), size: Style.tickSize)
    canvas.verticalAxis(rows, predicted, beside: box, label: label)
  }

  private func drawResiduals(
    _ model: PredictionFigure.Model, _ color: Color, label: String, on canvas: Canvas,
    in box: Canvas.Box
  ) {
    let frame = PlotFrame(box: box, horizontal: truth, vertical: residuals)
    let (columns, rows) = (truth.ticks(about: 8), residuals.compactTicks(about: 4))
    canvas.plot(frame, columns: columns, rows: rows) {
      canvas.line(
        [.init(x: box.x, y: frame.y(0)), .init(x: box.right, y: frame.y(0))], Color(gray: 0.4),
        width: 1, dashes: [5, 4])
      let values = zip(model.truth, Self.residuals(model))
      drawDots(values.map { frame.point($0, $1) }, color, on: canvas)
    }
    canvas.verticalAxis(rows, residuals, beside: box, label: label)
    canvas.horizontalAxis(columns, truth, under: box, label: "True: \(figure.valueLabel)")
  }

  /// Smaller and fainter dots the more there are.
  private func drawDots(_ points: [Canvas.Point], _ color: Color, on canvas: Canvas) {
    let isDense = points.count > 400
    for point in points {
      canvas.disc(at: point, diameter: isDense ? 3.4 : 5, color, opacity: isDense ? 0.4 : 0.6)
    }
  }
}
