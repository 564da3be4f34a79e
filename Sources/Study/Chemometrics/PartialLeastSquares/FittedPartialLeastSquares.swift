package import TensorCore

/// Components found by partial least squares, and what follows from them.
///
/// Scores have unit length over the training samples; rotations and loadings carry the scale. With
/// `t` the scores, `R` the rotations, `P` and `Q` the loadings: `t = (x − x̄) Rᵀ`,
/// `x ≈ x̄ + t P`, `ŷ = ȳ + t Q`.
package struct FittedPartialLeastSquares: Hashable, Sendable {
  /// How many components were found.
  package let componentCount: Int

  /// The mean of every variable over the training samples.
  package let center: [Double]

  /// The mean of every response over the training samples.
  package let responseCenter: [Double]

  /// One row per component: the weights of the centered variables in its score.
  package let rotations: Matrix<Double>

  /// One row per component: its part in every variable.
  package let loadings: Matrix<Double>

  /// One row per component: its part in every response.
  package let responseLoadings: Matrix<Double>

  /// One row per training sample, one column per component, each column of unit length.
  package let scores: Matrix<Double>

  /// The share of the variables' total variation that each component explains, 0…1.
  package let explainedVariance: [Double]

  /// The share of the responses' total variation that each component explains, 0…1.
  package let explainedResponseVariance: [Double]

  init(
    _ components: SIMPLS, center: [Double], responseCenter: [Double], totalVariation: Double,
    totalResponseVariation: Double
  ) {
    componentCount = components.count
    self.center = center
    self.responseCenter = responseCenter
    rotations = components.rotations
    loadings = components.loadings
    responseLoadings = components.responseLoadings
    scores = components.scores.transposed
    let (loadings, responseLoadings) = (components.loadings, components.responseLoadings)
    explainedVariance = (0..<components.count).map {
      loadings.row($0).squaredNorm / totalVariation
    }
    explainedResponseVariance = (0..<components.count).map {
      responseLoadings.row($0).squaredNorm / totalResponseVariation
    }
  }

  /// The scores of samples.
  ///
  /// - Parameter variables: One row per sample, as many columns as in training.
  /// - Returns: One row per sample, one column per component.
  /// - Throws: `ChemometricsError` when the number of variables differs or one is not finite.
  package func scores(of variables: Matrix<Double>) throws(ChemometricsError) -> Matrix<Double> {
    try variables.checkSamples(variableCount: center.count)
    return LinearAlgebra.product(variables.subtracting(center), rotations, transposingB: true)
  }

  /// The predicted responses of samples with a number of components.
  ///
  /// - Parameters:
  ///   - variables: One row per sample, as many columns as in training.
  ///   - count: How many components to use, 1…`componentCount`; all when nil.
  /// - Returns: One row per sample, one column per response.
  /// - Throws: `ChemometricsError` when the number of variables or of components does not fit.
  package func predictions(
    for variables: Matrix<Double>, componentCount count: Int? = nil
  ) throws(ChemometricsError) -> Matrix<Double> {
    let count = try checked(count)
    return try predictionsForEveryCount(of: variables)[count - 1]
  }

  /// The predicted responses of samples with 1, 2… `componentCount` components, in one pass.
  ///
  /// - Parameter variables: One row per sample, as many columns as in training.
  /// - Returns: One matrix per number of components, each with one row per sample and one column
  ///   per response.
  /// - Throws: `ChemometricsError` when the number of variables differs or one is not finite.
  package func predictionsForEveryCount(
    of variables: Matrix<Double>
  ) throws(ChemometricsError) -> [Matrix<Double>] {
    let scores = try scores(of: variables)
    var prediction = Matrix<Double>(rowCount: variables.rowCount, columnCount: responseCenter.count)
    for row in 0..<prediction.rowCount { prediction.setRow(row, responseCenter) }
    return (0..<componentCount).map { component in
      for row in 0..<prediction.rowCount {
        let score = scores[row, component]
        for response in responseCenter.indices {
          prediction[row, response] += score * responseLoadings[component, response]
        }
      }
      return prediction
    }
  }

  /// The regression coefficients: one row per response, one column per variable.
  ///
  /// - Parameter count: How many components to use, 1…`componentCount`; all when nil.
  /// - Returns: The change of each response per unit of each variable.
  /// - Throws: `ChemometricsError` when there are not that many components.
  package func coefficients(
    componentCount count: Int? = nil
  ) throws(ChemometricsError) -> Matrix<Double> {
    let count = try checked(count)
    return LinearAlgebra.product(
      responseLoadings.prefix(count), rotations.prefix(count), transposingA: true)
  }

  /// The constant to add to `coefficients · x`, one per response.
  ///
  /// - Parameter count: How many components to use, 1…`componentCount`; all when nil.
  /// - Returns: One constant per response.
  /// - Throws: `ChemometricsError` when there are not that many components.
  package func intercepts(componentCount count: Int? = nil) throws(ChemometricsError) -> [Double] {
    let parts = LinearAlgebra.product(try coefficients(componentCount: count), center)
    return zip(responseCenter, parts).map { $0 - $1 }
  }

  func checked(_ count: Int?) throws(ChemometricsError) -> Int {
    let count = count ?? componentCount
    guard (1...componentCount).contains(count) else {
      throw ChemometricsError(
        .invalidSettings,
        "\(count) components were asked of a model that has \(componentCount); "
          + "ask for 1…\(componentCount)")
    }
    return count
  }

  func checked(response: Int?) throws(ChemometricsError) {
    guard let response else { return }
    guard responseCenter.indices.contains(response) else {
      throw ChemometricsError(
        .invalidSettings,
        "there is no response \(response); the model has 0…\(responseCenter.count - 1)")
    }
  }
}
