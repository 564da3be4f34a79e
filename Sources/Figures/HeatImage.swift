import ImageData
import SpectralData

/// Maps of one group as a picture, a line for each; where there are more than pixels, means.
struct HeatImage {
  let figure: MapSummaryFigure
  let maps: [[Float]]

  private static let columnCount = 1200

  /// The picture for a box of the width of the plot, at two pixels per point at most.
  func picture(height: Double) -> Picture {
    let rowCount = max(1, Int((2 * height).rounded()))
    let columns = columns
    let table = figure.colorMap.table
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * rowCount * Self.columnCount)
    var (drawn, line): (Range<Int>?, [UInt8]) = (nil, [])
    for row in 0..<rowCount {
      let first = row * maps.count / rowCount
      let rows = first..<max(first + 1, (row + 1) * maps.count / rowCount)
      if rows != drawn { (drawn, line) = (rows, self.line(rows, columns, table)) }
      pixels += line
    }
    return Picture(width: Self.columnCount, height: rowCount, pixels: pixels)
  }

  private func line(_ rows: Range<Int>, _ columns: [Range<Int>], _ table: [[UInt8]]) -> [UInt8] {
    var sums = [Float](repeating: 0, count: figure.axis.count)
    for row in rows {
      let map = maps[row]
      for index in sums.indices { sums[index] += map[index] }
    }
    let divisor = figure.range.divisor * Float(rows.count)
    let isSigned = figure.scale == .signed
    var line: [UInt8] = []
    line.reserveCapacity(3 * columns.count)
    for points in columns {
      var sum: Float = 0
      for index in points { sum += sums[index] }
      let value = divisor > 0 ? sum / (divisor * Float(points.count)) : 0
      let share = isSigned ? (value + 1) / 2 : value
      line += table[Int((min(1, max(0, share)) * 255).rounded())]
    }
    return line
  }

  /// The points that each column of pixels shows: those within it, or else the nearest one.
  private var columns: [Range<Int>] {
    let axis = figure.axis
    let (low, high) = (axis.range.lowerBound, axis.range.upperBound)
    let width = (high - low) / Double(Self.columnCount)
    let isFlipped = axis.isAscending == axis.isDrawnReversed
    // Positions from left to right, as distances from the left edge.
    let order = isFlipped ? Array(axis.positions.indices.reversed()) : Array(axis.positions.indices)
    let places = order.map { index in
      axis.isDrawnReversed ? high - axis.positions[index] : axis.positions[index] - low
    }
    var point = 0
    return (0..<Self.columnCount).map { column in
      let (start, end) = (Double(column) * width, Double(column + 1) * width)
      while point < places.count, places[point] < start { point += 1 }
      var last = point
      while last < places.count, places[last] < end { last += 1 }
      if last == point {
        let middle = (start + end) / 2
        let after = min(point, places.count - 1)
        let before = max(0, after - 1)
        point = after
        let isBefore = abs(places[before] - middle) < abs(places[after] - middle)
        last = isBefore ? before : after
        return order[last]..<order[last] + 1
      }
      let shown = [order[point], order[last - 1]]
      return shown.min().map { $0..<$0 + last - point } ?? 0..<1
    }
  }
}
