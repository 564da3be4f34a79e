import Foundation
import SpectralData
import TensorCore
import TestSupport

@testable import Chemometrics

/// A table of spectra with columns before them.
struct RealSpectra {
  let variables: Matrix<Double>
  let columns: [String: [String]]

  /// Reads a file of the shared data whose first columns are not part of the spectra.
  init(_ path: String, columnCount: Int) throws {
    let url = SharedData.root.appending(path: "data/" + path)
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    var columns: [String: [String]] = [:]
    for column in 0..<columnCount {
      columns[String(lines[0][column])] = lines.dropFirst().map { String($0[column]) }
    }
    self.columns = columns
    variables = try Matrix<Double>(
      rows: lines.dropFirst().map { $0.dropFirst(columnCount).map { Float($0) ?? .nan } })
  }

  func numbers(_ column: String) -> [Double] {
    (columns[column] ?? []).map { Double($0) ?? .nan }
  }

  func classes(_ column: String = "label") -> ClassLabels { ClassLabels(columns[column] ?? []) }

  /// Every third sample is tested.
  var everyThird: ValidationSplit {
    ValidationSplit(
      testing: (0..<variables.rowCount).filter { $0 % 3 == 2 }, of: variables.rowCount)
  }
}
