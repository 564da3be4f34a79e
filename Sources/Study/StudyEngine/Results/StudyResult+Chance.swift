import Chemometrics
package import Statistics

extension StudyResult {
  /// What a model attains that looks at no spectrum: the accuracy of always naming the largest class, or
  /// the error of always guessing the mean.
  package var chanceLevel: Double {
    switch data.question {
    case .classes(let labels):
      Double(labels.counts.max() ?? 1) / Double(max(1, labels.counts.reduce(0, +)))
    case .quantity(_, let values): values.sampleVariance.squareRoot()
    }
  }

  /// Whether a model is surely better than one that looks at no spectrum.
  ///
  /// - Parameter summary: Its accuracies or errors over divisions.
  /// - Returns: Whether its interval lies on the better side; false for one division, which has none.
  package func beatsChance(_ summary: ResampledSummary) -> Bool {
    guard let interval = summary.meanInterval else { return false }
    return switch outcome {
    case .classes: interval.lower > chanceLevel
    case .quantity: interval.upper < chanceLevel
    }
  }

  /// Which models say something that deserves to be explained; both where one division cannot tell.
  package var soundModels: (network: Bool, partialLeastSquares: Bool) {
    get throws {
      guard outcome.splits.count > 1 else { return (true, true) }
      return switch outcome {
      case .classes(let outcome):
        try (
          beatsChance(outcome.network.summary()),
          beatsChance(outcome.partialLeastSquares.summary())
        )
      case .quantity(let outcome):
        try (
          beatsChance(outcome.network.summary()),
          beatsChance(outcome.partialLeastSquares.summary())
        )
      }
    }
  }
}
