package import TensorCore

extension Matrix<Double> {
  /// Creates a matrix of zeros.
  init(rowCount: Int, columnCount: Int) {
    self.init(rowCount: rowCount, columnCount: columnCount, repeating: 0)
  }

  /// Creates a matrix of spectra or other rows.
  ///
  /// - Parameter rows: At least one, all of the same length, all finite.
  /// - Throws: `ChemometricsError` naming the row that does not fit.
  package init<Number: BinaryFloatingPoint>(
    rows: some Collection<[Number]>
  ) throws(ChemometricsError) {
    guard let first = rows.first, !first.isEmpty else {
      throw ChemometricsError(
        .tooFewSamples, "there are no values; give at least one row with at least one number")
    }
    var elements: [Double] = []
    elements.reserveCapacity(rows.count * first.count)
    for (index, row) in rows.enumerated() {
      guard row.count == first.count else {
        throw ChemometricsError(
          .lengthMismatch,
          "row \(index) has \(row.count) numbers and the rows before it have \(first.count)")
      }
      if let column = row.firstIndex(where: { !$0.isFinite }) {
        throw ChemometricsError(
          .notFinite,
          "row \(index), column \(column) is \(row[column]); replace it or leave the row out")
      }
      elements.append(contentsOf: row.lazy.map { Double($0) })
    }
    self.init(rowCount: rows.count, columnCount: first.count, elements: elements)
  }

  /// Creates a matrix of spectra in double precision.
  ///
  /// - Parameter rows: At least one number, all finite.
  /// - Throws: `ChemometricsError` naming the number that is not finite.
  package init(rows: Matrix<Float>) throws(ChemometricsError) {
    guard !rows.elements.isEmpty else {
      throw ChemometricsError(
        .tooFewSamples, "there are no values; give at least one row with at least one number")
    }
    self.init(
      rowCount: rows.rowCount, columnCount: rows.columnCount,
      elements: rows.elements.map { Double($0) })
    try checkFinite()
  }

  /// Creates a matrix of one column, such as one response per sample.
  ///
  /// - Parameter column: At least one number, all finite.
  /// - Throws: `ChemometricsError` naming the number that is not finite.
  package init(column: [Double]) throws(ChemometricsError) {
    guard !column.isEmpty else {
      throw ChemometricsError(.tooFewSamples, "there are no values; give at least one number")
    }
    if let row = column.firstIndex(where: { !$0.isFinite }) {
      throw ChemometricsError(
        .notFinite, "value \(row) is \(column[row]); replace it or leave the sample out")
    }
    self.init(rowCount: column.count, columnCount: 1, elements: column)
  }

  /// Rows and columns exchanged.
  var transposed: Matrix {
    var result = Matrix(rowCount: columnCount, columnCount: rowCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount { result[column, row] = self[row, column] }
    }
    return result
  }

  /// The mean of every column; zeros for a matrix without rows.
  package var columnMeans: [Double] {
    var means = [Double](repeating: 0, count: columnCount)
    guard rowCount > 0 else { return means }
    for row in 0..<rowCount {
      let offset = row * columnCount
      for column in 0..<columnCount { means[column] += elements[offset + column] }
    }
    return means.map { $0 / Double(rowCount) }
  }
}

extension Matrix<Double> {
  /// Checks that samples fit a model.
  func checkSamples(variableCount: Int) throws(ChemometricsError) {
    guard columnCount == variableCount else {
      throw ChemometricsError(
        .lengthMismatch,
        "\(columnCount) variables were given to a model of \(variableCount); "
          + "bring the samples to the axis of the training samples")
    }
    try checkFinite()
  }

  /// Checks that every number is finite.
  func checkFinite() throws(ChemometricsError) {
    guard let index = elements.firstIndex(where: { !$0.isFinite }) else { return }
    throw ChemometricsError(
      .notFinite,
      "row \(index / columnCount), column \(index % columnCount) is \(elements[index]); "
        + "replace it or leave the row out")
  }

  /// The first rows.
  func prefix(_ count: Int) -> Matrix {
    Matrix(
      rowCount: count, columnCount: columnCount,
      elements: Array(elements[..<(count * columnCount)]))
  }

  /// This matrix with `values` taken from every row.
  func subtracting(_ values: [Double]) -> Matrix {
    var result = self
    result.subtract(values)
    return result
  }

  /// Takes `values` from every row.
  mutating func subtract(_ values: [Double]) {
    for row in 0..<rowCount {
      let offset = row * columnCount
      for column in 0..<columnCount { storage[offset + column] -= values[column] }
    }
  }

  /// The sum of all squares.
  var squaredNorm: Double { elements.squaredNorm }

  /// The sum of squares of every column.
  var columnSquaredNorms: [Double] {
    var sums = [Double](repeating: 0, count: columnCount)
    for row in 0..<rowCount {
      let offset = row * columnCount
      for column in 0..<columnCount {
        sums[column] += elements[offset + column] * elements[offset + column]
      }
    }
    return sums
  }
}

extension [Double] {
  /// The sum of all squares.
  var squaredNorm: Double { reduce(0) { $0 + $1 * $1 } }

  /// The sum of products with `other`, which is as long.
  func dot(_ other: [Double]) -> Double {
    var sum = 0.0
    for index in indices { sum += self[index] * other[index] }
    return sum
  }

  mutating func scale(by factor: Double) {
    for index in indices { self[index] *= factor }
  }

  /// Adds `factor` times `other`, which is as long.
  mutating func add(_ other: [Double], times factor: Double) {
    for index in indices { self[index] += factor * other[index] }
  }
}
