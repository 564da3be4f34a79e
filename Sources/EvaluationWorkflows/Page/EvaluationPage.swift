import Evaluation
import ExplanationQuality
import Explanations
import Figures
import Foundation
import GraphExecution
import Reports

/// The page of an evaluation: the verdict, the figures that it rests on, and how they were measured.
struct EvaluationPage {
  private let telling: EvaluationTelling
  private let gallery: [ReportBlock]

  /// Prepares a page.
  ///
  /// - Parameters:
  ///   - telling: What is told.
  ///   - gallery: Pictures of inputs with maps; may be empty.
  init(_ telling: EvaluationTelling, gallery: [ReportBlock] = []) {
    self.telling = telling
    self.gallery = gallery
  }

  /// The page as HTML.
  ///
  /// - Throws: `FigureError` and `ReportError` when something cannot be drawn.
  func text() throws -> String { try HTMLReport(report()).text() }

  private func report() throws -> Report {
    let record = telling.record
    return Report(
      title: "Which maps of \(telling.setting.identity.model) may be believed",
      subtitle: "\(record.samples.count) inputs, \(record.methods.count) maps of methods and "
        + "\(record.controls.count) controls of each",
      findings: telling.verdict.enumerated().map {
        ReportStatement(
          $0 < telling.primary.count ? telling.primary[$0].metric.title : "Controls", $1)
      },
      cautions: EvaluationCautions(telling: telling).statements,
      sections: try sections(), footer: "vitrine \(VitrineVersion.text)")
  }

  private func sections() throws -> [ReportSection] {
    let figures = EvaluationFigureBlocks(telling: telling)
    var sections = [
      ReportSection(
        "Decided upon",
        [
          .paragraph(
            "★ is the best map of a method and what cannot be told from it at 95 % (bold); ○ is no better than "
              + "at least one control at its place (gray). Arrows say which way is better."),
          .table(EvaluationTableBlock(telling: telling).table(telling.primary)),
        ])
    ]
    let differences = try figures.forests()
    if !differences.isEmpty {
      sections.append(
        ReportSection("Against \(telling.table.reference ?? "the reference")", differences))
    }
    let layers = try LayerFigureBlocks(telling: telling).blocks()
    if !layers.isEmpty { sections.append(ReportSection("Layer by layer", layers)) }
    let curves = try figures.curves()
    if !curves.isEmpty {
      sections.append(ReportSection("While inputs are hidden and shown", curves))
    }
    let dots = try figures.dots()
    if !dots.isEmpty { sections.append(ReportSection("Input by input", dots)) }
    if !gallery.isEmpty { sections.append(ReportSection("Pictures", gallery)) }
    if let sanity = EvaluationSanitySection(telling: telling).section { sections.append(sanity) }
    if let classes = EvaluationClassSection(telling: telling).section { sections.append(classes) }
    sections.append(all)
    let agreement = try figures.agreement()
    sections.append(
      ReportSection(
        "How far metrics can be trusted",
        [.table(EvaluationTableBlock(telling: telling).reliability)] + agreement))
    sections.append(EvaluationMethodsSection(telling: telling).section)
    return sections
  }

  /// All figures, one table for each topic.
  private var all: ReportSection {
    let parts = MetricTopic.allCases.compactMap { topic -> ReportSection.Part? in
      let columns = telling.table.columns.filter { $0.metric.metric.topic == topic }
      guard !columns.isEmpty else { return nil }
      let block = EvaluationTableBlock(telling: telling)
      let meanings = columns.map { column in
        ReportStatement(
          column.metric.title,
          ([column.metric.metric.summary, column.metric.metric.caution].filter { !$0.isEmpty })
            .joined(separator: ". "))
      }
      return ReportSection.Part(
        topic.rawValue.capitalized, block.tables(columns) + [.statements(meanings)])
    }
    return ReportSection("All figures", [], parts: parts)
  }
}
