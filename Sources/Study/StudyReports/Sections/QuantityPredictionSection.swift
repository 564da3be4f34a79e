import Chemometrics
import Figures
import Reports
import Statistics
import StudyEngine
import StudyFigures

/// How well a quantity is predicted.
struct QuantityPredictionSection {
  let facts: StudyFacts
  let outcome: RegressionOutcome

  func section(_ book: inout FigureBook) throws -> ReportSection {
    let findings = try QuantityFindings(facts, outcome)
    var blocks: [ReportBlock] = [try table, try predictions(&book)]
    if outcome.network.splits.count > 1 { blocks.append(try distribution(findings, &book)) }
    blocks += HardSamples(facts: facts).blocks
    return ReportSection("Prediction", blocks)
  }

  private func predictions(_ book: inout FigureBook) throws -> ReportBlock {
    let values = facts.values ?? []
    let tested = facts.result.samples.filter { $0.networkMean != nil }
    let truth = tested.map { values[$0.sample] }
    let figure = try PredictionFigure(
      models: [
        .init(name: "Network", truth: truth, predicted: tested.compactMap(\.networkMean)),
        .init(
          name: facts.partialLeastSquares, truth: truth,
          predicted: tested.compactMap(\.partialLeastSquaresMean)),
      ], title: "Predicted and known \(outcome.quantity)",
      subtitle: "Every sample's mean prediction over the tests in which it took part",
      valueLabel: outcome.quantity)
    return try book.add(
      "predictions", figure,
      caption: "Predicted against known values of \(outcome.quantity), with residuals below. Means "
        + "over several tests scatter less than single predictions do.",
      alternative: "Predicted against known values of \(outcome.quantity) for the network and "
        + "\(facts.partialLeastSquares), with residuals.")
  }

  private func distribution(
    _ findings: QuantityFindings, _ book: inout FigureBook
  ) throws -> ReportBlock {
    let figure = try SplitDistributionFigure(
      findings.network, findings.partialLeastSquares, outcome.comparison, facts,
      title: "Error", valueLabel: "RMSEP, in the unit of \(outcome.quantity)")
    return try book.add(
      "errors", figure,
      caption:
        "Root mean square error of prediction on the test spectra of every division, and the "
        + "difference on the same division (below zero: the network is better).",
      alternative: "Distribution of errors. Network: mean \(Words.number(findings.network.mean)), "
        + "\(QuantityFindings.interval(findings.network)). \(facts.partialLeastSquares): mean "
        + "\(Words.number(findings.partialLeastSquares.mean)), "
        + "\(QuantityFindings.interval(findings.partialLeastSquares)).")
  }

  private var table: ReportBlock {
    get throws {
      let models = [outcome.network, outcome.partialLeastSquares]
      func row(_ name: String, _ text: (RegressionValidation) throws -> String) rethrows -> [String]
      {
        [name, try text(models[0]), try text(models[1])]
      }
      let deviation = try QuantityFindings(facts, outcome).deviation
      return .table(
        ReportTable(
          "Figures of prediction, means over divisions.",
          columns: [
            .init("Figure"), .init("Network", isNumeric: true),
            .init(facts.partialLeastSquares, isNumeric: true),
          ],
          rows: [
            try row("RMSEP") { Words.number(try $0.summary().mean) },
            try row("Standard deviation of RMSEP over divisions") {
              Words.number(try $0.summary().standardDeviation)
            },
            try row("Bias (predicted less known)") {
              Words.number(try $0.summary(of: \.bias).mean, 2)
            },
            try row("SEP (error without bias)") {
              Words.number(try $0.summary(of: \.standardError).mean)
            },
            row("R² of prediction") { validation in
              validation.meanDetermination.map { Words.decimals($0, 4) } ?? "–"
            },
            try row("RPD (deviation of known values / RMSEP)") {
              Words.decimals(deviation / max(try $0.summary().mean, .leastNormalMagnitude), 1)
            },
          ]))
    }
  }
}
