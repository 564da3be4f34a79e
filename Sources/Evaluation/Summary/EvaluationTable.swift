package import ExplanationQuality
package import Statistics
import TensorCore

/// One figure of the table: a map by a metric.
package struct EvaluationCell: Sendable {
  package let map: MapKey

  /// The mean; nil where no input has a number.
  package let mean: Double?

  /// Its 95 % interval.
  package let interval: ConfidenceInterval?

  /// How many inputs have a number.
  package let count: Int

  /// The controls that it is not better than at 95 %; nil for controls, and for metrics that only
  /// describe.
  package let unbeaten: [MapKey]?

  /// Whether no other map of a method has a better mean.
  package let isBest: Bool

  /// Whether its mean cannot be told from the best at 95 %.
  package let isLikeBest: Bool

  /// Whether it surpasses all controls.
  package var surpassesControls: Bool { unbeaten?.isEmpty ?? true }
}

/// A method against the reference at the same place, by a metric.
package struct EvaluationComparison: Sendable {
  package let map: MapKey
  package let reference: MapKey
  package let difference: PairedDifference

  /// How probable so large a difference is where no method differs, for all comparisons of the primary
  /// metrics together; nil for metrics that are not primary.
  package var probability: Double?
}

/// What a metric says.
package struct EvaluationColumn: Sendable {
  package let metric: ChosenMetric

  /// Whether it is one of those that are decided upon.
  package let isPrimary: Bool

  /// Maps of methods, then controls.
  package let cells: [EvaluationCell]

  /// Methods against the reference.
  package var comparisons: [EvaluationComparison]

  /// How well it separates methods on single inputs; nil for fewer than two methods or inputs.
  package let reliability: Reliability?

  /// The figure of a map.
  package func cell(_ map: MapKey) -> EvaluationCell? { cells.first { $0.map == map } }
}

/// All that is told of a run.
package struct EvaluationTable: Sendable {
  package let record: EvaluationRecord
  package let columns: [EvaluationColumn]

  /// The method that others are compared with.
  package let reference: String?

  /// Where random draws start.
  package let seed: UInt64

  /// Kendall's τ between two metrics over the means of methods, in the order of the columns with a direction;
  /// nil where one does not vary.
  package let agreement: [[Double?]]

  /// Judges what is known.
  ///
  /// - Parameters:
  ///   - record: What is known.
  ///   - primary: The metrics that are decided upon, by their texts.
  ///   - reference: The id of the method that others are compared with.
  ///   - seed: Where random draws start.
  package init(
    _ record: EvaluationRecord, primary: Set<String>, reference: String?, seed: UInt64 = 0
  ) {
    self.record = record
    self.reference = reference
    self.seed = seed
    let judge = TableJudge(record: record, reference: reference, seed: seed)
    var columns = record.metrics.map { metric in
      EvaluationColumn(
        metric: metric, isPrimary: primary.contains(metric.text), cells: judge.cells(metric),
        comparisons: judge.comparisons(metric), reliability: judge.reliability(metric))
    }
    judge.adjust(&columns)
    self.columns = columns
    agreement = judge.agreement(columns.filter { $0.metric.metric.direction != .none })
  }

  /// The columns whose values are better in one direction.
  package var directed: [EvaluationColumn] {
    columns.filter { $0.metric.metric.direction != .none }
  }
}
