import Statistics
import TensorCore

/// How the number of components is found: by cross-validation within the training samples.
public struct ComponentSearch: Codable, Hashable, Sendable {
  /// Which number is taken from the errors.
  public enum Rule: String, Codable, Hashable, Sendable, CaseIterable {
    /// The number whose mean error over folds is smallest; of several, for classes that of the
    /// smallest Brier score, else the smallest number.
    case minimum

    /// The smallest number whose mean error is no more than one standard error above the smallest.
    case oneStandardError
  }

  /// The largest number that is tried, at least one.
  public var maximumCount: Int

  /// How many folds are made, at least two; fewer when there are not as many groups.
  public var foldCount: Int

  /// Which number is taken.
  public var rule: Rule

  /// Where the random numbers of the folds start.
  public var seed: UInt64

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - maximumCount: The largest number that is tried, at least one.
  ///   - foldCount: How many folds are made, at least two.
  ///   - rule: Which number is taken.
  ///   - seed: Where the random numbers of the folds start.
  public init(
    maximumCount: Int = 20, foldCount: Int = 5, rule: Rule = .minimum, seed: UInt64 = 0
  ) {
    self.maximumCount = maximumCount
    self.foldCount = foldCount
    self.rule = rule
    self.seed = seed
  }
}

/// How many components a model has.
public enum ComponentCount: Hashable, Sendable {
  /// A given number, at least one.
  case fixed(Int)

  /// What cross-validation within the training samples finds.
  case searched(ComponentSearch)
}

/// The errors of cross-validation for 1, 2… components.
public struct ComponentErrors: Hashable, Sendable {
  /// The mean error over folds.
  ///
  /// For a regression it is the mean squared error, with each response in units of its variance if
  /// there are several; for classes it is the share of samples that were given another class.
  public let means: [Double]

  /// The standard error of each mean.
  public let standardErrors: [Double]

  /// For classes, what decides between counts of equal error: the mean over folds of the mean
  /// squared distance of the probabilities from the true class (Brier score, 0…2); nil for a
  /// regression.
  public let brierScores: [Double]?

  /// The number of components that the rule takes.
  public let chosenCount: Int

  /// Errors this close are equal but for rounding; few samples make many counts equally good.
  private static let tolerance = 1e-12

  /// Takes the errors of every fold, each for 1, 2… components.
  init(folds: [FoldErrors], rule: ComponentSearch.Rule) {
    let count = folds.map(\.errors.count).min() ?? 0
    let errors = (0..<count).map { component in folds.map { $0.errors[component] } }
    let means = errors.map(\.mean)
    let standardErrors = errors.map {
      $0.count < 2 ? 0 : ($0.sampleVariance / Double($0.count)).squareRoot()
    }
    let scores =
      folds.allSatisfy { $0.brierScores != nil }
      ? (0..<count).map { component in folds.compactMap { $0.brierScores?[component] }.mean } : nil
    let smallest = means.min() ?? 0
    let best =
      means.indices.filter { means[$0] <= smallest + (scores == nil ? 0 : Self.tolerance) }
      .min { (scores?[$0] ?? 0) < (scores?[$1] ?? 0) } ?? 0
    self.means = means
    self.standardErrors = standardErrors
    brierScores = scores
    switch rule {
    case .minimum:
      chosenCount = best + 1
    case .oneStandardError:
      let limit = count == 0 ? 0 : means[best] + standardErrors[best]
      chosenCount = (means.firstIndex { $0 <= limit } ?? best) + 1
    }
  }
}

/// The errors of one fold for 1, 2… components.
struct FoldErrors {
  var errors: [Double]
  var brierScores: [Double]?
}

extension ComponentSearch {
  /// Finds the errors of every number of components, all numbers from one fit per fold.
  ///
  /// - Parameters:
  ///   - variables: One row per sample.
  ///   - responses: As many rows.
  ///   - layout: Which samples are of one class and which stay together.
  ///   - errors: Gives the errors of one fold for 1, 2… components.
  /// - Returns: The errors over all folds, and the number that the rule takes.
  /// - Throws: `ChemometricsError` when the settings or the samples do not allow it.
  func errors(
    _ variables: Matrix<Double>, _ responses: Matrix<Double>, _ layout: SampleLayout,
    errors: (Fold) throws(ChemometricsError) -> FoldErrors
  ) throws(ChemometricsError) -> ComponentErrors {
    try check(variables, responses, layout)
    let splits = try KFoldSplits(foldCount: min(foldCount, layout.groupCount), seed: seed)
      .splits(of: layout)
    let compressed = try RowSpace.compressed(variables)
    var folds: [FoldErrors] = []
    for split in splits {
      var training = compressed.selecting(rows: split.training)
      let trainingResponses = responses.selecting(rows: split.training)
      let (center, responseCenter) = (training.columnMeans, trainingResponses.columnMeans)
      training.subtract(center)
      let components = try SIMPLS(
        variables: training,
        responses: trainingResponses.subtracting(responseCenter), maximumCount: maximumCount)
      var test = compressed.selecting(rows: split.test)
      test.subtract(center)
      let scores = LinearAlgebra.product(test, components.rotations, transposingB: true)
      folds.append(
        try errors(
          Fold(
            split: split, components: components, testScores: scores,
            responseCenter: responseCenter)))
    }
    let result = ComponentErrors(folds: folds, rule: rule)
    guard !result.means.isEmpty else {
      throw ChemometricsError(
        .noVariation,
        "in some fold of the training samples no component can be found; use fewer folds or "
          + "check that variables and responses vary")
    }
    return result
  }

  private func check(
    _ variables: Matrix<Double>, _ responses: Matrix<Double>, _ layout: SampleLayout
  ) throws(ChemometricsError) {
    guard maximumCount >= 1, foldCount >= 2 else {
      throw ChemometricsError(
        .invalidSettings,
        "a search up to \(maximumCount) components in \(foldCount) folds cannot be made; "
          + "ask for at least 1 component and 2 folds")
    }
    try PartialLeastSquares.check(variables, responses)
    guard layout.count == variables.rowCount else {
      throw ChemometricsError(
        .lengthMismatch,
        "a layout of \(layout.count) samples does not go with \(variables.rowCount) samples")
    }
    guard layout.groupCount >= 2 else {
      throw ChemometricsError(
        .tooFewSamples,
        "all training samples are of one group, so that the number of components cannot be "
          + "searched; give a fixed number or name the groups")
    }
  }

  /// What is known in one fold.
  struct Fold {
    let split: ValidationSplit
    let components: SIMPLS

    /// One row per test sample, one column per component.
    let testScores: Matrix<Double>

    let responseCenter: [Double]
  }
}
