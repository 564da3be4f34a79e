/// A line whose color follows a value along it.
package struct ColoredLine {
  package let points: [Canvas.Point]

  /// One value per point, -1…1.
  package let values: [Double]

  /// The width in points.
  package let width: Double

  package init(points: [Canvas.Point], values: [Double], width: Double) {
    self.points = points
    self.values = values
    self.width = width
  }

  /// Draws the line; a single point becomes a dot.
  package func draw(on canvas: Canvas, color: (Double) -> Color) {
    guard points.count > 1 else {
      if let point = points.first {
        let end = Canvas.Point(x: point.x + 0.01, y: point.y)
        canvas.line([point, end], color(values[0]), width: 4, hasRoundEnds: true)
      }
      return
    }
    for run in runs {
      canvas.line(
        Array(run.points), color(Double(run.level) / 40), width: width, hasRoundEnds: true)
    }
  }

  /// One stroke for every run of segments whose colors cannot be told apart; strong ones last, so
  /// that they are not hidden.
  private var runs: [(level: Int, points: ArraySlice<Canvas.Point>)] {
    var runs: [(level: Int, points: ArraySlice<Canvas.Point>)] = []
    var start = 0
    func level(_ segment: Int) -> Int {
      Int((40 * (values[segment] + values[segment + 1]) / 2).rounded())
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
