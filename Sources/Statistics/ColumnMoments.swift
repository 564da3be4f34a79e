/// The mean of every column of some rows, and how its values spread about it.
package struct ColumnMoments: Hashable, Sendable {
  /// How many rows there are.
  package let rowCount: Int

  /// The mean of every column.
  package let mean: [Double]

  /// The sum of squared deviations from the mean in every column.
  package let squares: [Double]

  /// Sums up at least one row; all are of one length.
  package init(_ rows: [[Double]]) {
    self.init(anyRows: rows)
  }

  /// Sums up at least one row in double precision; all are of one length.
  package init(_ rows: some Collection<[Float]>) {
    self.init(anyRows: rows)
  }

  private init<Number: BinaryFloatingPoint>(anyRows rows: some Collection<[Number]>) {
    rowCount = rows.count
    mean = Self.means(rows)
    var squares = [Double](repeating: 0, count: mean.count)
    for row in rows { squares.addSquares(of: row, from: mean) }
    self.squares = squares
  }

  fileprivate static func means<Number: BinaryFloatingPoint>(
    _ rows: some Collection<[Number]>
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: rows.first?.count ?? 0)
    for row in rows { sums.add(row) }
    return sums.map { $0 / Double(rows.count) }
  }

  /// The sample's standard deviation of every column; zeros for one row.
  package var sampleDeviation: [Double] {
    squares.map { rowCount > 1 ? ($0 / Double(rowCount - 1)).squareRoot() : 0 }
  }

  /// The variance of every column, over as many degrees of freedom as there are rows.
  package var variance: [Double] { squares.map { $0 / Double(rowCount) } }
}

extension [[Double]] {
  /// The mean of every column of rows of one length.
  package var columnMeans: [Double] { ColumnMoments.means(self) }
}

extension Collection<[Float]> {
  /// The mean of every column of rows of one length, in double precision.
  package var columnMeans: [Double] { ColumnMoments.means(self) }
}

// Compiled for each kind of number: anything else is converted by a function that is looked up anew for
// every number.
extension [Double] {
  /// Adds a row that is as long.
  @specialized(where Number == Float)
  @specialized(where Number == Double)
  fileprivate mutating func add<Number: BinaryFloatingPoint>(_ row: [Number]) {
    for column in indices { self[column] += Double(row[column]) }
  }

  /// Adds the squared deviations of a row from a mean; both are as long.
  @specialized(where Number == Float)
  @specialized(where Number == Double)
  fileprivate mutating func addSquares<Number: BinaryFloatingPoint>(
    of row: [Number], from mean: [Double]
  ) {
    for column in indices {
      let deviation = Double(row[column]) - mean[column]
      self[column] += deviation * deviation
    }
  }
}
