import Statistics
package import TensorCore

/// Settings for regression by partial least squares.
package struct PLSRegression: Hashable, Sendable {
  /// How many components the model has.
  package var componentCount: ComponentCount

  /// Creates settings.
  ///
  /// - Parameter componentCount: How many components the model has.
  package init(componentCount: ComponentCount = .searched(ComponentSearch())) {
    self.componentCount = componentCount
  }

  /// Fits the responses.
  ///
  /// - Parameters:
  ///   - variables: One row per sample, such as a spectrum.
  ///   - responses: As many rows, one column per response.
  ///   - layout: Which samples stay together in the search for the number of components; nil when
  ///     they are independent.
  /// - Returns: The model.
  /// - Throws: `ChemometricsError` when samples and settings do not go together, or nothing varies.
  package func fit(
    _ variables: Matrix<Double>, _ responses: Matrix<Double>, layout: SampleLayout? = nil
  ) throws(ChemometricsError) -> FittedPLSRegression {
    var errors: ComponentErrors?
    let count: Int
    switch componentCount {
    case .fixed(let fixed):
      count = fixed
    case .searched(let search):
      try PartialLeastSquares.check(variables, responses)
      let independent = try SampleLayout(count: variables.rowCount)
      let found = try Self.search(search, variables, responses, layout ?? independent)
      (errors, count) = (found, found.chosenCount)
    }
    let components = try PartialLeastSquares(componentCount: count).fit(variables, responses)
    if case .fixed = componentCount, components.componentCount < count {
      throw ChemometricsError(
        .invalidSettings,
        "\(count) components were asked, but the samples allow \(components.componentCount) only")
    }
    return FittedPLSRegression(components: components, errors: errors)
  }

  private static func search(
    _ search: ComponentSearch, _ variables: Matrix<Double>, _ responses: Matrix<Double>,
    _ layout: SampleLayout
  ) throws(ChemometricsError) -> ComponentErrors {
    let weights = (0..<responses.columnCount).map { response in
      let variance = responses.columnCount > 1 ? responses.column(response).sampleVariance : 1
      return variance > 0 ? 1 / variance : 0
    }
    return try search.errors(variables, responses, layout) { fold in
      let samples = fold.split.test
      var residuals = responses.selecting(rows: samples).subtracting(fold.responseCenter)
      let errors = (0..<fold.components.count).map { component in
        var sum = 0.0
        for row in samples.indices {
          for (response, weight) in weights.enumerated() {
            residuals[row, response] -=
              fold.testScores[row, component]
              * fold.components.responseLoadings[component, response]
            sum += weight * residuals[row, response] * residuals[row, response]
          }
        }
        return sum / Double(samples.count * weights.count)
      }
      return FoldErrors(errors: errors)
    }
  }
}

/// A regression by partial least squares.
package struct FittedPLSRegression: Hashable, Sendable {
  /// The components, and everything that follows from them.
  package let components: FittedPartialLeastSquares

  /// The errors by which the number of components was chosen, or nil when it was given.
  package let errors: ComponentErrors?

  /// How many components the model has.
  package var componentCount: Int { components.componentCount }

  /// Predicts the responses of samples.
  ///
  /// - Parameter variables: One row per sample, as many columns as in training.
  /// - Returns: One row per sample, one column per response.
  /// - Throws: `ChemometricsError` when the number of variables differs.
  package func predictions(
    for variables: Matrix<Double>
  ) throws(ChemometricsError) -> Matrix<Double> {
    try components.predictions(for: variables)
  }
}
