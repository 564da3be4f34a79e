import Evaluation
import ExplanationQuality
import Workflows

extension EvaluationTelling {
  /// Fewer inputs than these decide nothing about single maps.
  private static let leastCount = 20

  /// What figures of single maps say of their methods and layers.
  var verdicts: MapVerdicts {
    MapVerdicts(
      modelDigest: setting.identity.modelDigest, verdicts: record.methods.compactMap(verdict))
  }

  private func verdict(_ map: MapKey) -> MapVerdicts.Verdict? {
    let judged = primary.compactMap { column in
      column.cell(map).flatMap { cell in cell.unbeaten.map { (column, cell, $0) } }
    }
    guard let count = judged.map(\.1.count).min(), count >= Self.leastCount,
      !record.controls.isEmpty
    else { return nil }
    let inputs = ", on \(count) inputs"
    let doubts = judged.filter { !$0.2.isEmpty }
    let titles = { (columns: [EvaluationColumn]) in
      NumberWords.list(columns.map(\.metric.title.lowercasedFirst), atMost: 3)
    }
    let control = doubts.first?.2.first.map { names.head($0).lowercasedFirst } ?? ""
    let words =
      doubts.isEmpty
      ? "better than maps that know nothing by \(titles(judged.map(\.0)))"
      : "by \(titles(doubts.map(\.0))) not shown to be better than a map that knows nothing (\(control))"
    return MapVerdicts.Verdict(
      method: map.method, settings: map.settings, layer: map.layer,
      surpassesControls: doubts.isEmpty, words: words + inputs)
  }
}
