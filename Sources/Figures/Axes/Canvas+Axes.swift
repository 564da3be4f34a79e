import SpectralData

/// Axes, grids and the parts that all plots share.
extension Canvas {
  /// The distance of a vertical axis's label from the box.
  package static let verticalLabelDistance = 46.0

  /// Draws vertical grid lines.
  package func verticalLines(_ ticks: [LinearScale.Tick], _ scale: LinearScale, in box: Box) {
    for tick in ticks {
      let x = box.x + scale.fraction(tick.value) * box.width
      line([Point(x: x, y: box.y), Point(x: x, y: box.bottom)], Style.gridColor, width: 0.7)
    }
  }

  /// Draws horizontal grid lines.
  package func horizontalLines(_ ticks: [LinearScale.Tick], _ scale: LinearScale, in box: Box) {
    for tick in ticks {
      let y = box.bottom - scale.fraction(tick.value) * box.height
      line([Point(x: box.x, y: y), Point(x: box.right, y: y)], Style.gridColor, width: 0.7)
    }
  }

  /// Writes ticks and label of an axis beneath a box, in 34 points.
  ///
  /// - Parameters:
  ///   - ticks: What is written; a text that would touch the one before it is left out.
  ///   - scale: The values at the left and right edge.
  ///   - box: The box.
  ///   - label: What the values are, with their unit; empty for none.
  package func horizontalAxis(
    _ ticks: [LinearScale.Tick], _ scale: LinearScale, under box: Box, label: String
  ) {
    var taken: [ClosedRange<Double>] = []
    for tick in ticks {
      let x = box.x + scale.fraction(tick.value) * box.width
      line(
        [Point(x: x, y: box.bottom), Point(x: x, y: box.bottom + 4)], Style.frameColor, width: 0.7)
      let half = textWidth(tick.text, size: Style.tickSize) / 2 + 3
      if taken.contains(where: { $0.overlaps(x - half...x + half) }) { continue }
      taken.append(x - half...x + half)
      text(
        tick.text, at: Point(x: x, y: box.bottom + 15), size: Style.tickSize, alignment: .center)
    }
    text(
      shortened(label, to: box.width, size: Style.labelSize),
      at: Point(x: box.x + box.width / 2, y: box.bottom + 32), size: Style.labelSize,
      alignment: .center)
  }

  /// Writes compact ticks and label of an axis at the left of a box, in 60 points.
  ///
  /// - Parameters:
  ///   - ticks: What is written, in units of the scale's power of ten.
  ///   - scale: The values at the lower and upper edge; its power of ten is added to the label.
  ///   - box: The box.
  ///   - label: What the values are, with their unit; empty for none.
  package func verticalAxis(
    _ ticks: [LinearScale.Tick], _ scale: LinearScale, beside box: Box, label: String
  ) {
    for tick in ticks {
      let y = box.bottom - scale.fraction(tick.value) * box.height
      line([Point(x: box.x - 4, y: y), Point(x: box.x, y: y)], Style.frameColor, width: 0.7)
      text(
        tick.text, at: Point(x: box.x - 7, y: y + 3.3), size: Style.tickSize, alignment: .trailing)
    }
    let factor = scale.exponent == 0 ? "" : "×" + NumberText.powerOfTen(scale.exponent)
    let space = box.height - (factor.isEmpty ? 0 : textWidth(" " + factor, size: Style.labelSize))
    let shortLabel = label.isEmpty ? "" : shortened(label, to: space, size: Style.labelSize)
    text(
      [shortLabel, factor].filter { !$0.isEmpty }.joined(separator: " "),
      at: Point(x: box.x - Self.verticalLabelDistance, y: box.y + box.height / 2),
      size: Style.labelSize, alignment: .center, isUpward: true)
  }

  /// Draws grid and edge of a plot, with the content between them.
  package func plot(
    _ frame: PlotFrame, columns: [LinearScale.Tick], rows: [LinearScale.Tick], content: () -> Void
  ) {
    verticalLines(columns, frame.horizontal, in: frame.box)
    horizontalLines(rows, frame.vertical, in: frame.box)
    content()
    outline(frame.box, Style.frameColor, width: 0.7)
  }

  /// Writes a small bold heading over a box, with a fainter note at its right end.
  package func panelHeading(_ title: String, note: String = "", over box: Box, lift: Double = 6) {
    let noteWidth = note.isEmpty ? 0 : min(textWidth(note, size: Style.tickSize), box.width * 0.6)
    let space = max(20, box.width - noteWidth - (note.isEmpty ? 0 : 12))
    text(
      shortened(title, to: space, size: Style.labelSize, isBold: true),
      at: Point(x: box.x, y: box.y - lift), size: Style.labelSize, isBold: true)
    text(
      shortened(note, to: noteWidth + 0.5, size: Style.tickSize),
      at: Point(x: box.right, y: box.y - lift), size: Style.tickSize, alignment: .trailing,
      color: Style.faintTextColor)
  }

  /// Writes a faint note in at most two lines from a base line on.
  package func footnote(_ note: String, x: Double, y: Double, width: Double) {
    let lines = wrapped(note, to: width, size: Style.tickSize, atMost: 2, at: .sentence)
    for (index, line) in lines.enumerated() {
      text(
        line, at: Point(x: x, y: y + 13 * Double(index)), size: Style.tickSize,
        color: Style.faintTextColor)
    }
  }

  /// Writes names beside strokes of their colors in one row that ends at the right.
  package func legend(
    _ entries: [(name: String, color: Color)], right: Double, y: Double, width: Double
  ) {
    let space = width / Double(max(1, entries.count)) - 34
    var x = right
    for (name, color) in entries.reversed() {
      let name = shortened(name, to: space, size: Style.tickSize)
      x -= textWidth(name, size: Style.tickSize)
      text(name, at: Point(x: x, y: y), size: Style.tickSize)
      line([Point(x: x - 18, y: y - 3.2), Point(x: x - 5, y: y - 3.2)], color, width: 2.4)
      x -= 34
    }
  }

  /// Draws the area between zero and values, red above and blue below zero.
  ///
  /// - Parameters:
  ///   - frame: The plot; what lies outside of its vertical scale is drawn at its edges.
  ///   - positions: One per value.
  ///   - values: At least one.
  ///   - deviation: How far the gray envelope reaches to both sides, or nil for none.
  package func signedArea(
    _ frame: PlotFrame, _ positions: [Double], _ values: [Double], deviation: [Double]? = nil
  ) {
    let ends = deviation.map { frame.ends(values, $0) }
    if let ends {
      fill(
        frame.envelope(positions, from: ends.low, to: ends.high), Color(gray: 0.5), opacity: 0.3)
    }
    for (sign, color) in [(1.0, Palette.positive), (-1, Palette.negative)] {
      fill(frame.area(positions, values, sign: sign), color, opacity: 0.8)
    }
    for end in ends.map({ [$0.low, $0.high] }) ?? [] {
      line(frame.line(positions, end), Color(gray: 0.3), width: 0.6, opacity: 0.8)
    }
  }
}
