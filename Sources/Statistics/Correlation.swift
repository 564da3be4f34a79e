/// Pearson's correlation.
package enum Correlation {
  /// The correlation of two rows of one length, −1…1; nil when either does not vary.
  package static func of(_ first: [Double], _ second: [Double]) -> Double? {
    let (mean, other) = (first.mean, second.mean)
    var (product, square, otherSquare) = (0.0, 0.0, 0.0)
    for (x, y) in zip(first, second) {
      product += (x - mean) * (y - other)
      square += (x - mean) * (x - mean)
      otherSquare += (y - other) * (y - other)
    }
    let scale = (square * otherSquare).squareRoot()
    return scale > 0 ? product / scale : nil
  }

  /// The mean correlation of all pairs of rows of one length; nil when fewer than two vary.
  package static func meanOfPairs(_ rows: [[Double]]) -> Double? {
    let scaled = rows.compactMap { row -> [Double]? in
      let mean = row.mean
      let centered = row.map { $0 - mean }
      let length = squaredLength(centered).squareRoot()
      return length > 0 ? centered.map { $0 / length } : nil
    }
    guard scaled.count >= 2 else { return nil }
    // The squared length of the sum holds every pair twice and every row once.
    var sum = [Double](repeating: 0, count: scaled[0].count)
    for row in scaled { for index in sum.indices { sum[index] += row[index] } }
    let count = Double(scaled.count)
    return (squaredLength(sum) - count) / (count * (count - 1))
  }

  private static func squaredLength(_ row: [Double]) -> Double { row.reduce(0) { $0 + $1 * $1 } }
}
