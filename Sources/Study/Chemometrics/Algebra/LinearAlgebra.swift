import CLAPACK
import TensorCore

/// The calls into BLAS and LAPACK; the only unsafe file of the target.
///
/// The library stores by columns and `Matrix` by rows, so the library sees every matrix transposed.
/// It runs on the calling thread: the matrices are small, samples and splits are what is worth
/// spreading over processors, and results then do not depend on the number of processors.
enum LinearAlgebra {
  private static let runsOnCallingThread: Void = openblas_set_num_threads(1)

  /// `op(a) op(b)`, where `op` transposes or does nothing.
  static func product(
    _ a: Matrix<Double>, _ b: Matrix<Double>, transposingA: Bool = false, transposingB: Bool = false
  ) -> Matrix<Double> {
    let (rows, inner) =
      transposingA ? (a.columnCount, a.rowCount) : (a.rowCount, a.columnCount)
    let (innerB, columns) =
      transposingB ? (b.columnCount, b.rowCount) : (b.rowCount, b.columnCount)
    precondition(inner == innerB, "the inner extents \(inner) and \(innerB) must agree")
    var result = Matrix<Double>(rowCount: rows, columnCount: columns)
    if rows == 0 || columns == 0 || inner == 0 { return result }
    _ = runsOnCallingThread
    let (m, n, k) = (clapack_int(columns), clapack_int(rows), clapack_int(inner))
    let (strideA, strideB) = (clapack_int(a.columnCount), clapack_int(b.columnCount))
    let (flagA, flagB) = (letter(transposingA ? "T" : "N"), letter(transposingB ? "T" : "N"))
    unsafe a.elements.withUnsafeBufferPointer { a in
      unsafe b.elements.withUnsafeBufferPointer { b in
        unsafe result.storage.withUnsafeMutableBufferPointer { c in
          unsafe dgemm_(
            [flagB], [flagA], [m], [n], [k], [1], b.baseAddress, [strideB], a.baseAddress,
            [strideA], [0], c.baseAddress, [m], 1, 1)
        }
      }
    }
    return result
  }

  /// The first rows of `matrix`, all by default, each multiplied with `vector` and summed.
  static func product(
    _ matrix: Matrix<Double>, firstRows: Int? = nil, _ vector: [Double]
  ) -> [Double] {
    apply(matrix, rowCount: firstRows ?? matrix.rowCount, vector, combinesRows: false)
  }

  /// The sum of the first rows of `matrix`, all by default, each times its element of `vector`.
  static func combination(
    _ matrix: Matrix<Double>, firstRows: Int? = nil, _ vector: [Double]
  ) -> [Double] {
    apply(matrix, rowCount: firstRows ?? matrix.rowCount, vector, combinesRows: true)
  }

  private static func apply(
    _ matrix: Matrix<Double>, rowCount: Int, _ vector: [Double], combinesRows: Bool
  ) -> [Double] {
    precondition(
      vector.count == (combinesRows ? rowCount : matrix.columnCount),
      "a vector of \(vector.count) does not fit \(rowCount) × \(matrix.columnCount)")
    var result = [Double](repeating: 0, count: combinesRows ? matrix.columnCount : rowCount)
    if rowCount == 0 || matrix.columnCount == 0 { return result }
    _ = runsOnCallingThread
    let (m, n) = (clapack_int(matrix.columnCount), clapack_int(rowCount))
    let flag = letter(combinesRows ? "N" : "T")
    unsafe matrix.elements.withUnsafeBufferPointer { a in
      unsafe vector.withUnsafeBufferPointer { x in
        unsafe result.withUnsafeMutableBufferPointer { y in
          unsafe dgemv_(
            [flag], [m], [n], [1], a.baseAddress, [m], x.baseAddress, [1], [0], y.baseAddress,
            [1], 1)
        }
      }
    }
    return result
  }

  /// The lower triangle `L` of `matrix = L Q`, where the rows of `Q` are orthonormal.
  ///
  /// The rows of `L` have the same lengths and angles as the rows of `matrix`.
  ///
  /// - Parameter matrix: At least as many columns as rows.
  /// - Returns: `L`, square.
  /// - Throws: `ChemometricsError` when the library refuses.
  static func lowerTriangle(of matrix: Matrix<Double>) throws(ChemometricsError) -> Matrix<Double> {
    let (rows, columns) = (matrix.rowCount, matrix.columnCount)
    precondition(0 < rows && rows <= columns, "as many columns as rows are needed")
    _ = runsOnCallingThread
    var factors = matrix.elements
    var scales = [Double](repeating: 0, count: rows)
    var work = [Double](repeating: 0, count: 64 * rows)
    var info: clapack_int = 0
    let (m, n, workCount) = (clapack_int(columns), clapack_int(rows), clapack_int(work.count))
    unsafe dgeqrf_([m], [n], &factors, [m], &scales, &work, [workCount], &info)
    try check(info, "dgeqrf")
    var triangle = Matrix<Double>(rowCount: rows, columnCount: rows)
    for row in 0..<rows {
      for column in 0...row { triangle[row, column] = factors[row * columns + column] }
    }
    return triangle
  }

  /// The unit eigenvector of the largest eigenvalue of a symmetric matrix.
  ///
  /// Its element of largest magnitude is positive.
  ///
  /// - Throws: `ChemometricsError` when the iteration of the library does not converge.
  static func dominantEigenvector(of matrix: Matrix<Double>) throws(ChemometricsError) -> [Double] {
    let count = matrix.rowCount
    precondition(count > 0 && matrix.columnCount == count, "the matrix must be square")
    if count == 1 { return [1] }
    _ = runsOnCallingThread
    var vectors = matrix.elements
    var values = [Double](repeating: 0, count: count)
    var work = [Double](repeating: 0, count: 34 * count)
    var info: clapack_int = 0
    let (n, workCount) = (clapack_int(count), clapack_int(work.count))
    unsafe dsyev_(
      [letter("V")], [letter("U")], [n], &vectors, [n], &values, &work, [workCount], &info, 1, 1)
    try check(info, "dsyev")
    var vector = Array(vectors[((count - 1) * count)...])
    let largest = vector.max { abs($0) < abs($1) } ?? 0
    if largest < 0 { vector.scale(by: -1) }
    return vector
  }

  private static func letter(_ scalar: Unicode.Scalar) -> CChar {
    CChar(truncatingIfNeeded: scalar.value)
  }

  private static func check(_ info: clapack_int, _ name: String) throws(ChemometricsError) {
    guard info == 0 else {
      throw ChemometricsError(
        .libraryFailure,
        "\(name) reports \(info); the numbers may differ too much in magnitude, scale them")
    }
  }
}
