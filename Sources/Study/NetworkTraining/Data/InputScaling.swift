import Statistics
public import TensorCore

/// How a network scales spectra at its entrance, learned from the training spectra only.
public enum InputScaling: String, Sendable, Hashable, Codable, CaseIterable {
  /// Not at all.
  case none
  /// Less the mean spectrum, divided by one standard deviation for all points.
  case centered
  /// Less the mean spectrum, every point divided by its own standard deviation.
  case autoscaled

  /// Learns the scaling of spectra, of which there is at least one.
  public func fit(_ rows: Matrix<Float>) -> FittedInputScaling {
    let length = rows.columnCount
    guard self != .none else {
      return FittedInputScaling(
        mean: Array(repeating: 0, count: length), factor: Array(repeating: 1, count: length))
    }
    let moments = ColumnMoments(rows)
    let variance = moments.variance
    let common = variance.reduce(0, +) / Double(length)
    let factors = variance.map { own -> Float in
      // A point that hardly varies is not blown up to the size of the others.
      let used = self == .centered ? common : max(own, 1e-4 * common)
      return used > 0 ? Float(1 / used.squareRoot()) : 1
    }
    return FittedInputScaling(mean: moments.mean.map { Float($0) }, factor: factors)
  }
}

/// A scaling with what it learned: `(x − mean) · factor`, point by point.
public struct FittedInputScaling: Sendable, Hashable, Codable {
  /// What is subtracted from every point.
  public let mean: [Float]

  /// What every point is multiplied with after that.
  public let factor: [Float]

  /// Creates a scaling; as many factors as means.
  public init(mean: [Float], factor: [Float]) {
    precondition(mean.count == factor.count, "a mean and a factor for every point")
    self.mean = mean
    self.factor = factor
  }

  /// A spectrum scaled; it has as many points as the scaling.
  public func apply(_ row: [Float]) -> [Float] {
    precondition(row.count == mean.count, "a spectrum of \(mean.count) points")
    return row.indices.map { (row[$0] - mean[$0]) * factor[$0] }
  }
}
