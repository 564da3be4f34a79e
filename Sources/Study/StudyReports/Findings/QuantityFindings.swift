import Chemometrics
import Reports
import Statistics
import StudyEngine
import StudyFigures

/// How well a quantity is predicted, in words.
struct QuantityFindings {
  let facts: StudyFacts
  let outcome: RegressionOutcome
  let network: ResampledSummary
  let partialLeastSquares: ResampledSummary

  init(_ facts: StudyFacts, _ outcome: RegressionOutcome) throws {
    self.facts = facts
    self.outcome = outcome
    network = try outcome.network.summary()
    partialLeastSquares = try outcome.partialLeastSquares.summary()
  }

  /// The standard deviation of the known values: about the error of always guessing their mean.
  var deviation: Double { facts.result.chanceLevel }

  /// Whether a model is surely better than always guessing the mean.
  func beatsChance(_ summary: ResampledSummary) -> Bool { facts.result.beatsChance(summary) }

  private var verdict: String {
    guard network.meanInterval != nil else { return "" }
    let answers = [network, partialLeastSquares].map { summary in
      guard beatsChance(summary) else { return "not at all, as far as was shown" }
      let ratio = deviation / max(summary.mean, .leastNormalMagnitude)
      return ratio >= 3 ? "yes" : ratio >= 2 ? "fairly well" : "only roughly"
    }
    return ClassFindings.verdict(answers, facts)
  }

  /// Whether the quantity can be predicted.
  var prediction: ReportStatement {
    let values = facts.values ?? []
    let ends = [values.min() ?? 0, values.max() ?? 0].map { Words.number($0) }
    let text =
      verdict + "For test spectra that they had not seen, the networks are off by "
      + "\(text(network, outcome.network)), and \(facts.partialLeastSquares) by "
      + "\(text(partialLeastSquares, outcome.partialLeastSquares)): root mean square errors of prediction, in "
      + "the unit of \(outcome.quantity). Known values reach from \(ends[0]) to \(ends[1]); always "
      + "guessing their mean would be off by about \(Words.number(deviation))."
    return ReportStatement("Can \(outcome.quantity) be predicted?", text)
  }

  private func text(_ summary: ResampledSummary, _ validation: RegressionValidation) -> String {
    let determination = validation.meanDetermination.map {
      ", R² = \(Words.decimals($0, $0 > 0.99 ? 4 : 2))"
    }
    return "\(Words.number(summary.mean)) (\(Self.interval(summary))\(determination ?? ""))"
  }

  /// How sure a mean error is.
  static func interval(_ summary: ResampledSummary) -> String {
    guard let interval = summary.meanInterval else { return "one division, so no interval" }
    return "95\u{A0}% interval \(Words.number(max(0, interval.lower))) to "
      + Words.number(interval.upper)
  }

  /// Whether the network is better than the other model.
  var comparison: ReportStatement {
    let comparison = outcome.comparison
    let ratio = network.mean / max(partialLeastSquares.mean, .leastNormalMagnitude)
    let subject = "Is the network better than \(facts.partialLeastSquares)?"
    let factor =
      "Its error is \(Words.number(ratio, 2)) times that of \(facts.partialLeastSquares)"
    guard let probability = comparison.probability else {
      return ReportStatement(
        subject,
        "\(factor) in \(comparison.difference.values.count == 1 ? "the one division" : "each of the divisions") that "
          + "\(comparison.difference.values.count == 1 ? "was" : "were") made, which does not show which of them is better."
      )
    }
    let answer: String
    if probability >= 0.05 {
      answer = ClassFindings.undecided(
        better: comparison.secondLargerCount, worse: comparison.firstLargerCount,
        of: comparison.difference.values.count)
    } else {
      answer =
        comparison.difference.mean < 0 ? "Yes, in this comparison. " : "No, it is worse here. "
    }
    let interval = comparison.difference.meanInterval.map {
      ", 95\u{A0}% interval \(Self.signed($0.lower)) to \(Self.signed($0.upper))"
    }
    return ReportStatement(
      subject,
      answer + factor + " on the same divisions (difference "
        + "\(Self.signed(comparison.difference.mean))\(interval ?? ""); "
        + "\(Words.probability(probability)), corrected paired t-test). Its error is the smaller one "
        + "in \(comparison.secondLargerCount) of \(comparison.difference.values.count) divisions.")
  }

  private static func signed(_ value: Double) -> String {
    value > 0 ? "+" + Words.number(value, 2) : Words.number(value, 2)
  }

  /// How predictions follow known values.
  var linearity: ReportStatement? {
    guard let line = outcome.networkLinearity.line,
      let other = outcome.partialLeastSquaresLinearity.line
    else { return nil }
    let text =
      "Predicted against known values, the networks' line has slope \(Words.decimals(line.slope, 2)) "
      + "(\(facts.partialLeastSquares): \(Words.decimals(other.slope, 2))). "
      + shrinkage(line.slope)
    return ReportStatement("Are predictions proportional?", text)
  }

  private func shrinkage(_ slope: Double) -> String {
    if slope < 0.9 {
      return "A slope below 1 means that high values are predicted too low, and low ones too high."
    }
    if slope > 1.1 {
      return "A slope above 1 means that high values are predicted too high, and low ones too low."
    }
    return "A slope near 1 means that predictions keep their proportion over the whole range."
  }

  /// The numbers at the top.
  var keyFigures: [Report.KeyFigure] {
    [
      ("Error of the network (RMSEP)", network, outcome.network),
      (
        "Error of \(facts.partialLeastSquares) (RMSEP)", partialLeastSquares,
        outcome.partialLeastSquares
      ),
    ].map { label, summary, validation in
      let determination = validation.meanDetermination.map {
        "; R² \(Words.decimals($0, $0 > 0.99 ? 4 : 2))"
      }
      return Report.KeyFigure(
        label: label, value: Words.number(summary.mean),
        note: Self.interval(summary) + (determination ?? ""))
    }
  }
}
