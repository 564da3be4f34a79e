package import SpectralData

/// A spectrum as a line inside a box, in the colors of a map if there is one.
package struct SpectrumTrace {
  let spectrum: Spectrum

  /// One value per point, or nil for a line without colors.
  let map: ScaledMap?

  let colorMap: ColorMap

  /// The box that the axes run along.
  let box: Canvas.Box

  /// The width of the line in points.
  var lineWidth = 1.8

  /// Intensities at the lower and upper edge, or nil for those of the spectrum.
  var vertical: LinearScale?

  /// Both axes.
  package var frame: PlotFrame {
    PlotFrame(
      box: box, horizontal: LinearScale(spectrum.axis),
      vertical: vertical ?? LinearScale(covering: spectrum.intensities.map(Double.init)))
  }

  /// Positions at the left and right edge, in the axis's unit; the left one is the higher for a
  /// reversed axis.
  var edges: (left: Double, right: Double) {
    let scale = LinearScale(spectrum.axis)
    return (scale.start, scale.end)
  }

  /// Points from the left of the figure at which an axis position lies.
  func horizontal(_ position: Double) -> Double {
    box.x + LinearScale(spectrum.axis).fraction(position) * box.width
  }

  /// About so many round positions with the decimals that tell them apart.
  func ticks(about count: Int) -> (positions: [Double], decimals: Int) {
    let (left, right) = edges
    return NumberText.ticks(from: min(left, right), to: max(left, right), about: count)
  }

  /// The color of a line where a map has a scaled value; gray stands for zero when signed.
  package static func color(_ value: Double, _ scale: MapScale, _ colorMap: ColorMap) -> Color {
    if scale == .positive { return colorMap.color(value) }
    let end = value > 0 ? Palette.positive : Palette.negative
    return Color(gray: 0.72).mixed(with: end, min(1, abs(value)))
  }

  /// The color where the map has a scaled value.
  func color(_ value: Double) -> Color {
    map.map { Self.color(value, $0.scale, colorMap) } ?? Color(gray: 0.25)
  }

  /// Draws the line.
  package func draw(on canvas: Canvas) {
    let points = frame.line(spectrum.axis.positions, spectrum.intensities.map(Double.init))
    let values = spectrum.axis.positions.indices.map { map?.scaled($0) ?? 0 }
    ColoredLine(points: points, values: values, width: lineWidth).draw(on: canvas, color: color)
  }
}

extension SpectrumTrace {
  /// A line without a map.
  package init(_ spectrum: Spectrum, in box: Canvas.Box, lineWidth: Double) {
    self.init(spectrum: spectrum, map: nil, colorMap: .turbo, box: box, lineWidth: lineWidth)
  }
}
