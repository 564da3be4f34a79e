import Evaluation
import ExplanationQuality
import Statistics
import Workflows

/// What is told of an evaluation.
struct EvaluationTelling: Sendable {
  let table: EvaluationTable
  let setting: EvaluationSetting
  let failures: [InputFailure]
  let isComplete: Bool

  /// The half of the inputs that is told; nil for all.
  var half: EvaluationHalf?

  /// What maps are called.
  var names: MapNames { MapNames(table.record) }

  /// The record.
  var record: EvaluationRecord { table.record }

  /// The columns of the metrics that are decided upon.
  var primary: [EvaluationColumn] { table.columns.filter(\.isPrimary) }

  /// What the score is that metrics follow.
  var scoreLabel: String {
    switch setting.plan.scale {
    case .probability: "Probability"
    case .logOdds: "Log-odds"
    case .raw: "Output of the network"
    }
  }

  /// On how many inputs the score is at least half of what it is when everything is hidden.
  var unneutralCount: Int {
    guard setting.plan.scale == .probability else { return 0 }
    let metric = record.metrics.first { ["deletion", "band-deletion"].contains($0.metric.id) }
    guard let metric, let map = record.methods.first else { return 0 }
    return zip(record.samples, record.ends(metric, map)).count { sample, end in
      end.map { $0 >= sample.whole / 2 } ?? false
    }
  }

  /// What may be believed: one sentence for each primary metric, and one about controls.
  var verdict: [String] {
    primary.compactMap(best) + [controls(primary)].compactMap(\.self)
  }

  /// Which map is best by a metric, and how it compares.
  private func best(_ column: EvaluationColumn) -> String? {
    guard let cell = column.cells.first(where: \.isBest), let mean = cell.mean else { return nil }
    guard cell.count > 1 else {
      return "By \(column.metric.title.lowercasedFirst), \(names.full(cell.map)) is best with "
        + NumberWords.number(mean) + " on one input, which tells nothing of others."
    }
    let alike = column.cells.filter { $0.isLikeBest && !$0.isBest }.map { names.full($0.map) }
    var text =
      "By \(column.metric.title.lowercasedFirst), \(names.full(cell.map)) is best with "
      + NumberWords.value(mean, cell.interval) + ", on \(cell.count) inputs"
    if alike.isEmpty, record.methods.count > 1 {
      text += "; every other map is worse at 95 %"
    } else if !alike.isEmpty {
      text += "; \(NumberWords.list(alike, atMost: 4)) cannot be told from it"
    }
    guard let comparison = column.comparisons.first(where: { $0.map == cell.map }) else {
      return text + "."
    }
    let difference = comparison.difference
    let chance = comparison.probability.map {
      ", \(NumberWords.probability($0)) after all comparisons"
    }
    return text + ". It differs from \(names.full(comparison.reference)) by "
      + NumberWords.value(difference.mean, difference.interval, signed: true)
      + (chance ?? "") + "."
  }

  /// How many maps are no better than what knows nothing, and which; nil where nothing is decided by.
  private func controls(_ columns: [EvaluationColumn]) -> String? {
    guard !columns.isEmpty, !record.controls.isEmpty, record.samples.count > 1 else { return nil }
    let titles = columns.map { $0.metric.title.lowercasedFirst }
    let doubtful = columns.compactMap(doubts)
    return doubtful.isEmpty
      ? "Every map surpasses every control at 95 % by \(NumberWords.list(titles, atMost: 4))."
      : "Not better than a control that knows nothing are \(NumberWords.list(doubtful, atMost: 4))."
  }

  /// The maps that are no better than a control by a metric.
  private func doubts(_ column: EvaluationColumn) -> String? {
    let cells = column.cells.filter { !$0.surpassesControls }
    guard !cells.isEmpty else { return nil }
    let names = names
    let examples = cells.prefix(2).map { cell in
      let control = cell.unbeaten?.first.map(names.head) ?? "a control"
      return "\(names.full(cell.map)) (against \(control.lowercasedFirst))"
    }
    let all = record.methods.count
    return "by \(column.metric.title.lowercasedFirst) \(cells.count) of \(all) maps, such as "
      + NumberWords.list(examples, atMost: 2)
  }

  /// The means as machines read them.
  var figures: [EvaluationResult.Figure] {
    table.columns.flatMap { column in
      column.cells.map { cell in
        EvaluationResult.Figure(
          method: names.head(cell.map), layer: cell.map.layer, isControl: cell.map.isControl,
          metric: column.metric.text, mean: cell.mean, interval: cell.interval, count: cell.count,
          unbeaten: (cell.unbeaten ?? []).map(names.full))
      }
    }
  }

  /// Differences from the reference as machines read them.
  var differences: [EvaluationResult.Difference] {
    table.columns.flatMap { column in
      column.comparisons.map { comparison in
        let difference = comparison.difference
        return EvaluationResult.Difference(
          method: names.head(comparison.map), layer: comparison.map.layer,
          reference: names.full(comparison.reference), metric: column.metric.text,
          mean: difference.mean, interval: difference.interval, wins: difference.wins,
          ties: difference.ties, losses: difference.losses,
          rankBiserial: difference.rankBiserial, probability: comparison.probability)
      }
    }
  }
}

extension String {
  /// The same with a small first letter, unless the second is a capital too.
  var lowercasedFirst: String {
    guard let first, dropFirst().first?.isUppercase != true else { return self }
    return first.lowercased() + dropFirst()
  }
}
