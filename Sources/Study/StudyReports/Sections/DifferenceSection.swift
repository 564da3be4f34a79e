import Chemometrics
import Reports
import Statistics
import StudyEngine

/// How far outputs are from another class (purity), or predictions from known values (linearity).
struct DifferenceSection {
  let facts: StudyFacts

  func section() -> ReportSection {
    switch facts.result.outcome {
    case .classes(let outcome):
      ReportSection("Purity", [.paragraph(purityWords), purityTable(outcome)])
    case .quantity(let outcome):
      ReportSection("Linearity", linearityBlocks(outcome))
    }
  }

  // Purity.

  private var purityWords: String {
    "How decided are the networks? The margin is the score of the right class less that of its "
      + "strongest rival; below zero the rival wins. As probabilities (softmax) it lies between "
      + "−100\u{A0}% and 100\u{A0}%. The distance to the ideal is what the probability of the right "
      + "class lacks to 1. Networks tend to be too sure of themselves, so these probabilities rank "
      + "spectra rather than promise how often the network is right."
  }

  private func purityTable(_ outcome: ClassificationOutcome) -> ReportBlock {
    let rows = outcome.classNames.indices.map { place -> [String] in
      let found = outcome.purity.filter { $0.target == place }
      guard !found.isEmpty else {
        return [outcome.classNames[place], "0", "–", "–", "–", "–", "–"]
      }
      let rivals = found.map(\.rival)
      let rival = outcome.classNames.indices.max { first, second in
        (rivals.count { $0 == first }, second) < (rivals.count { $0 == second }, first)
      }
      return [
        outcome.classNames[place], "\(found.count)",
        Words.number(found.map(\.scoreMargin).quantile(0.5)),
        Words.percent(found.map(\.probabilityMargin).quantile(0.5)),
        Words.percent(found.map(\.probabilityMargin).quantile(0.05)),
        Words.percent(found.map(\.distanceToIdeal).quantile(0.5), decimals: 2),
        rival.map { outcome.classNames[$0] } ?? "–",
      ]
    }
    return .table(
      ReportTable(
        "Margins of test spectra over all divisions.",
        columns: [
          .init("Class"), .init("Tests", isNumeric: true),
          .init("Median margin of scores", isNumeric: true),
          .init("Median margin of probabilities", isNumeric: true),
          .init("5\u{A0}% have less than", isNumeric: true),
          .init("Median distance to ideal", isNumeric: true), .init("Most frequent rival"),
        ], rows: rows))
  }

  // Linearity.

  private func linearityBlocks(_ outcome: RegressionOutcome) -> [ReportBlock] {
    var blocks: [ReportBlock] = [
      .paragraph(
        "Do predictions follow the known values in a straight line? The lines are fitted to the mean "
          + "prediction of every tested sample against its known value. Ideal are a slope of 1 and an "
          + "intercept of 0; the residual deviation is the scatter about the line."),
      lineTable(outcome),
    ]
    if let evidence = facts.result.evidence.first {
      blocks += SlopeTable(facts: facts, outcome: outcome, evidence: evidence).blocks
    }
    return blocks
  }

  private func lineTable(_ outcome: RegressionOutcome) -> ReportBlock {
    let models = [
      ("Network", outcome.networkLinearity),
      (facts.partialLeastSquares, outcome.partialLeastSquaresLinearity),
    ]
    let rows = models.map { name, difference -> [String] in
      guard let line = difference.line else { return [name, "–", "–", "–", "–"] }
      return [
        name, Words.decimals(line.slope, 3), Words.number(line.intercept),
        line.determination.map { Words.decimals($0, 4) } ?? "–",
        line.residualDeviation.map { Words.number($0) } ?? "–",
      ]
    }
    return .table(
      ReportTable(
        "Lines of predicted against known \(outcome.quantity).",
        columns: [
          .init("Model"), .init("Slope", isNumeric: true), .init("Intercept", isNumeric: true),
          .init("R² of the line", isNumeric: true), .init("Residual deviation", isNumeric: true),
        ], rows: rows))
  }
}
