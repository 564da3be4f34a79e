import Figures

/// Numbers on curves, each where the other curves are far.
struct CurveBadges {
  /// The diameter of a badge, in points.
  static let diameter = 13.0

  /// The middle of the badge of each curve.
  let centers: [Canvas.Point]

  /// Places badges one after another, those of curves that are near others everywhere first.
  ///
  /// - Parameters:
  ///   - curves: The points of each curve from left to right.
  ///   - box: What badges stay within.
  init(_ curves: [[Canvas.Point]], in box: Canvas.Box) {
    let reach = Self.diameter / 2 + 1
    let count = max(8, min(60, Int(box.width / 8)))
    let xs = (0...count).map {
      box.x + reach + (box.width - 2 * reach) * Double($0) / Double(count)
    }
    let heights = curves.map { curve in xs.map { Self.y(of: curve, at: $0) } }
    let clearances = heights.indices.map { curve in
      xs.indices.map { Self.clearance(of: curve, at: $0, heights) }
    }
    let order = curves.indices.sorted {
      (clearances[$0].max() ?? 0, $0) < (clearances[$1].max() ?? 0, $1)
    }
    var centers = [Canvas.Point](repeating: .init(x: 0, y: 0), count: curves.count)
    var placed: [Canvas.Point] = []
    for curve in order {
      let candidates = xs.indices.map { place -> (score: Double, point: Canvas.Point) in
        let y = min(max(heights[curve][place], box.y + reach), box.bottom - reach)
        let point = Canvas.Point(x: xs[place], y: y)
        let distance = placed.map { Self.distance($0, point) }.min() ?? .infinity
        let isFree = distance >= Self.diameter + 1
        // Overlapping badges are the last resort; then the farthest from all others wins.
        return (isFree ? 1000 + clearances[curve][place] : distance, point)
      }
      let best = candidates.max { $0.score < $1.score }
      centers[curve] = best?.point ?? .init(x: box.x, y: box.y)
      placed.append(centers[curve])
    }
    self.centers = centers
  }

  /// How far the other curves are from one at a place: the nearest, and all on average where that is
  /// equally near; what is farther than two badges counts as so far.
  private static func clearance(
    of curve: Int, at place: Int, _ heights: [[Double]]
  ) -> Double {
    let distances = heights.indices.filter { $0 != curve }.map {
      min(2 * diameter, abs(heights[$0][place] - heights[curve][place]))
    }
    guard let nearest = distances.min() else { return 2 * diameter }
    return nearest + distances.reduce(0, +) / Double(distances.count)
  }

  /// Where a curve is at a place across; its ends reach on.
  private static func y(of curve: [Canvas.Point], at x: Double) -> Double {
    guard let next = curve.firstIndex(where: { $0.x >= x }) else { return curve.last?.y ?? 0 }
    guard next > 0 else { return curve[0].y }
    let (a, b) = (curve[next - 1], curve[next])
    return a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
  }

  private static func distance(_ a: Canvas.Point, _ b: Canvas.Point) -> Double {
    ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
  }
}
