import ImageData
import SpectralData
import TensorCore

/// Draws a comparison where its layout says.
struct ComparisonDrawing: Drawing {
  let figure: ComparisonFigure
  let layout: ComparisonLayout

  private typealias Style = Canvas.Style

  var width: Double { layout.width }

  var height: Double { layout.height }

  var texts: [String] {
    [figure.subtitle, figure.statement] + figure.methods
      + figure.rows.map { "\($0.name) (\($0.detail))" }
  }

  /// Draws everything.
  func draw(on canvas: Canvas) {
    for rule in layout.rules {
      canvas.line([rule.start, rule.end], Style.frameColor, width: 0.7)
    }
    for (scale, box) in zip(figure.scales, layout.bars) {
      canvas.colorRamp(isSigned: scale == .signed, in: box, isUpward: false) {
        figure.color($0, scale)
      }
    }
    drawInput(on: canvas)
    for ((cell, map), box) in zip(figure.cells, layout.panels) {
      if map.hasPositive {
        draw(map.resampled(cell.aligned().elements), on: canvas, in: box)
      } else {
        drawNote(on: canvas, box)
      }
      canvas.outline(box, Style.frameColor, width: 0.7)
    }
    for label in layout.labels { draw(label, on: canvas) }
  }

  private func draw(_ label: ComparisonLayout.Label, on canvas: Canvas) {
    let (box, y) = (label.box, label.box.y + 0.5 * label.box.height + 0.36 * label.size)
    let x: Double =
      switch label.alignment {
      case .leading: box.x
      case .center: box.x + box.width / 2
      case .trailing: box.right
      }
    canvas.text(
      label.text, at: .init(x: x, y: y), size: label.size, alignment: label.alignment,
      color: label.isFaint ? Style.faintTextColor : Style.textColor, isBold: label.isBold)
  }

  private func drawInput(on canvas: Canvas) {
    switch figure.subject {
    case .picture(let picture): canvas.image(picture, in: layout.input)
    case .spectrum(let spectrum): drawSpectrum(spectrum, nil, on: canvas, in: layout.input)
    }
    canvas.outline(layout.input, Style.frameColor, width: 0.7)
  }

  private func draw(_ map: ScaledMap, on canvas: Canvas, in box: Canvas.Box) {
    switch figure.subject {
    case .picture(let picture):
      let colors = map.scale == .signed ? ColorMap.redWhiteBlue : figure.colorMap
      canvas.image(map.blended(over: picture, colors), in: box)
    case .spectrum(let spectrum): drawSpectrum(spectrum, map, on: canvas, in: box)
    }
  }

  private func drawSpectrum(
    _ spectrum: Spectrum, _ map: ScaledMap?, on canvas: Canvas, in box: Canvas.Box
  ) {
    var trace = SpectrumTrace(
      spectrum: spectrum, map: map, colorMap: figure.colorMap, box: box)
    trace.lineWidth = map == nil ? 0.8 : 1.3
    for position in trace.ticks(about: 4).positions {
      let x = trace.horizontal(position)
      canvas.line([.init(x: x, y: box.y), .init(x: x, y: box.bottom)], Style.gridColor, width: 0.6)
    }
    trace.draw(on: canvas)
  }

  /// Says that a map has nothing above zero.
  private func drawNote(on canvas: Canvas, _ box: Canvas.Box) {
    canvas.fill(box, Color(gray: 0.95))
    let lines = canvas.wrapped(
      "nothing to show", to: box.width - 6, size: Style.tickSize, atMost: 3, at: .sentence)
    for (index, line) in lines.enumerated() {
      let y = box.y + box.height / 2 + 12 * (Double(index) - Double(lines.count - 1) / 2) + 3.3
      canvas.text(
        line, at: .init(x: box.x + box.width / 2, y: y), size: Style.tickSize, alignment: .center,
        color: Style.faintTextColor)
    }
  }
}
