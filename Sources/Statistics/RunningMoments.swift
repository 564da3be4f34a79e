/// The mean of every column of rows that come one after another, and how its values spread about it
/// (Welford 1962, Technometrics 4, 419–420).
package struct RunningMoments: Hashable, Sendable {
  /// How many rows there are.
  package private(set) var rowCount = 0

  /// The mean of every column; zeros before the first row.
  package private(set) var mean: [Double]

  /// The sum of squared deviations from the mean in every column.
  package private(set) var squares: [Double]

  /// Expects rows of so many columns.
  package init(columnCount: Int) {
    mean = [Double](repeating: 0, count: columnCount)
    squares = mean
  }

  /// Adds a row of as many columns.
  package mutating func add(_ row: ArraySlice<Float>) {
    rowCount += 1
    let share = 1 / Double(rowCount)
    for column in mean.indices {
      let value = Double(row[row.startIndex &+ column])
      let difference = value - mean[column]
      mean[column] += share * difference
      squares[column] += difference * (value - mean[column])
    }
  }

  /// The sample's standard deviation of every column; zeros for one row.
  package var sampleDeviation: [Double] {
    squares.map { rowCount > 1 ? ($0 / Double(rowCount - 1)).squareRoot() : 0 }
  }
}
