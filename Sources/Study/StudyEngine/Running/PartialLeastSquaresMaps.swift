import Chemometrics
import TensorCore

extension PartialLeastSquaresModel {
  /// What every point of prepared spectra adds to a target, counted from the mean training spectrum:
  /// `β_j (x_j − x̄_j)`.
  func maps(
    _ target: EvidenceTarget, rows: Matrix<Float>
  ) throws(ChemometricsError) -> [[Double]] {
    let coefficients = try coefficients(target.weights)
    let center = center
    return rows.map { row in
      row.indices.map { coefficients[$0] * (Double(row[$0]) - center[$0]) }
    }
  }

  /// The selectivity ratio of every point along coefficients.
  func selectivityRatio(
    rows: Matrix<Float>, _ coefficients: [Double]
  ) throws(ChemometricsError) -> [Double] {
    try FittedPartialLeastSquares.selectivityRatio(of: rows, along: coefficients)
  }
}
