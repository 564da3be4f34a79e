package import TensorCore

/// What is explained of a classifier: a score, or the difference of two.
package enum DiscriminantTarget: Hashable, Sendable {
  /// The score of a class.
  case score(Int)

  /// The score of a class less that of another: why the one and not the other.
  case margin(Int, over: Int)
}

/// What every variable of a sample adds to a score: `Σ values + constant = score`.
package struct Contributions: Hashable, Sendable {
  /// One value per variable, in units of the score.
  package let values: [Double]

  /// What does not depend on the sample.
  package let constant: Double
}

extension FittedPLSDiscriminant {
  /// The coefficients of a target: one per variable.
  ///
  /// - Parameter target: A score or a margin.
  /// - Returns: `β_c`, or `β_c − β_r` for a margin.
  /// - Throws: `ChemometricsError` when there is no such class, or it had no training samples.
  package func coefficients(of target: DiscriminantTarget) throws(ChemometricsError) -> [Double] {
    switch target {
    case .score(let index):
      _ = try constant(of: index)
      return coefficients.row(index)
    case .margin(let index, let other):
      _ = (try constant(of: index), try constant(of: other))
      return zip(coefficients.row(index), coefficients.row(other)).map { $0 - $1 }
    }
  }

  /// What every variable of a sample adds to a target, exactly.
  ///
  /// - Parameters:
  ///   - sample: One value per variable.
  ///   - target: A score or a margin.
  ///   - fromMean: Whether contributions count from the mean training sample, `β_j (x_j − x̄_j)`,
  ///     so that what all samples share counts as nothing; else from zero, `β_j x_j`.
  /// - Returns: The contributions and the constant that completes them to the target.
  /// - Throws: `ChemometricsError` when the sample or the target does not fit the model.
  package func contributions(
    of sample: [Double], to target: DiscriminantTarget, fromMean: Bool = false
  ) throws(ChemometricsError) -> Contributions {
    let beta = try coefficients(of: target)
    guard sample.count == beta.count else {
      throw ChemometricsError(
        .lengthMismatch, "\(sample.count) variables were given to a model of \(beta.count)")
    }
    let constant =
      switch target {
      case .score(let index): try constant(of: index)
      case .margin(let index, let other): try constant(of: index) - constant(of: other)
      }
    guard fromMean else {
      return Contributions(values: zip(beta, sample).map { $0 * $1 }, constant: constant)
    }
    let center = components.center
    return Contributions(
      values: beta.indices.map { beta[$0] * (sample[$0] - center[$0]) },
      constant: constant + beta.dot(center))
  }

  /// The selectivity ratio of every variable along the coefficients of a target.
  ///
  /// - Parameters:
  ///   - variables: The samples, usually those of training.
  ///   - target: A score or a margin.
  /// - Returns: One ratio per variable, explained over residual variation, not negative.
  /// - Throws: `ChemometricsError` when the samples or the target do not fit the model.
  package func selectivityRatio(
    of variables: Matrix<Double>, target: DiscriminantTarget
  ) throws(ChemometricsError) -> [Double] {
    try FittedPartialLeastSquares.selectivityRatio(
      of: variables, along: coefficients(of: target))
  }

  private func constant(of index: Int) throws(ChemometricsError) -> Double {
    guard classNames.indices.contains(index) else {
      throw ChemometricsError(
        .invalidSettings,
        "there is no class \(index); the model has 0…\(classNames.count - 1)")
    }
    guard constants[index].isFinite else {
      throw ChemometricsError(
        .tooFewSamples,
        "class \"\(classNames[index])\" had no training samples, so nothing can be said about it")
    }
    return constants[index]
  }
}
