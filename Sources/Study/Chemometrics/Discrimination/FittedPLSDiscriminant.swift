package import TensorCore

/// A classifier by PLS-LDA, which is linear in the variables.
///
/// The score of class `c` for a sample `x` is `δ_c(x) = Σ_j β_cj x_j + constant_c`, with
/// `β_c = R S⁻¹ μ_c`: `R` the rotations, `S` the pooled covariance of the scores, `μ_c` the mean
/// score of the class. The probability of a class is the softmax of the scores.
package struct FittedPLSDiscriminant: Hashable, Sendable {
  /// The components, and everything that follows from them; response `c` is membership of class `c`.
  package let components: FittedPartialLeastSquares

  /// The classes.
  package let classNames: [String]

  /// How many components the classifier uses.
  package let componentCount: Int

  /// The errors by which the number of components was chosen, or nil when it was given.
  package let errors: ComponentErrors?

  /// `β`: one row per class, one column per variable.
  package let coefficients: Matrix<Double>

  /// One constant per class; −∞ for a class without training samples.
  package let constants: [Double]

  init(
    components: FittedPartialLeastSquares, discriminant: ScoreDiscriminant, classNames: [String],
    count: Int, errors: ComponentErrors?
  ) {
    self.components = components
    self.classNames = classNames
    componentCount = count
    self.errors = errors
    var coefficients = Matrix<Double>(
      rowCount: classNames.count, columnCount: components.center.count)
    var constants = [Double](repeating: -.infinity, count: classNames.count)
    for index in classNames.indices {
      guard let found = discriminant.coefficients(of: index, count: count) else { continue }
      let beta = LinearAlgebra.combination(
        components.rotations, firstRows: count, found.weights)
      coefficients.setRow(index, beta)
      constants[index] = found.constant - beta.dot(components.center)
    }
    self.coefficients = coefficients
    self.constants = constants
  }

  /// The scores of the classes, up to what is the same for all classes the logarithms of their
  /// probabilities.
  ///
  /// - Parameter variables: One row per sample, as many columns as in training.
  /// - Returns: One row per sample, one column per class.
  /// - Throws: `ChemometricsError` when the number of variables differs or one is not finite.
  package func classScores(
    of variables: Matrix<Double>
  ) throws(ChemometricsError) -> Matrix<Double> {
    try variables.checkSamples(variableCount: coefficients.columnCount)
    var scores = LinearAlgebra.product(variables, coefficients, transposingB: true)
    for sample in 0..<scores.rowCount {
      for index in constants.indices { scores[sample, index] += constants[index] }
    }
    return scores
  }

  /// The probabilities of the classes.
  ///
  /// - Parameter variables: One row per sample, as many columns as in training.
  /// - Returns: One row per sample, one column per class; each row sums to one.
  /// - Throws: `ChemometricsError` when the number of variables differs or one is not finite.
  package func probabilities(
    of variables: Matrix<Double>
  ) throws(ChemometricsError) -> Matrix<Double> {
    var scores = try classScores(of: variables)
    for sample in 0..<scores.rowCount {
      scores.setRow(sample, scores.row(sample).softmax)
    }
    return scores
  }

  /// The most probable class of every sample.
  ///
  /// - Parameter variables: One row per sample, as many columns as in training.
  /// - Returns: For every sample an index of `classNames`; the lowest where several tie.
  /// - Throws: `ChemometricsError` when the number of variables differs or one is not finite.
  package func predictions(for variables: Matrix<Double>) throws(ChemometricsError) -> [Int] {
    let scores = try classScores(of: variables)
    return (0..<scores.rowCount).map { sample in
      classNames.indices.dropFirst().reduce(0) {
        scores[sample, $1] > scores[sample, $0] ? $1 : $0
      }
    }
  }
}
