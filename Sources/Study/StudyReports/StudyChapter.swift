import Chemometrics
import Reports
import StudyEngine

/// What is told of one question: of classes, or of one quantity.
struct StudyChapter {
  let facts: StudyFacts

  /// How well both models predict, the two main answers first.
  let answers: [ReportStatement]

  /// Which bands decide.
  let bands: BandFindings

  /// How well both models predict, in numbers.
  let keyFigures: [Report.KeyFigure]

  /// What readers should know.
  let cautions: [ReportStatement]

  /// From the predictions to what they differ by.
  let sections: [ReportSection]

  init(_ result: StudyResult, _ book: inout FigureBook) throws {
    facts = try StudyFacts(result)
    bands = BandFindings(facts: facts)
    cautions = try StudyCautions(facts: facts).statements()
    let prediction: ReportSection
    (answers, keyFigures, prediction) = try Self.prediction(facts, &book)
    var sections = [
      prediction, try BandsSection(facts: facts).section(&book),
      try ModelsSection(facts: facts).section(&book),
      try NetworkSection(facts: facts).section(&book),
    ]
    if let methods = try MethodsSection(facts: facts).section(&book) { sections.append(methods) }
    if let removal = try BandRemovalSection(facts: facts).section(&book) {
      sections.append(removal)
    }
    self.sections = sections + [DifferenceSection(facts: facts).section()]
  }

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
}
