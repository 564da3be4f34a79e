import Evaluation
import EvaluationFigures
import ExplanationQuality
import Figures
import ImageData
import Reports
import TensorCore
import Workflows

/// Pictures on which the best map does well, as usual and badly, with the maps of the best methods.
struct EvaluationGallery {
  let telling: EvaluationTelling
  let store: EvaluationStore

  /// How many pictures of each kind, and maps of each picture.
  private static let count = 3
  private static let mapCount = 4

  /// The figure; none where inputs are no pictures, or are no longer where they were.
  func blocks() async throws -> [ReportBlock] {
    guard let column = telling.primary.first, telling.setting.plan.positions.count == 2,
      let best = column.cells.first(where: \.isBest)?.map
    else { return [] }
    var rows: [GalleryFigure.Row] = []
    for (name, sample) in chosen(column, best) {
      if let row = try await row(name, sample, column) { rows.append(row) }
    }
    guard !rows.isEmpty else { return [] }
    let figure = try GalleryFigure(
      rows: rows, title: "Best, median and worst pictures",
      subtitle:
        "By \(column.metric.title.lowercasedFirst) of \(telling.names.full(best)); each map by its own "
        + "largest value")
    return [
      .figure(
        ReportFigure(
          name: "gallery", graphic: try figure.scalableGraphic(in: "gallery"),
          caption: "What the best maps mark"
            + (rows.contains { $0.truth != nil } ? "; outlined is what truth marks." : "."),
          alternative: rows.map { "\($0.name): \($0.note)" }.joined(separator: "; ")))
    ]
  }

  /// The inputs that are shown, with what they stand for.
  private func chosen(
    _ column: EvaluationColumn, _ best: MapKey
  ) -> [(name: String, sample: StoredSample)] {
    let direction = column.metric.metric.direction
    let ranked = zip(telling.record.samples, telling.record.values(column.metric, best))
      .compactMap { sample, value in value.map { (sample: sample, worth: direction.worth($0)) } }
      .sorted { $0.worth > $1.worth }.map(\.sample)
    let count = min(Self.count, ranked.count / 3)
    guard count > 0 else { return ranked.map { ("Picture", $0) } }
    let middle = (ranked.count - count) / 2
    return [
      ("Best", Array(ranked.prefix(count))), ("Median", Array(ranked[middle..<middle + count])),
      ("Worst", Array(ranked.suffix(count))),
    ].flatMap { name, samples in samples.map { (name, $0) } }
  }

  private func row(
    _ name: String, _ sample: StoredSample, _ column: EvaluationColumn
  ) async throws -> GalleryFigure.Row? {
    let reporter = WorkflowReporter()
    let choice = InputChoice(file: sample.name)
    let source = try InputSource(
      telling.setting.model, choice, reporter: reporter, failures: FailureLog(reporter))
    guard let prepared = await SampleStream(source, size: 1).next()?.samples.first,
      case .picture(let picture) = prepared.main.display
    else { return nil }
    let plan = telling.setting.plan
    let direction = column.metric.metric.direction
    let maps = column.cells.filter { !$0.map.isControl && $0.mean != nil }
      .sorted { direction.worth($0.mean ?? 0) > direction.worth($1.mean ?? 0) }
      .prefix(Self.mapCount)
    let shown = try maps.compactMap { cell -> GalleryFigure.Map? in
      guard let map = try store.map(cell.map, of: sample.id) else { return nil }
      let value = telling.record.value(column.metric, cell.map, of: sample)
      return GalleryFigure.Map(
        name: telling.names.full(cell.map), note: value.map { NumberWords.number($0) } ?? "",
        values: plan.aligned(map, cell.map).elements)
    }
    let region = try sample.classIndex.flatMap {
      try telling.setting.truth?.truth(of: prepared)?.region(of: $0)
    }
    return GalleryFigure.Row(
      name: name, note: sample.target, picture: picture, truth: region?.inside, maps: shown)
  }
}
