import Statistics
import StudyFigures

extension SplitDistributionFigure {
  /// A figure of merit of both models over divisions, and its difference.
  ///
  /// The figure is never below zero; intervals end where it ends.
  init(
    _ network: ResampledSummary, _ partialLeastSquares: ResampledSummary,
    _ comparison: PairedComparison, _ facts: StudyFacts, title: String, valueLabel: String,
    limits: ClosedRange<Double>? = nil
  ) throws {
    func row(_ name: String, _ summary: ResampledSummary) -> Row {
      Row(
        name: name, values: summary.values,
        interval: summary.meanInterval.map {
          max(0, $0.lower)...max(0, min(limits?.upperBound ?? .infinity, $0.upper))
        })
    }
    let difference = comparison.difference
    try self.init(
      models: [row("Network", network), row(facts.partialLeastSquares, partialLeastSquares)],
      differences: [
        Row(
          name: "Network − \(facts.partialLeastSquares)", values: difference.values,
          interval: difference.meanInterval.map { $0.lower...$0.upper })
      ],
      title: "\(title) over \(network.values.count) divisions", valueLabel: valueLabel,
      limits: limits)
  }
}
