import Foundation
import TensorCore

/// Linear discriminant analysis of scores with one covariance for all classes, for the first 1, 2…
/// scores at once.
///
/// With `S = L Lᵀ`, the leading block of `L` belongs to the leading block of `S`, so the squared
/// distance of a sample to a class over the first `k` scores is a partial sum over `k`.
struct ScoreDiscriminant {
  /// How many of the scores can be used; the pooled covariance of more is singular.
  let usableCount: Int

  /// The lower factor of the pooled covariance, row by row.
  private let factor: [[Double]]

  /// For every class its mean score with `L⁻¹` applied, or nil without training samples.
  private let centers: [[Double]?]

  /// For every class the mean score, or nil without training samples.
  let means: [[Double]?]

  /// For every class the logarithm of its prior probability.
  let logPriors: [Double]

  /// A pivot this small beside the variance of its score is rounding.
  private static let roundingLevel = 1e-12

  /// Learns from scores.
  ///
  /// - Parameters:
  ///   - scores: One row per sample, one column per score.
  ///   - classes: For every sample the index of its class.
  ///   - classCount: How many classes there are.
  ///   - priors: How probable the classes are beforehand.
  init(scores: Matrix<Double>, classes: [Int], classCount: Int, priors: PLSDiscriminant.Priors) {
    let count = scores.columnCount
    var sums = [[Double]](repeating: [Double](repeating: 0, count: count), count: classCount)
    var counts = [Int](repeating: 0, count: classCount)
    for (sample, index) in classes.enumerated() {
      counts[index] += 1
      for score in 0..<count { sums[index][score] += scores[sample, score] }
    }
    let means = (0..<classCount).map { index in
      counts[index] == 0 ? nil : sums[index].map { $0 / Double(counts[index]) }
    }
    let present = counts.count { $0 > 0 }
    let freedom = classes.count - present
    logPriors = counts.map {
      if $0 == 0 { return -.infinity }
      return priors == .equal
        ? -log(Double(present)) : log(Double($0) / Double(classes.count))
    }
    self.means = means
    var deviations = scores
    for (sample, index) in classes.enumerated() {
      guard let mean = means[index] else { continue }
      for score in 0..<count { deviations[sample, score] -= mean[score] }
    }
    var covariance = LinearAlgebra.product(deviations, deviations, transposingA: true)
    covariance.storage.scale(by: freedom > 0 ? 1 / Double(freedom) : 0)
    let factor = Self.lowerFactor(covariance, scale: scores.columnSquaredNorms, classes.count)
    self.factor = factor
    usableCount = factor.count
    centers = means.map { $0.map { Self.solved(factor, $0) } }
  }

  /// The Cholesky factor, as many rows as have positive pivots.
  private static func lowerFactor(
    _ covariance: Matrix<Double>, scale: [Double], _ sampleCount: Int
  ) -> [[Double]] {
    var factor: [[Double]] = []
    for row in 0..<covariance.rowCount {
      var values = Array(solved(factor, covariance.row(row)).prefix(row))
      let pivot = covariance[row, row] - values.squaredNorm
      guard pivot > roundingLevel * scale[row] / Double(sampleCount) else { break }
      values.append(pivot.squareRoot())
      factor.append(values)
    }
    return factor
  }

  /// `L⁻¹ values`, over as many values as there are rows of `L`.
  private static func solved(_ factor: [[Double]], _ values: [Double]) -> [Double] {
    var result: [Double] = []
    for (row, coefficients) in factor.enumerated() {
      var value = values[row]
      for column in 0..<row { value -= coefficients[column] * result[column] }
      result.append(value / coefficients[row])
    }
    return result
  }

  /// Adds the errors of a sample for the first 1, 2… scores, times a weight.
  func addErrors(
    of scores: [Double], truth: Int, weight: Double, to errors: inout FoldErrors
  ) {
    let place = Self.solved(factor, scores)
    var values = logPriors
    for score in 0..<usableCount {
      var best = (index: 0, value: -Double.infinity)
      for (index, center) in centers.enumerated() {
        guard let center else { continue }
        let difference = place[score] - center[score]
        values[index] -= difference * difference / 2
        if values[index] > best.value { best = (index, values[index]) }
      }
      if best.index != truth { errors.errors[score] += weight }
      for (index, probability) in values.softmax.enumerated() {
        let distance = probability - (index == truth ? 1 : 0)
        errors.brierScores?[score] += weight * distance * distance
      }
    }
  }

  /// The weights `S⁻¹ μ` of the first `count` scores and the constant of a class; nil for a class
  /// without training samples.
  func coefficients(
    of index: Int, count: Int
  ) -> (weights: [Double], constant: Double)? {
    guard let center = centers[index]?.prefix(count) else { return nil }
    var weights = Array(center)
    for row in (0..<count).reversed() {
      for below in (row + 1)..<max(count, row + 1) {
        weights[row] -= factor[below][row] * weights[below]
      }
      weights[row] /= factor[row][row]
    }
    return (weights, logPriors[index] - Array(center).squaredNorm / 2)
  }
}
