/// A line through points.
enum Polyline {
  /// How far a line may move in a vector graphic, in points.
  static let tolerance = 0.08

  /// Lines of fewer points are kept as they are.
  private static let shortest = 6

  /// Leaves out points that lie near the line through those that are kept.
  ///
  /// D. H. Douglas, T. K. Peucker, Cartographica 10 (1973) 112–122.
  static func thinned(_ points: [Canvas.Point]) -> [Canvas.Point] {
    guard points.count >= shortest else { return points }
    var isKept = [Bool](repeating: false, count: points.count)
    (isKept[0], isKept[points.count - 1]) = (true, true)
    var open = [(0, points.count - 1)]
    while let (first, last) = open.popLast() {
      guard last - first > 1 else { continue }
      var (farthest, largest) = (first, 0.0)
      for index in first + 1..<last {
        let distance = distance(points[index], points[first], points[last])
        if distance > largest { (farthest, largest) = (index, distance) }
      }
      if largest > tolerance {
        isKept[farthest] = true
        open += [(first, farthest), (farthest, last)]
      }
    }
    return points.indices.filter { isKept[$0] }.map { points[$0] }
  }

  /// How far a point lies from the stretch between two others.
  private static func distance(
    _ point: Canvas.Point, _ start: Canvas.Point, _ end: Canvas.Point
  ) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let square = dx * dx + dy * dy
    let along =
      square > 0
      ? min(1, max(0, ((point.x - start.x) * dx + (point.y - start.y) * dy) / square)) : 0
    let (x, y) = (point.x - start.x - along * dx, point.y - start.y - along * dy)
    return (x * x + y * y).squareRoot()
  }
}
