public import Statistics
import TensorCore

/// How far the output for one spectrum is from another class, or from the ideal.
///
/// Candidate definitions of the *difference (purity)* of G.-Y. Shi et al., Analytical Chemistry 95
/// (2023) 9959–9966, whose exact definition was not available: margins and the distance to a
/// certain decision, under names of their own.
public struct ClassDifference: Hashable, Sendable {
  /// The class that is judged.
  public let target: Int

  /// The class of the next largest score.
  public let rival: Int

  /// `z_c − z_r`: the score of the target less that of the rival; negative when the rival wins.
  public let scoreMargin: Double

  /// `p_c − p_r`: the same for probabilities, −1…1.
  public let probabilityMargin: Double

  /// `1 − p_c`: how much the probability of the target lacks, 0…1.
  public let distanceToIdeal: Double

  /// Judges the scores of one spectrum.
  ///
  /// - Parameters:
  ///   - scores: One raw score per class, before softmax; at least two, finite.
  ///   - target: The class that is judged, such as the predicted or the true one.
  /// - Throws: `ChemometricsError` when there are fewer than two scores, one is not finite, or there
  ///   is no such class.
  public init(scores: [Double], target: Int) throws(ChemometricsError) {
    guard scores.count >= 2, scores.indices.contains(target) else {
      throw ChemometricsError(
        .invalidSettings,
        "class \(target) cannot be compared among \(scores.count) scores; at least 2 are needed")
    }
    if let index = scores.firstIndex(where: { !$0.isFinite }) {
      throw ChemometricsError(.notFinite, "the score of class \(index) is \(scores[index])")
    }
    let rivals = scores.indices.filter { $0 != target }
    let rival = rivals.dropFirst().reduce(rivals[0]) { scores[$1] > scores[$0] ? $1 : $0 }
    let powers = scores.relativePowers
    let total = powers.reduce(0, +)
    let others = rivals.reduce(0) { $0 + powers[$1] }
    self.target = target
    self.rival = rival
    scoreMargin = scores[target] - scores[rival]
    probabilityMargin = (powers[target] - powers[rival]) / total
    // Not one less the probability, which would lose small distances.
    distanceToIdeal = others / total
  }
}

/// How far predictions of a quantity are from known values.
///
/// Candidate definitions of the *difference (linearity)* of G.-Y. Shi et al., Analytical Chemistry 95
/// (2023) 9959–9966: the deviations, and the straight line of predicted against known values over a
/// dilution series.
public struct QuantityDifference: Hashable, Sendable {
  /// `ŷ − y` of every sample, in units of the quantity.
  public let deviations: [Double]

  /// The line of predicted against known values: slope, intercept, R² and residual deviation; nil
  /// when the known values do not vary.
  public let line: FittedLine?

  /// Compares predictions with known values.
  ///
  /// - Parameters:
  ///   - predictions: One value per sample, finite.
  ///   - truth: One value per sample, finite.
  /// - Throws: `ChemometricsError` when counts differ, there are no samples, or a value is not
  ///   finite.
  public init(predictions: [Double], truth: [Double]) throws(ChemometricsError) {
    let metrics = try RegressionMetrics(predictions: predictions, truth: truth)
    deviations = zip(predictions, truth).map { $0 - $1 }
    line = metrics.line
  }
}
