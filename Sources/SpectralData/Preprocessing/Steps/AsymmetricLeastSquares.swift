import Catalogs
package import TensorCore

/// Subtracts the baseline of asymmetric least squares: the curve `z` that minimizes
/// `Σ w (x − z)² + λ Σ (Δ²z)²`, where points above it weigh `asymmetry` and others `1 − asymmetry`.
///
/// Eilers and Boelens (2005). Needs at least three points.
package struct AsymmetricLeastSquares: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "asls"

  /// The weight `λ` of smoothness.
  package let smoothness: Double

  /// The weight of points above the baseline, 0…1.
  package let asymmetry: Double

  /// The most times that weights are found again.
  package let iterations: Int

  /// Ends when weights change by less than this part.
  package let tolerance: Double

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - smoothness: From 0.001 to 10¹².
  ///   - asymmetry: Between 0 and 1.
  ///   - iterations: The most times that weights are found again, 0…1000.
  ///   - tolerance: Ends when weights change by less than this part.
  package init(
    smoothness: Double = 1e6, asymmetry: Double = 0.01, iterations: Int = 50,
    tolerance: Double = 1e-3
  ) {
    self.smoothness = smoothness
    self.asymmetry = asymmetry
    self.iterations = iterations
    self.tolerance = tolerance
  }

  private static let lambda = Parameter(
    "lambda", "weight of smoothness", standard: 1e6, .number(1e-3...1e12))
  private static let p = Parameter(
    "p", "weight of points above the baseline", standard: 0.01, .number(0...1))
  private static let iterations = Parameter(
    "iterations", "most rounds", standard: 50, .whole(0...1000))
  private static let tolerance = Parameter(
    "tolerance", "least change of weights", standard: 1e-3, .number(0...1))

  static let entry = PreprocessingEntry(
    AsymmetricLeastSquares.self, "subtracts a smooth baseline (asymmetric least squares)",
    parameters: [lambda, p, iterations, tolerance]
  ) { settings throws(SpectrumError) in
    let step = AsymmetricLeastSquares(
      smoothness: settings[lambda], asymmetry: settings[p], iterations: settings[iterations],
      tolerance: settings[tolerance])
    try step.check()
    return step
  }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(
      Self.stepID, Self.lambda.text(smoothness), Self.p.text(asymmetry),
      Self.iterations.text(iterations), Self.tolerance.text(tolerance))
  }

  /// Refuses values that the step cannot work with.
  package func check() throws(SpectrumError) {
    guard (1e-3...1e12).contains(smoothness), asymmetry > 0, asymmetry < 1,
      (0...1000).contains(iterations), (0...1).contains(tolerance)
    else {
      throw SpectrumError(
        .invalidSettings,
        "asls: lambda must be 0.001…1e12, p between 0 and 1, iterations 0…1000, tolerance 0…1")
    }
  }

  /// Subtracts the baseline of each spectrum.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    try RowMath.check(rows, count: axis.count, Self.stepID)
    guard axis.count > 2 else {
      throw SpectrumError(.lengthMismatch, "asls needs spectra of at least three points")
    }
    let smoother = WhittakerSmoother(count: axis.count, smoothness: smoothness)
    return rows.mapRows { row in
      let values = row.map { Double($0) }
      return zip(values, baseline(values, smoother)).map { Float($0 - $1) }
    }
  }

  private func baseline(_ values: [Double], _ smoother: WhittakerSmoother) -> [Double] {
    var weights = [Double](repeating: 1, count: values.count)
    var baseline = values
    for _ in 0...iterations {
      baseline = smoother.smoothed(values, weights: weights)
      var (change, size) = (0.0, 0.0)
      for index in values.indices {
        let weight = values[index] > baseline[index] ? asymmetry : 1 - asymmetry
        change += (weight - weights[index]) * (weight - weights[index])
        size += weights[index] * weights[index]
        weights[index] = weight
      }
      if change.squareRoot() < tolerance * size.squareRoot() { break }
    }
    return baseline
  }
}

/// Solves `(W + λ D₂ᵀD₂) z = W x` for weights `W`, where `D₂` takes second differences.
struct WhittakerSmoother {
  /// The penalty's diagonal and the two above it.
  private let penalty: (main: [Double], first: [Double], second: [Double])

  /// Prepares the penalty for a number of points, at least three.
  init(count: Int, smoothness: Double) {
    var main = [Double](repeating: 0, count: count)
    var (first, second) = (main, main)
    for index in 0..<(count - 2) {
      main[index] += smoothness
      main[index + 1] += 4 * smoothness
      main[index + 2] += smoothness
      first[index] -= 2 * smoothness
      first[index + 1] -= 2 * smoothness
      second[index] += smoothness
    }
    penalty = (main, first, second)
  }

  /// The smooth curve through weighted values, by `L D Lᵀ` of the banded matrix.
  func smoothed(_ values: [Double], weights: [Double]) -> [Double] {
    let count = values.count
    var diagonal = [Double](repeating: 0, count: count)
    var (lower, lowest, result) = (diagonal, diagonal, diagonal)
    for index in 0..<count {
      var pivot = weights[index] + penalty.main[index]
      var next = penalty.first[index]
      var sum = weights[index] * values[index]
      if index > 0 {
        let scaled = diagonal[index - 1] * lower[index - 1]
        pivot -= scaled * lower[index - 1]
        next -= scaled * lowest[index - 1]
        sum -= lower[index - 1] * result[index - 1]
      }
      if index > 1 {
        pivot -= diagonal[index - 2] * lowest[index - 2] * lowest[index - 2]
        sum -= lowest[index - 2] * result[index - 2]
      }
      diagonal[index] = pivot
      lower[index] = next / pivot
      lowest[index] = penalty.second[index] / pivot
      result[index] = sum
    }
    for index in stride(from: count - 1, through: 0, by: -1) {
      var value = result[index] / diagonal[index]
      if index + 1 < count { value -= lower[index] * result[index + 1] }
      if index + 2 < count { value -= lowest[index] * result[index + 2] }
      result[index] = value
    }
    return result
  }
}
