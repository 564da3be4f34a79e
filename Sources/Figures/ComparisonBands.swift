/// How the columns of a comparison are wrapped: bands of columns that stand beneath each other.
///
/// Columns are counted target by target, with the methods of each beside each other.
struct ComparisonBands {
  /// The columns of each band.
  let columns: [Range<Int>]

  private let methodCount: Int

  /// Divides the columns of a figure so that no band has more than `greatest` of them, if possible
  /// without dividing the methods of a target.
  init(_ figure: ComparisonFigure, greatest: Int) {
    let (targets, methods) = (figure.targets.count, figure.methods.count)
    methodCount = methods
    if methods > greatest {
      let count = Self.evenly(methods, greatest)
      columns = (0..<targets).flatMap { target in
        stride(from: 0, to: methods, by: count).map { first in
          target * methods + first..<target * methods + min(first + count, methods)
        }
      }
    } else {
      let count = Self.evenly(targets, max(1, greatest / methods))
      columns = stride(from: 0, to: targets, by: count).map { first in
        first * methods..<min(first + count, targets) * methods
      }
    }
  }

  /// How many stand in a band when bands are as few as can be and about equally full.
  private static func evenly(_ count: Int, _ greatest: Int) -> Int {
    let bands = (count + greatest - 1) / greatest
    return (count + bands - 1) / bands
  }

  /// The index of the band that a column stands in.
  func band(of column: Int) -> Int { columns.firstIndex { $0.contains(column) } ?? 0 }

  /// The most targets in a band.
  var greatestTargetCount: Int {
    columns.map { ($0.upperBound - 1) / methodCount - $0.lowerBound / methodCount + 1 }.max() ?? 1
  }

  /// The rows of each band that have a cell in it, in order; all rows where there is one band.
  func rows(of figure: ComparisonFigure) -> [[Int]] {
    guard columns.count > 1 else { return [Array(figure.rows.indices)] }
    return columns.map { band in
      let places = figure.cells.map(\.cell).filter {
        band.contains($0.target * methodCount + $0.method)
      }
      return Set(places.map(\.row)).sorted()
    }
  }

  /// The columns of one target in a band.
  struct Group {
    /// The index of the target.
    let target: Int
    /// The indices of the methods.
    let methods: [Int]
    /// The left edges of the columns.
    let edges: [Double]
  }

  /// The targets in a band, each with its columns.
  func groups(in band: Range<Int>, edges: [Double]) -> [Group] {
    (band.lowerBound / methodCount...(band.upperBound - 1) / methodCount).map { target in
      let columns = band.clamped(to: target * methodCount..<(target + 1) * methodCount)
      return Group(
        target: target, methods: columns.map { $0 - target * methodCount },
        edges: Array(edges[columns]))
    }
  }

  /// The left edge of every column.
  func edges(_ width: Double, left: Double) -> [Double] {
    columns.flatMap { band in
      band.map { column in
        let groups = Double(column / methodCount - band.lowerBound / methodCount)
        let place = Double(column - band.lowerBound)
        return left + place * (width + ComparisonLayout.Part.columnGap)
          + groups * (ComparisonLayout.Part.groupGap - ComparisonLayout.Part.columnGap)
      }
    }
  }
}
