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
    let facts = try StudyFacts(result)
    var book = FigureBook()
    let bands = BandFindings(
      facts: facts, isNetworkSound: try StudyCautions(facts: facts).chance() == nil)
    let data = DataSection(facts: facts).section()
    let (answers, keyFigures, prediction) = try Self.prediction(facts, &book)
    var sections = [
      data, prediction, try BandsSection(facts: facts).section(&book),
      try ModelsSection(facts: facts).section(&book),
      try NetworkSection(facts: facts).section(&book),
    ]
    if let methods = try MethodsSection(facts: facts).section(&book) { sections.append(methods) }
    sections += [
      DifferenceSection(facts: facts).section(),
      MakingSection(facts: facts, commands: commands).section(),
    ]
    report = Report(
      title: Self.title(facts), subtitle: Self.subtitle(facts),
      keyFigures: keyFigures + bands.keyFigures, findings: answers + bands.statements,
      cautions: try StudyCautions(facts: facts).statements(), sections: sections,
      footer: "Made by Vitrine. This page holds everything it shows and opens without a network.")
    figures = book.figures
  }

  /// The page.
  ///
  /// - Returns: HTML, to be written as UTF-8.
  /// - Throws: `ReportError` when a figure or table cannot be shown.
  public func html() throws(ReportError) -> String { try HTMLReport(report).text() }

  private static func prediction(
    _ facts: StudyFacts, _ book: inout FigureBook
  ) throws -> ([ReportStatement], [Report.KeyFigure], ReportSection) {
    switch facts.result.outcome {
    case .classes(let outcome):
      let findings = try ClassFindings(facts, outcome)
      return (
        [findings.separation, findings.comparison] + ChanceFindings(facts: facts).statements,
        findings.keyFigures,
        try ClassPredictionSection(facts: facts, outcome: outcome).section(&book)
      )
    case .quantity(let outcome):
      let findings = try QuantityFindings(facts, outcome)
      return (
        [findings.prediction, findings.comparison] + [findings.linearity].compactMap(\.self)
          + ChanceFindings(facts: facts).statements,
        findings.keyFigures,
        try QuantityPredictionSection(facts: facts, outcome: outcome).section(&book)
      )
    }
  }

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
