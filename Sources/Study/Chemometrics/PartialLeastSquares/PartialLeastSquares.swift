package import TensorCore

/// Settings for partial least squares: a fixed number of components.
///
/// Variables and responses are centered and not scaled; scale the variables beforehand where their
/// units differ.
package struct PartialLeastSquares: Hashable, Sendable {
  /// How many components are looked for, at least one.
  package let componentCount: Int

  /// Creates settings.
  ///
  /// - Parameter componentCount: At least one; at most one less than there are samples, and no
  ///   more than there are variables, can be found.
  package init(componentCount: Int) {
    self.componentCount = componentCount
  }

  /// Finds components by SIMPLS.
  ///
  /// There are fewer than asked when samples, variables or responses do not have as many
  /// independent directions; see `FittedPartialLeastSquares.componentCount`.
  ///
  /// - Parameters:
  ///   - variables: One row per sample, such as a spectrum.
  ///   - responses: As many rows, one column per response.
  /// - Returns: The components.
  /// - Throws: `ChemometricsError` when the rows do not go together or nothing varies.
  package func fit(
    _ variables: Matrix<Double>, _ responses: Matrix<Double>
  ) throws(ChemometricsError) -> FittedPartialLeastSquares {
    guard componentCount >= 1 else {
      throw ChemometricsError(
        .invalidSettings, "\(componentCount) components cannot be fitted; ask for at least 1")
    }
    try Self.check(variables, responses)
    let (center, responseCenter) = (variables.columnMeans, responses.columnMeans)
    let centered = variables.subtracting(center)
    let centeredResponses = responses.subtracting(responseCenter)
    guard centered.squaredNorm.isFinite, centeredResponses.squaredNorm.isFinite else {
      throw ChemometricsError(
        .notFinite, "the squares of the numbers exceed what a number can hold; scale them down")
    }
    let components = try SIMPLS(
      variables: centered, responses: centeredResponses, maximumCount: componentCount)
    guard components.count > 0 else {
      throw ChemometricsError(
        .noVariation,
        "no variable varies together with a response over the \(variables.rowCount) samples; "
          + "check the values and the labels")
    }
    return FittedPartialLeastSquares(
      components, center: center, responseCenter: responseCenter,
      totalVariation: centered.squaredNorm, totalResponseVariation: centeredResponses.squaredNorm)
  }

  /// Checks that there are samples and that rows go together.
  static func check(
    _ variables: Matrix<Double>, _ responses: Matrix<Double>
  ) throws(ChemometricsError) {
    guard variables.rowCount == responses.rowCount else {
      throw ChemometricsError(
        .lengthMismatch,
        "\(variables.rowCount) rows of variables do not go with \(responses.rowCount) rows of "
          + "responses")
    }
    guard variables.rowCount >= 2, variables.columnCount >= 1, responses.columnCount >= 1 else {
      throw ChemometricsError(
        .tooFewSamples,
        "\(variables.rowCount) samples of \(variables.columnCount) variables and "
          + "\(responses.columnCount) responses are too few; at least 2 samples are needed")
    }
    try variables.checkFinite()
    try responses.checkFinite()
  }
}
