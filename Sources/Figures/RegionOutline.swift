/// The border of some cells of a grid that lies over a picture.
public struct RegionOutline: Hashable, Sendable {
  /// A place in shares of the picture's width and height.
  struct Corner: Hashable, Sendable {
    let x: Double
    let y: Double
  }

  /// The parts of the border, each one side of a cell: where it begins and ends.
  let sides: [[Corner]]

  /// Finds the border.
  ///
  /// - Parameters:
  ///   - rows: How many rows the grid has.
  ///   - columns: How many columns it has.
  ///   - isInside: Whether a cell is inside, row by row.
  public init(rows: Int, columns: Int, isInside: [Bool]) {
    precondition(isInside.count == rows * columns, "one truth value for each cell")
    func inside(_ row: Int, _ column: Int) -> Bool {
      (0..<rows).contains(row) && (0..<columns).contains(column)
        && isInside[row * columns + column]
    }
    func corner(_ row: Int, _ column: Int) -> Corner {
      Corner(x: Double(column) / Double(columns), y: Double(row) / Double(rows))
    }
    var sides: [[Corner]] = []
    for row in 0...rows {
      for column in 0...columns {
        if inside(row, column) != inside(row - 1, column) {
          sides.append([corner(row, column), corner(row, column + 1)])
        }
        if inside(row, column) != inside(row, column - 1) {
          sides.append([corner(row, column), corner(row + 1, column)])
        }
      }
    }
    self.sides = sides
  }
}

extension Canvas {
  /// Draws a border over a picture, light within dark, so that it shows on both.
  package func outline(_ region: RegionOutline, over box: Box) {
    for (color, width) in [(Color.black, 2.6), (.white, 1.2)] {
      for side in region.sides {
        line(
          side.map { Point(x: box.x + $0.x * box.width, y: box.y + $0.y * box.height) }, color,
          width: width)
      }
    }
  }
}
