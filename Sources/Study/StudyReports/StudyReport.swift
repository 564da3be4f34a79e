import Chemometrics
public import Reports
import SpectralData
public import StudyEngine
import StudyFigures

/// A study told to a chemist: what was found, how surely, and how.
public struct StudyReport: Sendable {
  /// What is said and shown.
  public let report: Report

  /// The figures, in the order of the report.
  public let figures: [StudyFigure]

  /// Puts the words and draws the figures.
  ///
  /// - Parameters:
  ///   - result: What was found.
  ///   - commands: Commands that readers may type.
  /// - Throws: What is wrong with the numbers, or `FigureError` when drawing fails.
  public init(_ result: StudyResult, commands: StudyCommands = StudyCommands()) throws {
    try self.init([result], commands: commands)
  }

  /// Puts the words and draws the figures of studies of several quantities.
  ///
  /// - Parameters:
  ///   - results: What was found of the same spectra on the same divisions, one for each quantity; at least
  ///     one.
  ///   - commands: Commands that readers may type.
  /// - Throws: What is wrong with the numbers, or `FigureError` when drawing fails.
  public init(_ results: [StudyResult], commands: StudyCommands = StudyCommands()) throws {
    var book = FigureBook()
    let chapters = try results.enumerated().map { index, result in
      book.prefix = results.count > 1 ? "\(index + 1)-" : ""
      return try StudyChapter(result, &book)
    }
    figures = book.figures
    report = try Self.report(chapters, commands)
  }

  private static func report(
    _ chapters: [StudyChapter], _ commands: StudyCommands
  ) throws -> Report {
    let (first, facts) = (chapters[0], chapters[0].facts)
    let data = DataSection(facts: facts, all: chapters.map(\.facts)).section()
    let making = MakingSection(facts: facts, commands: commands).section()
    let footer =
      "Made by Vitrine. This page holds everything it shows and opens without a network."
    guard chapters.count > 1 else {
      return Report(
        title: title(facts), subtitle: subtitle(facts),
        keyFigures: first.keyFigures + first.bands.keyFigures,
        findings: first.answers + first.bands.statements, cautions: first.cautions,
        sections: [data] + first.sections + [making], footer: footer)
    }
    let quantities = QuantityChapters(chapters: chapters)
    return Report(
      title: "\(facts.result.data.name): predicting \(Words.list(quantities.names))",
      subtitle: subtitle(facts), keyFigures: quantities.keyFigures,
      findings: quantities.findings, cautions: quantities.cautions,
      sections: [data] + (try quantities.sections()) + [making], footer: footer)
  }

  /// The page.
  ///
  /// - Returns: HTML, to be written as UTF-8.
  /// - Throws: `ReportError` when a figure or table cannot be shown.
  public func html() throws(ReportError) -> String { try HTMLReport(report).text() }

  private static func title(_ facts: StudyFacts) -> String {
    let name = facts.result.data.name
    switch facts.result.data.question {
    case .quantity(let quantity, _): return "\(name): predicting \(quantity)"
    case .classes(let labels):
      let what =
        labels.names.count <= 4 ? ClassWords.list(labels.names) : "\(labels.names.count) classes"
      return "\(name): telling \(what) apart"
    }
  }

  private static func subtitle(_ facts: StudyFacts) -> String {
    let data = facts.result.data
    let samples = data.groups == nil ? "" : " of \(Words.count(facts.independentCount, "sample"))"
    return [
      Words.count(data.count, "spectrum", "spectra") + samples,
      "\(facts.axis.count) points" + (facts.axis.unit == .index ? "" : ", \(facts.positions.span)"),
      Words.count(facts.result.outcome.splits.count, "division"),
      "a convolutional network beside \(facts.partialLeastSquares)",
    ].joined(separator: " · ")
  }
}
