import Figures
import SpectralData

/// Where everything in a figure of feature maps stands, and how it is drawn.
struct FeatureMapsDrawing: Drawing {
  let figure: FeatureMapsFigure

  /// The box of the spectrum.
  let plot = Canvas.Box(x: 66, y: 52, width: 594, height: 130)

  /// The boxes of the layers.
  let strips: [Canvas.Box]

  let height: Double

  private typealias Style = Canvas.Style

  init(_ figure: FeatureMapsFigure) {
    self.figure = figure
    var top = plot.bottom
    var strips: [Canvas.Box] = []
    for layer in figure.layers {
      let rows = min(130, max(44, 26 + 1.2 * Double(layer.channels.count))).rounded()
      strips.append(Canvas.Box(x: plot.x, y: top + 26, width: plot.width, height: rows))
      top += 26 + rows
    }
    self.strips = strips
    height = top + 66
  }

  var texts: [String] {
    let layers = figure.layers.map { "\($0.name): \(Self.note($0))" }
    return [figure.subtitle, figure.spectrum.axis.label, figure.intensityLabel] + layers
      + [Self.statement]
  }

  private static let statement =
    "One row per channel, one scale of colors per layer. White is zero."

  /// What is said about a layer.
  private static func note(_ layer: FeatureMapsFigure.Layer) -> String {
    let (channels, positions) = (layer.channels.count, layer.channels[0].count)
    return
      "\(channels) channel\(channels == 1 ? "" : "s") × \(positions) position\(positions == 1 ? "" : "s")"
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    let trace = SpectrumTrace(figure.spectrum, in: plot, lineWidth: 1.4)
    let frame = trace.frame
    let (columns, rows) = (frame.horizontal.ticks(about: 9), frame.vertical.compactTicks(about: 4))
    canvas.plot(frame, columns: columns, rows: rows) { trace.draw(on: canvas) }
    canvas.verticalAxis(rows, frame.vertical, beside: plot, label: figure.intensityLabel)
    for (layer, box) in zip(figure.layers, strips) {
      draw(layer, frame.horizontal, columns, on: canvas, in: box)
    }
    guard let last = strips.last else { return }
    canvas.horizontalAxis(
      columns, frame.horizontal, under: last, label: figure.spectrum.axis.label)
    canvas.footnote(Self.statement, x: last.x, y: last.bottom + 52, width: last.width)
  }

  private func draw(
    _ layer: FeatureMapsFigure.Layer, _ scale: LinearScale, _ columns: [LinearScale.Tick],
    on canvas: Canvas, in box: Canvas.Box
  ) {
    let values = layer.channels.joined()
    let largest = values.reduce(0) { max($0, abs($1)) }
    let isSigned = (values.min() ?? 0) < -1e-6 * largest
    func color(_ scaled: Double) -> Color {
      isSigned ? ColorMap.redWhiteBlue.color(scaled) : Palette.shade(scaled)
    }
    let strip = HeatStrip(
      channels: layer.channels, positions: layer.positions ?? figure.spectrum.axis.positions,
      color: { color(largest > 0 ? $0 / largest : 0) })
    canvas.image(
      strip.picture(scale, width: Int(2 * box.width), height: Int(2 * box.height)), in: box)
    canvas.outline(box, Style.frameColor, width: 0.7)
    for tick in columns {
      let x = box.x + scale.fraction(tick.value) * box.width
      canvas.line(
        [.init(x: x, y: box.bottom), .init(x: x, y: box.bottom + 3)], Style.frameColor, width: 0.7)
    }
    canvas.panelHeading(layer.name, note: Self.note(layer), over: box)
    canvas.text(
      "Channel", at: .init(x: box.x - 10, y: box.y + box.height / 2), size: Style.tickSize,
      alignment: .center, color: Style.faintTextColor, isUpward: true)
    if largest > 0 {
      let bar = Canvas.Box(x: box.right + 12, y: box.y, width: 11, height: box.height)
      canvas.colorBar(to: largest, isSigned: isSigned, label: "", in: bar, color: color)
    }
  }
}
