import SpectralData
import TensorCore
import TestSupport
import Testing

@testable import Chemometrics

/// Expects equal extents and close elements.
func expectClose(
  _ actual: Matrix<Double>, _ expected: [[Double]], absolute: Double = 0, relative: Double = 0,
  _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(
    ReferenceTensor(shape: [actual.rowCount, actual.columnCount], elements: actual.elements),
    ReferenceTensor(
      shape: [expected.count, expected.first?.count ?? 0], elements: expected.flatMap(\.self)),
    absolute: absolute, relative: relative, comment(), sourceLocation: sourceLocation)
}

/// The code of the error that `body` throws, or nil.
func errorCode<Result>(_ body: () throws -> Result) -> ChemometricsError.Code? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? ChemometricsError)?.code
  }
}

extension Matrix<Double> {
  /// Normally distributed numbers.
  static func random(_ rowCount: Int, _ columnCount: Int, seed: UInt64) -> Matrix<Double> {
    var generator = SplitMix64(seed: seed)
    func uniform() -> Double { Double(generator.next() >> 11) / 0x1p53 }
    let elements = (0..<rowCount * columnCount).map { _ in
      (0..<12).reduce(-6) { sum, _ in sum + uniform() }
    }
    return Matrix<Double>(rowCount: rowCount, columnCount: columnCount, elements: elements)
  }
}
