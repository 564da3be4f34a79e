import Chemometrics
import Statistics
package import TensorCore

/// How spectra differ for a target, whatever any model makes of it.
package struct TargetSignal {
  private enum Shape {
    case classMeans([[Double]])
    case slopes([Double])
  }

  private let shape: Shape

  /// Prepares for spectra.
  ///
  /// - Parameters:
  ///   - rows: All spectra, prepared.
  ///   - question: What is to be recognized in them.
  init(_ rows: Matrix<Float>, _ question: StudyData.Question) {
    switch question {
    case .classes(let labels):
      shape = .classMeans(
        labels.names.indices.map { index in
          rows.indices.filter { labels.indices[$0] == index }.lazy.map { rows[$0] }.columnMeans
        })
    case .quantity(_, let values):
      shape = .slopes(Self.slopes(of: rows, along: values))
    }
  }

  /// How spectra grow with a quantity, up to a factor.
  ///
  /// - Parameters:
  ///   - rows: The spectra, prepared.
  ///   - samples: Which of the data's spectra they are.
  ///   - question: What is to be recognized in the data.
  /// - Returns: One value per point; nil for classes.
  package static func slopes(
    of rows: Matrix<Float>, _ samples: [Int], _ question: StudyData.Question
  ) -> [Double]? {
    guard case .quantity(_, let values) = question else { return nil }
    return slopes(of: rows, along: samples.map { values[$0] })
  }

  private static func slopes(of rows: Matrix<Float>, along values: [Double]) -> [Double] {
    let average = values.mean
    var slopes = [Double](repeating: 0, count: rows.columnCount)
    for (row, value) in zip(rows, values) {
      for point in slopes.indices { slopes[point] += (value - average) * Double(row[point]) }
    }
    return slopes
  }

  /// The mean spectrum of the class less the mean of those of the others; for a quantity, how spectra
  /// grow with it, point by point.
  func values(of target: EvidenceTarget) -> [Double] {
    switch shape {
    case .classMeans(let means):
      means[0].indices.map { point in
        zip(means, target.weights).reduce(0) { $0 + Double($1.1) * $1.0[point] }
      }
    case .slopes(let slopes): slopes
    }
  }
}
