/// A box with the scales of its two axes.
package struct PlotFrame: Hashable {
  package let box: Canvas.Box
  package let horizontal: LinearScale
  package let vertical: LinearScale

  package init(box: Canvas.Box, horizontal: LinearScale, vertical: LinearScale) {
    self.box = box
    self.horizontal = horizontal
    self.vertical = vertical
  }

  /// Points from the left of the figure.
  package func x(_ value: Double) -> Double { box.x + horizontal.fraction(value) * box.width }

  /// Points from the top of the figure.
  package func y(_ value: Double) -> Double { box.bottom - vertical.fraction(value) * box.height }

  /// Where a pair of values lies.
  package func point(_ horizontal: Double, _ vertical: Double) -> Canvas.Point {
    Canvas.Point(x: x(horizontal), y: y(vertical))
  }

  /// The line through pairs of values.
  package func line(_ positions: [Double], _ values: [Double]) -> [Canvas.Point] {
    zip(positions, values).map { point($0, $1) }
  }

  /// What lies a deviation below and above values, but not beyond the vertical scale.
  package func ends(_ values: [Double], _ deviation: [Double]) -> (low: [Double], high: [Double]) {
    let (lowest, highest) = (vertical.start, vertical.end)
    return (
      zip(values, deviation).map { max(lowest, $0 - $1) },
      zip(values, deviation).map { min(highest, $0 + $1) }
    )
  }

  /// The outline of what lies between two lines over the same positions.
  package func envelope(_ positions: [Double], from low: [Double], to high: [Double]) -> [Canvas
    .Point]
  {
    line(positions, low) + line(positions, high).reversed()
  }

  /// The outline between zero and the values of one sign, cut where the values cross zero.
  ///
  /// - Parameters:
  ///   - positions: One per value.
  ///   - values: At least one.
  ///   - sign: 1 for the values above zero, -1 for those below.
  /// - Returns: The corners of the outline.
  package func area(_ positions: [Double], _ values: [Double], sign: Double) -> [Canvas.Point] {
    var outline = [point(positions[0], 0)]
    var before = 0.0
    for (index, position) in positions.enumerated() {
      let value = sign * values[index]
      if index > 0, before * value < 0 {
        let crossing =
          positions[index - 1] + (position - positions[index - 1]) * before / (before - value)
        outline.append(point(crossing, 0))
      }
      outline.append(point(position, sign * max(0, value)))
      before = value
    }
    outline.append(point(positions[positions.count - 1], 0))
    return outline
  }
}
