import Figures
import SpectralData

/// The cells of a map that spectra were measured on.
struct MapGrid: Sendable {
  /// Where the cells lie.
  let grid: SampleMapFigure.Grid

  /// The cell of each place, row by row.
  let cells: [Int]

  /// More cells are no map that can be drawn.
  private static let greatestCellCount = 1 << 24

  /// How far places of one row or column may lie apart, as a share of the distance of neighbors.
  private static let tolerance = 0.25

  /// Finds rows and columns; nil when places do not lie in any, or most cells would be empty.
  init?(_ places: [MapPlace]) {
    guard let columns = Self.line(places.map(\.x)), let rows = Self.line(places.map(\.y)),
      columns.count * rows.count <= min(Self.greatestCellCount, 8 * places.count + 64)
    else { return nil }
    // Lengths rise upward as in any plot; lines that are counted run downward as in any picture.
    let unit = places.first?.unit
    let isUpward = unit != nil
    cells = places.map { place in
      let row = rows.index(place.y)
      return (isUpward ? rows.count - 1 - row : row) * columns.count + columns.index(place.x)
    }
    let (low, high) = (rows.start, rows.start + Double(rows.count - 1) * rows.step)
    grid = SampleMapFigure.Grid(
      rowCount: rows.count, columnCount: columns.count,
      across: (columns.start, columns.start + Double(columns.count - 1) * columns.step),
      down: isUpward ? (high, low) : (low, high), unit: unit)
  }

  /// Evenly spaced values.
  private struct Line {
    let start: Double
    let step: Double
    let count: Int

    func index(_ value: Double) -> Int {
      min(count - 1, max(0, Int(((value - start) / step).rounded())))
    }
  }

  /// The rows or columns that values lie in; nil where they are not evenly spaced.
  private static func line(_ values: [Double]) -> Line? {
    let sorted = Set(values).sorted()
    guard let low = sorted.first, let high = sorted.last, high > low else { return nil }
    // Stages do not return to exactly the same place.
    let near = (high - low) * 1e-4
    var centers = [low]
    for value in sorted where value - centers[centers.count - 1] > near { centers.append(value) }
    let steps = zip(centers, centers.dropFirst()).map { $1 - $0 }.sorted()
    // Where columns were left out, the smallest distance tells; else the usual one.
    return [steps.count / 2, 0].lazy.filter(steps.indices.contains).compactMap { place in
      line(centers, from: low, to: high, step: steps[place])
    }.first
  }

  /// Evenly spaced values about so far apart; nil where centers lie beside them.
  private static func line(
    _ centers: [Double], from low: Double, to high: Double, step: Double
  ) -> Line? {
    let count = ((high - low) / step).rounded()
    guard count >= 1, count < Double(greatestCellCount) else { return nil }
    let line = Line(start: low, step: (high - low) / count, count: Int(count) + 1)
    let isEven = centers.allSatisfy { value in
      let place = (value - line.start) / line.step
      return abs(place - place.rounded()) <= tolerance
    }
    return isEven ? line : nil
  }
}
