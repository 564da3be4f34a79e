/// The border of some cells of a grid that lies over a picture.
public struct RegionOutline: Hashable, Sendable {
  /// A place in shares of the picture's width and height.
  struct Corner: Hashable, Sendable {
    let x: Double
    let y: Double
  }

  /// The parts of the border: closed lines, whose last corner is the first.
  let loops: [[Corner]]

  /// Finds the border.
  ///
  /// - Parameters:
  ///   - rows: How many rows the grid has.
  ///   - columns: How many columns it has.
  ///   - isInside: Whether a cell is inside, row by row.
  public init(rows: Int, columns: Int, isInside: [Bool]) {
    precondition(isInside.count == rows * columns, "one truth value for each cell")
    var sides = BorderSides(rows: rows, columns: columns, isInside: isInside)
    var loops: [[Corner]] = []
    while let loop = sides.takeLoop() {
      loops.append(
        loop.map {
          Corner(x: Double($0.column) / Double(columns), y: Double($0.row) / Double(rows))
        })
    }
    self.loops = loops
  }
}

/// The sides of cells at the border of a region, each with the region at its right.
private struct BorderSides {
  /// A corner of cells.
  struct Place: Hashable {
    var row: Int
    var column: Int
  }

  /// Where a side leads, in the order of turns to the right.
  private static let steps = [(0, 1), (1, 0), (0, -1), (-1, 0)]

  private let rows: Int
  private let columns: Int

  /// For each corner which of the four steps are sides, a bit for each.
  private var sides: [UInt8]

  /// The corners before this one have no sides left.
  private var first = 0

  init(rows: Int, columns: Int, isInside: [Bool]) {
    (self.rows, self.columns) = (rows, columns)
    sides = [UInt8](repeating: 0, count: (rows + 1) * (columns + 1))
    func inside(_ row: Int, _ column: Int) -> Bool {
      (0..<rows).contains(row) && (0..<columns).contains(column)
        && isInside[row * columns + column]
    }
    for row in 0..<rows {
      for column in 0..<columns where inside(row, column) {
        if !inside(row - 1, column) { add(row, column, step: 0) }
        if !inside(row, column + 1) { add(row, column + 1, step: 1) }
        if !inside(row + 1, column) { add(row + 1, column + 1, step: 2) }
        if !inside(row, column - 1) { add(row + 1, column, step: 3) }
      }
    }
  }

  private mutating func add(_ row: Int, _ column: Int, step: Int) {
    sides[row * (columns + 1) + column] |= 1 << UInt8(step)
  }

  /// The corners of a closed line, where it turns; its sides are taken away.
  ///
  /// - Returns: Nil when none is left.
  mutating func takeLoop() -> [Place]? {
    while first < sides.count, sides[first] == 0 { first += 1 }
    guard first < sides.count else { return nil }
    let start = Place(row: first / (columns + 1), column: first % (columns + 1))
    var (place, step) = (start, sides[first].trailingZeroBitCount)
    var corners = [start]
    repeat {
      sides[place.row * (columns + 1) + place.column] &= ~(1 << UInt8(step))
      place.row += Self.steps[step].0
      place.column += Self.steps[step].1
      let next = sides[place.row * (columns + 1) + place.column]
      // Cells that touch at a corner stay apart: the sharpest turn to the right comes first.
      let turn: Int = [1, 0, 3].first { next & (1 << UInt8((step + $0) % 4)) != 0 } ?? 0
      if turn != 0 || place == start { corners.append(place) }
      step = (step + turn) % 4
    } while place != start
    return corners
  }
}

extension Canvas {
  /// Draws a border over a picture, light within dark, so that it shows on both.
  ///
  /// - Parameters:
  ///   - region: The border.
  ///   - box: Where the picture is drawn.
  ///   - width: How wide the light line is, in points.
  package func outline(_ region: RegionOutline, over box: Box, width: Double = 1.2) {
    for (color, width) in [(Color.black, width + 1.4), (.white, width)] {
      for loop in region.loops {
        line(
          loop.map { Point(x: box.x + $0.x * box.width, y: box.y + $0.y * box.height) }, color,
          width: width, hasRoundEnds: true)
      }
    }
  }
}
