import SpectralData

/// A spectrum as a line inside a box, in the colors of a map if there is one.
struct SpectrumTrace {
  let spectrum: Spectrum

  /// One value per point, or nil for a line without colors.
  let map: ScaledMap?

  let colorMap: ColorMap

  /// The box that the axes run along.
  let box: Canvas.Box

  /// The width of the line in points.
  var lineWidth = 1.8

  /// Positions at the left and right edge, in the axis's unit; the left one is the higher for a
  /// reversed axis.
  var edges: (left: Double, right: Double) {
    let positions = spectrum.axis.positions
    let (first, last) = (positions.first ?? 0, positions.last ?? 1)
    var (low, high) = (min(first, last), max(first, last))
    if low == high { (low, high) = (low - 1, high + 1) }
    return spectrum.axis.isDrawnReversed ? (high, low) : (low, high)
  }

  /// Points from the left of the figure at which an axis position lies.
  func horizontal(_ position: Double) -> Double {
    let (left, right) = edges
    return box.x + (position - left) / (right - left) * box.width
  }

  /// About so many round positions with the decimals that tell them apart.
  func ticks(about count: Int) -> (positions: [Double], decimals: Int) {
    let (left, right) = edges
    return NumberText.ticks(from: min(left, right), to: max(left, right), about: count)
  }

  /// Intensities at the lower and upper edge of the box.
  var intensityRange: (low: Double, high: Double) {
    let values = spectrum.intensities
    let (low, high) = (Double(values.min() ?? 0), Double(values.max() ?? 1))
    let margin = high > low ? 0.05 * (high - low) : max(abs(high) * 0.05, 1e-6)
    return (low - margin, high + margin)
  }

  /// Points from the top of the figure at which an intensity lies.
  func vertical(_ intensity: Double) -> Double {
    let (low, high) = intensityRange
    return box.bottom - (intensity - low) / (high - low) * box.height
  }

  /// The color of a line where a map has a scaled value; gray stands for zero when signed.
  static func color(_ value: Double, _ scale: MapScale, _ colorMap: ColorMap) -> Color {
    if scale == .positive { return colorMap.color(value) }
    let end =
      value > 0
      ? Color(red: 0.82, green: 0.04, blue: 0.10) : Color(red: 0.04, green: 0.25, blue: 0.85)
    return Color(gray: 0.72).mixed(with: end, min(1, abs(value)))
  }

  /// The color where the map has a scaled value.
  func color(_ value: Double) -> Color {
    map.map { Self.color(value, $0.scale, colorMap) } ?? Color(gray: 0.25)
  }

  /// Draws the line.
  func draw(on canvas: Canvas) {
    let (low, high) = intensityRange
    let factor = box.height / (high - low)
    let points = spectrum.intensities.indices.map {
      Canvas.Point(
        x: horizontal(spectrum.axis.positions[$0]),
        y: box.bottom - (Double(spectrum.intensities[$0]) - low) * factor)
    }
    guard points.count > 1 else {
      if let point = points.first {
        let end = Canvas.Point(x: point.x + 0.01, y: point.y)
        canvas.line([point, end], color(scaled(0)), width: 4, hasRoundEnds: true)
      }
      return
    }
    for run in runs(points) {
      canvas.line(
        Array(run.points), color(Double(run.level) / 40), width: lineWidth, hasRoundEnds: true)
    }
  }

  private func scaled(_ index: Int) -> Double { map?.scaled(index) ?? 0 }

  /// One stroke for every run of segments whose colors cannot be told apart; strong ones last, so
  /// that they are not hidden.
  private func runs(
    _ points: [Canvas.Point]
  ) -> [(level: Int, points: ArraySlice<Canvas.Point>)] {
    var runs: [(level: Int, points: ArraySlice<Canvas.Point>)] = []
    var start = 0
    func level(_ segment: Int) -> Int {
      Int((40 * (scaled(segment) + scaled(segment + 1)) / 2).rounded())
    }
    for segment in 1..<points.count
    where segment == points.count - 1 || level(segment) != level(start) {
      runs.append((level(start), points[start...segment]))
      start = segment
    }
    return runs.sorted {
      (abs($0.level), $0.points.startIndex) < (abs($1.level), $1.points.startIndex)
    }
  }
}
