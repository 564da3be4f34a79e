import ImageData

/// Fills closed lines.
enum PolygonFilling {
  /// The pixels whose middle lies within at least one of several closed lines.
  ///
  /// Within is where a ray crosses a line an odd number of times.
  ///
  /// - Parameters:
  ///   - polygons: Each `x, y, x, y…` in pixels from the top left of the picture, all finite.
  ///   - size: Columns and rows of the picture.
  /// - Returns: The mask.
  static func mask(_ polygons: [[Double]], size: PictureSize) -> PictureMask {
    var isInside = [Bool](repeating: false, count: size.width * size.height)
    for polygon in polygons {
      let edges = edges(of: polygon)
      guard let top = edges.map(\.top).min(), let bottom = edges.map(\.bottom).max() else {
        continue
      }
      for row in clamped(
        top, size.height)..<max(clamped(top, size.height), clamped(bottom + 1, size.height))
      {
        let crossings = edges.compactMap { $0.crossing(y: Double(row) + 0.5) }.sorted()
        for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
          // Middles from the first crossing on, but before the second.
          let first = clamped((crossings[pair] - 0.5).rounded(.up), size.width)
          let last = clamped((crossings[pair + 1] - 0.5).rounded(.up), size.width)
          for column in first..<max(first, last) { isInside[row * size.width + column] = true }
        }
      }
    }
    return PictureMask(width: size.width, height: size.height, isInside: isInside)
  }

  /// A whole number of pixels within 0…limit.
  private static func clamped(_ value: Double, _ limit: Int) -> Int {
    Int(min(Double(limit), max(0, value)))
  }

  /// One side of a polygon that is not level.
  private struct Edge {
    let top: Double
    let bottom: Double
    let x: Double
    let slope: Double

    /// Where it crosses a row; it has its upper end but not its lower one.
    func crossing(y: Double) -> Double? {
      top <= y && y < bottom ? x + (y - top) * slope : nil
    }
  }

  private static func edges(of polygon: [Double]) -> [Edge] {
    let count = polygon.count / 2
    return (0..<count).compactMap { index in
      let next = (index + 1) % count
      let (a, b) = (
        (polygon[2 * index], polygon[2 * index + 1]), (polygon[2 * next], polygon[2 * next + 1])
      )
      guard a.1 != b.1 else { return nil }
      let (high, low) = a.1 < b.1 ? (a, b) : (b, a)
      return Edge(
        top: high.1, bottom: low.1, x: high.0, slope: (low.0 - high.0) / (low.1 - high.1))
    }
  }
}
