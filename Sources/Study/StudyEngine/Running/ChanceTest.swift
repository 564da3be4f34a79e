import Chemometrics
import NetworkTraining
import Statistics

/// Fits both models where labels or values are exchanged at random, one division each time.
struct ChanceTest {
  let data: StudyData
  let settings: StudySettings
  let report: @Sendable (SpectralStudy.Progress) -> Void

  /// Compares with what was found for the true labels; nil when no permutation is asked for.
  ///
  /// A figure of one division spreads more than the mean of all that it is compared with, so that the
  /// probability errs on the side of chance.
  func outcome(_ found: StudyOutcome) throws -> ChanceOutcome? {
    guard settings.permutationCount > 0 else { return nil }
    let test = PermutationTest(count: settings.permutationCount, seed: settings.training.seed)
    let assignments = try test.assignments(of: try data.layout())
    let splits = found.splits
    let counter = StageCounter(.chance, total: assignments.count, report: report)
    let outcomes = try ParallelTrainings.map(
      assignments.count, laneCount: settings.usedLaneCount
    ) { [data, settings] index, lane, isCancelled -> StudyOutcome? in
      let exchanged = data.exchanging(assignments[index])
      let runner = TrialRunner(data: exchanged, settings: settings, checkpoints: nil)
      let split = splits[index % splits.count]
      guard let trial = try runner.trial(index, split, lane: lane, isCancelled: isCancelled) else {
        return nil
      }
      counter.increase()
      return try OutcomeBuilder(data: exchanged, trials: [trial]).outcome()
    }
    let figures = outcomes.compactMap { $0.map(Figures.init) }
    guard figures.count == assignments.count else { throw CancellationError() }
    let truth = Figures(found)
    // Of errors, the smaller is the better.
    let sign = truth.isError ? -1.0 : 1
    return ChanceOutcome(
      network: figures.map(\.network), partialLeastSquares: figures.map(\.partialLeastSquares),
      networkProbability: PermutationTest.probability(
        observed: sign * truth.network, permuted: figures.map { sign * $0.network }),
      partialLeastSquaresProbability: PermutationTest.probability(
        observed: sign * truth.partialLeastSquares,
        permuted: figures.map { sign * $0.partialLeastSquares }))
  }

  /// The mean accuracies of both models, or their mean errors.
  private struct Figures {
    let network: Double
    let partialLeastSquares: Double
    let isError: Bool

    init(_ outcome: StudyOutcome) {
      switch outcome {
      case .classes(let outcome):
        (network, partialLeastSquares) = Self.means(outcome.network, outcome.partialLeastSquares)
        isError = false
      case .quantity(let outcome):
        (network, partialLeastSquares) = Self.means(outcome.network, outcome.partialLeastSquares)
        isError = true
      }
    }

    private static func means<Metrics>(
      _ first: Validation<Metrics>, _ second: Validation<Metrics>
    ) -> (Double, Double) {
      (first.metrics.map(\.principal).mean, second.metrics.map(\.principal).mean)
    }
  }
}
