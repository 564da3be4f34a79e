/// A dense matrix, stored row by row; as a collection it is that of its rows.
public struct Matrix<Scalar: Hashable & Sendable>: Hashable, Sendable {
  /// How many rows there are: samples, in a table of spectra.
  public let rowCount: Int

  /// How many columns there are: variables, in a table of spectra.
  public let columnCount: Int

  @usableFromInline package var storage: [Scalar]

  /// Creates a matrix.
  ///
  /// - Parameters:
  ///   - rowCount: How many rows, not negative.
  ///   - columnCount: How many columns, not negative.
  ///   - elements: The numbers, row by row.
  @inlinable
  public init(rowCount: Int, columnCount: Int, elements: [Scalar]) {
    precondition(
      rowCount >= 0 && columnCount >= 0 && elements.count == rowCount * columnCount,
      "a matrix of \(rowCount) × \(columnCount) needs as many elements, not \(elements.count)")
    self.rowCount = rowCount
    self.columnCount = columnCount
    storage = elements
  }

  /// Creates a matrix that holds one number everywhere.
  ///
  /// - Parameters:
  ///   - rowCount: How many rows, not negative.
  ///   - columnCount: How many columns, not negative.
  ///   - value: The number.
  @inlinable
  public init(rowCount: Int, columnCount: Int, repeating value: Scalar) {
    self.init(
      rowCount: rowCount, columnCount: columnCount,
      elements: [Scalar](repeating: value, count: rowCount * columnCount))
  }

  /// Creates a matrix of rows, which must be of one length; without rows it has no columns.
  @inlinable
  public init(_ rows: [[Scalar]]) {
    let columnCount = rows.first?.count ?? 0
    precondition(
      rows.allSatisfy { $0.count == columnCount }, "the rows of a matrix are of one length")
    self.init(rowCount: rows.count, columnCount: columnCount, elements: rows.flatMap(\.self))
  }

  /// The numbers, row by row.
  @inlinable public var elements: [Scalar] { storage }

  /// One number.
  @inlinable
  public subscript(row: Int, column: Int) -> Scalar {
    get { storage[row * columnCount + column] }
    set { storage[row * columnCount + column] = newValue }
  }

  /// One row.
  @inlinable
  public func row(_ index: Int) -> [Scalar] {
    Array(storage[index * columnCount..<(index + 1) * columnCount])
  }

  /// One column.
  @inlinable
  public func column(_ index: Int) -> [Scalar] {
    (0..<rowCount).map { self[$0, index] }
  }

  /// Puts numbers in the place of a row; as many as there are columns.
  @inlinable
  package mutating func setRow(_ index: Int, _ values: [Scalar]) {
    let offset = index * columnCount
    for column in 0..<columnCount { storage[offset + column] = values[column] }
  }

  /// The rows with the given indices, in that order.
  @inlinable
  public func selecting(rows indices: [Int]) -> Matrix {
    var selected: [Scalar] = []
    selected.reserveCapacity(indices.count * columnCount)
    for index in indices {
      selected.append(contentsOf: storage[index * columnCount..<(index + 1) * columnCount])
    }
    return Matrix(rowCount: indices.count, columnCount: columnCount, elements: selected)
  }

  /// Every row made into another, all of one length.
  ///
  /// - Parameter transform: Makes a row.
  /// - Returns: As many rows; without rows there are no columns.
  /// - Throws: What `transform` throws.
  @inlinable
  package func mapRows<Failure: Error>(
    _ transform: ([Scalar]) throws(Failure) -> [Scalar]
  ) throws(Failure) -> Matrix {
    var elements: [Scalar] = []
    var columnCount = 0
    for index in 0..<rowCount {
      let row = try transform(row(index))
      if index == 0 {
        columnCount = row.count
        elements.reserveCapacity(rowCount * columnCount)
      }
      precondition(row.count == columnCount, "the rows of a matrix are of one length")
      elements.append(contentsOf: row)
    }
    return Matrix(rowCount: rowCount, columnCount: columnCount, elements: elements)
  }
}

extension Matrix: RandomAccessCollection {
  /// The index of the first row, 0.
  @inlinable public var startIndex: Int { 0 }

  /// The number of rows.
  @inlinable public var endIndex: Int { rowCount }

  /// One row, copied.
  @inlinable public subscript(index: Int) -> [Scalar] { row(index) }
}

extension Matrix: ExpressibleByArrayLiteral {
  /// Creates a matrix from its rows.
  @inlinable
  public init(arrayLiteral rows: [Scalar]...) {
    self.init(rows)
  }
}
