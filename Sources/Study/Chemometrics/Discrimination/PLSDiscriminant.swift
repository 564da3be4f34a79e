package import TensorCore

/// Settings for PLS-LDA: partial least squares on class membership, then linear discriminant
/// analysis of the scores with one covariance for all classes.
package struct PLSDiscriminant: Hashable, Sendable {
  /// How probable the classes are beforehand.
  package enum Priors: String, Codable, Hashable, Sendable, CaseIterable {
    /// As frequent as among the training samples.
    case proportional

    /// All alike.
    case equal
  }

  /// How many components the model has.
  package var componentCount: ComponentCount

  /// How probable the classes are beforehand.
  package var priors: Priors

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - componentCount: How many components the model has.
  ///   - priors: How probable the classes are beforehand.
  package init(
    componentCount: ComponentCount = .searched(ComponentSearch()), priors: Priors = .proportional
  ) {
    self.componentCount = componentCount
    self.priors = priors
  }

  /// Fits the classes.
  ///
  /// - Parameters:
  ///   - variables: One row per sample, such as a spectrum.
  ///   - classes: The class of every sample; at least two classes must have samples.
  ///   - groups: For every sample the name of its group, whose samples stay together in the search
  ///     for the number of components; nil when samples are independent.
  /// - Returns: The model.
  /// - Throws: `ChemometricsError` when samples and settings do not go together, nothing varies, or
  ///   the samples are too few for the number of components.
  package func fit(
    _ variables: Matrix<Double>, _ classes: ClassLabels, groups: [String]? = nil
  ) throws(ChemometricsError) -> FittedPLSDiscriminant {
    guard classes.counts.count(where: { $0 > 0 }) >= 2 else {
      throw ChemometricsError(
        .tooFewSamples, "samples of one class only cannot be told apart; add another class")
    }
    let responses = classes.oneHot
    try PartialLeastSquares.check(variables, responses)
    var errors: ComponentErrors?
    let count: Int
    switch componentCount {
    case .fixed(let fixed):
      count = fixed
    case .searched(let search):
      let layout = try SampleLayout(
        count: classes.count, strata: classes.indices, groups: groups)
      let found = try self.search(search, variables, classes, layout)
      (errors, count) = (found, found.chosenCount)
    }
    let components = try PartialLeastSquares(componentCount: count).fit(variables, responses)
    let discriminant = ScoreDiscriminant(
      scores: components.scores, classes: classes.indices, classCount: classes.names.count,
      priors: priors)
    let usable = discriminant.usableCount
    guard usable > 0, errors != nil || usable >= count else {
      throw ChemometricsError(
        .invalidSettings,
        "\(count) components were asked, but the samples and the spread within their classes allow "
          + "\(usable) only")
    }
    return FittedPLSDiscriminant(
      components: components, discriminant: discriminant, classNames: classes.names,
      count: min(count, usable), errors: errors)
  }

  private func search(
    _ search: ComponentSearch, _ variables: Matrix<Double>, _ classes: ClassLabels,
    _ layout: SampleLayout
  ) throws(ChemometricsError) -> ComponentErrors {
    let priors = priors
    return try search.errors(variables, classes.oneHot, layout) { fold in
      let training = classes.selecting(fold.split.training)
      let discriminant = ScoreDiscriminant(
        scores: fold.components.scores.transposed, classes: training.indices,
        classCount: classes.names.count, priors: priors)
      var errors = FoldErrors(
        errors: [Double](repeating: 0, count: discriminant.usableCount),
        brierScores: [Double](repeating: 0, count: discriminant.usableCount))
      for (row, sample) in fold.split.test.enumerated() {
        discriminant.addErrors(
          of: fold.testScores.row(row), truth: classes.indices[sample],
          weight: 1 / Double(fold.split.test.count), to: &errors)
      }
      return errors
    }
  }
}
