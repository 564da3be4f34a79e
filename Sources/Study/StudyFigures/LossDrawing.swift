import Figures
import Foundation

/// Where everything in a figure of losses stands, and how it is drawn.
struct LossDrawing: Drawing {
  let figure: LossFigure
  let plot = Canvas.Box(x: 66, y: 66, width: 678, height: 250)
  let height = 362.0

  /// Whether the scale is logarithmic: for positive losses that span more than a factor of 20.
  let isLogarithmic: Bool

  private typealias Style = Canvas.Style
  private let frame: PlotFrame

  init(_ figure: LossFigure) {
    self.figure = figure
    let losses = figure.training + (figure.validation ?? [])
    let (low, high) = (losses.min() ?? 0, losses.max() ?? 1)
    let isLogarithmic = low > 0 && high > 20 * low
    self.isLogarithmic = isLogarithmic
    let values = isLogarithmic ? losses.map { log10($0) } : losses
    let count = Double(figure.training.count)
    frame = PlotFrame(
      box: plot, horizontal: LinearScale(start: count > 1 ? 1 : 0, end: count > 1 ? count : 2),
      vertical: !isLogarithmic && low >= 0
        ? LinearScale(start: 0, end: high > 0 ? 1.05 * high : 1) : LinearScale(covering: values))
  }

  var texts: [String] {
    [figure.subtitle, "Epoch", figure.valueLabel] + entries.map(\.name)
      + [figure.bestEpoch.map { "kept: epoch \($0)" } ?? ""]
  }

  private var entries: [(name: String, color: Color)] {
    [("Training", Palette.category(0))]
      + (figure.validation == nil ? [] : [("Validation", Palette.category(1))])
  }

  /// What is drawn of a loss.
  private func height(_ loss: Double) -> Double { isLogarithmic ? log10(loss) : loss }

  /// Round losses: powers of ten and, when there are few of these, also twice and five times them.
  private var rows: [LinearScale.Tick] {
    guard isLogarithmic else { return frame.vertical.compactTicks(about: 6) }
    let (low, high) = (frame.vertical.start, frame.vertical.end)
    let factors = high - low > 3 ? [1.0] : [1.0, 2, 5]
    let step = max(1, Int((high - low) / 8))
    return stride(from: Int(low.rounded(.down)), through: Int(high.rounded(.up)), by: step)
      .flatMap { exponent in factors.map { $0 * pow(10, Double(exponent)) } }
      .filter { (low...high).contains(log10($0)) }
      .map { LinearScale.Tick(value: log10($0), text: NumberText.short($0)) }
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    canvas.legend(entries, right: plot.right, y: 60, width: plot.width)
    let columns = frame.horizontal.ticks(about: 8).filter { $0.value == $0.value.rounded() }
    let rows = rows
    canvas.plot(frame, columns: columns, rows: rows) {
      drawBestEpoch(on: canvas)
      draw(figure.training, entries[0].color, on: canvas)
      if let validation = figure.validation { draw(validation, entries[1].color, on: canvas) }
    }
    canvas.verticalAxis(rows, frame.vertical, beside: plot, label: figure.valueLabel)
    canvas.horizontalAxis(columns, frame.horizontal, under: plot, label: "Epoch")
  }

  private func draw(_ losses: [Double], _ color: Color, on canvas: Canvas) {
    let points = losses.enumerated().map { frame.point(Double($0 + 1), height($1)) }
    canvas.line(points, color, width: 1.6)
    if let point = points.first, points.count == 1 { canvas.disc(at: point, diameter: 5, color) }
  }

  private func drawBestEpoch(on canvas: Canvas) {
    guard let epoch = figure.bestEpoch else { return }
    let x = frame.x(Double(epoch))
    canvas.line(
      [.init(x: x, y: plot.y), .init(x: x, y: plot.bottom)], Style.frameColor, width: 1,
      dashes: [4, 3])
    let isRight = x > plot.x + 0.8 * plot.width
    canvas.text(
      "kept: epoch \(epoch)", at: .init(x: isRight ? x - 6 : x + 6, y: plot.y + 14),
      size: Style.tickSize, alignment: isRight ? .trailing : .leading,
      color: Style.faintTextColor)
  }
}
