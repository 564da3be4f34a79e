import GraphIR
import Operations
package import TensorCore

/// A way straight from a spectrum to measured values, beside the layers of a network:
/// `offsets + weights · spectrum`, such as a partial least squares regression.
///
/// Training leaves it as it is: the layers learn what it leaves over.
public struct LinearPath: Sendable, Hashable {
  /// One row per measured value, one column per point of a spectrum.
  package let weights: Matrix<Float>

  /// What is added, one number per measured value.
  package let offsets: [Float]

  /// Keeps a path.
  ///
  /// - Parameters:
  ///   - weights: One row per measured value, one column per point of a spectrum.
  ///   - offsets: As many numbers as rows.
  package init(weights: Matrix<Float>, offsets: [Float]) {
    precondition(weights.count == offsets.count, "an offset for every measured value")
    self.weights = weights
    self.offsets = offsets
  }

  /// What the path says of a spectrum, summed in double precision.
  ///
  /// - Parameter row: As many points as the path has columns.
  /// - Returns: One number per measured value.
  package func values(of row: [Float]) -> [Float] {
    let width = weights.columnCount
    precondition(row.count == width, "a spectrum of \(width) points")
    return offsets.enumerated().map { output, offset in
      let start = output * width
      var sum = Double(offset)
      for point in row.indices {
        sum += Double(weights.elements[start + point]) * Double(row[point])
      }
      return Float(sum)
    }
  }

  /// Adds the path to a graph.
  ///
  /// - Parameter spectra: `[samples, 1, points]`, not scaled.
  /// - Returns: `[samples, measured values]`.
  func build(_ spectra: Value) -> Value {
    let graph = spectra.builder
    let rows = spectra.reshaped(to: [spectra.shape[0], weights.columnCount])
    let result = rows.product(
      graph.constant(
        Tensor(shape: [weights.count, weights.columnCount], elements: weights.elements)),
      bias: graph.constant(Tensor(shape: [offsets.count], elements: offsets)),
      transposesRight: true)
    graph.name(result, "linear")
    return result
  }
}

extension TrainingData {
  /// The same spectra with what a linear path leaves over of their values.
  ///
  /// - Parameter path: A path of as many points and values.
  /// - Returns: Spectra with the remainders.
  /// - Throws: `LearningError` when the path does not fit, or what is to be learned are classes.
  func subtracting(_ path: LinearPath) throws(LearningError) -> TrainingData {
    guard case .values(let values) = targets else {
      throw LearningError(.invalidSetting, "a linear path leads to measured values, not to classes")
    }
    guard path.weights.columnCount == pointCount, path.offsets.count == targets.outputCount else {
      throw LearningError(
        .invalidSetting,
        "a linear path from \(path.weights.columnCount) points to \(path.offsets.count) values does "
          + "not fit spectra of \(pointCount) points with \(targets.outputCount)")
    }
    let rest = zip(rows, values).map { row, known in
      zip(known, path.values(of: row)).map { $0 - $1 }
    }
    return try TrainingData(rows: rows, targets: .values(rest))
  }
}
