import Evaluation
import Foundation
import Reports
import Workflows

/// Writes what is told of an evaluation.
struct EvaluationWriter {
  private let telling: EvaluationTelling
  private let folder: OutputFolder
  private let store: EvaluationStore

  init(
    _ telling: EvaluationTelling, folder: OutputFolder, store: EvaluationStore
  ) {
    self.telling = telling
    self.folder = folder
    self.store = store
  }

  /// Writes tables and the page.
  ///
  /// - Parameter gallery: Pictures for the page.
  /// - Returns: What was found, and the files.
  /// - Throws: `WorkflowError` for a file that cannot be written; what figures throw.
  func write(_ gallery: [ReportBlock]) throws -> EvaluationResult {
    let tables = EvaluationTables(telling: telling)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let files: [(name: String, bytes: Data)] = [
      ("report.html", Data(try EvaluationPage(telling, gallery: gallery).text().utf8)),
      ("summary.csv", tables.summary), ("comparisons.csv", tables.comparisons),
      ("scores.csv", tables.scores), ("curves.csv", tables.curves),
      (MapVerdicts.fileName, try encoder.encode(telling.verdicts)),
    ]
    for file in files {
      do {
        try file.bytes.replaceFile(at: folder.file(file.name))
      } catch {
        throw WorkflowError(.unwritable, "\(folder.file(file.name)): \(error)")
      }
    }
    return EvaluationResult(
      model: telling.setting.identity.model, verdict: telling.verdict,
      inputCount: telling.record.samples.count, isComplete: telling.isComplete,
      figures: telling.figures, differences: telling.differences, failures: telling.failures,
      files: files.map { folder.file($0.name) } + [folder.file("evaluation.sqlite")])
  }
}
