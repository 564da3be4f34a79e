import ImageData

/// Parts that figures share.
extension Canvas {
  /// Sizes, distances and colors that all figures share, in points.
  package enum Style {
    package static let margin = 12.0
    package static let titleSize = 13.0
    package static let subtitleSize = 10.0
    package static let labelSize = 10.0
    package static let tickSize = 9.0
    package static let barWidth = 13.0
    package static let textColor = Color(gray: 0.13)
    package static let faintTextColor = Color(gray: 0.38)
    package static let frameColor = Color(gray: 0.45)
    package static let gridColor = Color(gray: 0.91)
  }

  /// How wide texts are, in points, before there is a drawing.
  package static func textWidths(_ texts: [String], size: Double, isBold: Bool = false) -> [Double]
  {
    if texts.isEmpty { return [] }
    // Used when the library cannot measure; wider than almost every letter.
    var widths = texts.map { 0.8 * size * Double($0.count) }
    _ = try? picture(width: 1, height: 1, scale: 1) { canvas in
      widths = texts.map { canvas.textWidth($0, size: size, isBold: isBold) }
    }
    return widths
  }

  /// The text, or its start and an ellipsis when it is wider than the space for it.
  package func shortened(_ text: String, to width: Double, size: Double, isBold: Bool = false)
    -> String
  {
    if textWidth(text, size: size, isBold: isBold) <= width { return text }
    let characters = Array(text)
    var (fitting, tooLong) = (0, characters.count)
    while tooLong - fitting > 1 {
      let middle = (fitting + tooLong) / 2
      let candidate = String(characters[..<middle]) + "…"
      if textWidth(candidate, size: size, isBold: isBold) <= width {
        fitting = middle
      } else {
        tooLong = middle
      }
    }
    var kept = String(characters[..<fitting])
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// Writes a title and a fainter line below it, shortened to a width.
  package func heading(_ title: String, _ subtitle: String, x: Double, width: Double) {
    text(
      shortened(title, to: width, size: Style.titleSize, isBold: true),
      at: Point(x: x, y: Style.margin + 11), size: Style.titleSize, isBold: true)
    text(
      shortened(subtitle, to: width, size: Style.subtitleSize),
      at: Point(x: x, y: Style.margin + 27), size: Style.subtitleSize, color: Style.faintTextColor)
  }

  /// Draws a color bar with its raw end values, and zero between them when the scale is signed.
  ///
  /// - Parameters:
  ///   - map: Gives the range.
  ///   - label: What the values are; written along the bar.
  ///   - box: The bar.
  ///   - color: The color of a scaled value.
  func colorBar(_ map: ScaledMap, label: String, in box: Box, color: (Double) -> Color) {
    colorBar(
      to: Double(map.divisor), isSigned: map.scale == .signed, label: label, in: box, color: color)
  }

  /// Draws a color bar from zero, or from the opposite of the highest value when signed.
  package func colorBar(
    to highest: Double, isSigned: Bool, label: String, in box: Box, color: (Double) -> Color
  ) {
    colorRamp(isSigned: isSigned, in: box, color: color)
    let ticks = [(0.0, highest), (1, isSigned ? -highest : 0), (0.5, isSigned ? 0 : highest / 2)]
    var widest = 0.0
    for (fraction, value) in ticks where box.height >= 40 || fraction != 0.5 {
      let y = box.y + box.height * fraction
      line(
        [Point(x: box.right, y: y), Point(x: box.right + 3, y: y)], Style.frameColor, width: 0.7)
      let number = NumberText.short(value)
      widest = max(widest, textWidth(number, size: Style.tickSize))
      text(number, at: Point(x: box.right + 6, y: y + 3.3), size: Style.tickSize)
    }
    text(
      shortened(label, to: box.height, size: Style.tickSize),
      at: Point(x: box.right + 6 + widest + 13, y: box.y + box.height / 2), size: Style.tickSize,
      alignment: .center, color: Style.faintTextColor, isUpward: true)
  }

  /// Fills a box with the colors of a scale, the highest at the top or else at the right.
  ///
  /// - Parameters:
  ///   - isSigned: Whether the scale runs from -1, not from 0.
  ///   - box: What is filled.
  ///   - isUpward: Whether the colors rise, else they run to the right.
  ///   - color: The color of a scaled value.
  package func colorRamp(
    isSigned: Bool, in box: Box, isUpward: Bool = true, color: (Double) -> Color
  ) {
    // One step per point: they meet at whole pixels. Each step reaches to the end, so that no seams
    // show between them.
    let steps = max(1, Int(isUpward ? box.height : box.width))
    for step in 0..<steps {
      let share = Double(step) / Double(steps)
      let fraction = (Double(step) + 0.5) / Double(steps)
      let scaled = isUpward ? 1 - fraction : fraction
      var rest = box
      if isUpward {
        rest.y += box.height * share
        rest.height -= box.height * share
      } else {
        rest.x += box.width * share
        rest.width -= box.width * share
      }
      fill(rest, color(isSigned ? 2 * scaled - 1 : scaled))
    }
    outline(box, Style.frameColor, width: 0.7)
  }
}
