import TensorCore

/// Samples in as few variables as hold all there is between them.
///
/// Partial least squares only sees lengths and angles of samples, so it gives the same scores and
/// predictions for `L` of `X = L Q` as for `X`, and `L` has no more columns than there are samples.
/// Nothing is learned from responses, and nothing is lost: held-out samples may take part.
enum RowSpace {
  /// The samples, in fewer variables and less their mean where that pays.
  ///
  /// - Parameter variables: One row per sample.
  /// - Returns: One row per sample.
  /// - Throws: `ChemometricsError` when the library refuses.
  static func compressed(_ variables: Matrix<Double>) throws(ChemometricsError) -> Matrix<Double> {
    guard variables.rowCount * 4 <= variables.columnCount * 3 else { return variables }
    return try LinearAlgebra.lowerTriangle(of: variables.subtracting(variables.columnMeans))
  }
}
