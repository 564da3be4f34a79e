import Chemometrics
import Reports
import Statistics
import StudyEngine
import StudyFigures

/// How well classes are told apart, in words.
struct ClassFindings {
  let facts: StudyFacts
  let outcome: ClassificationOutcome
  let network: ResampledSummary
  let partialLeastSquares: ResampledSummary

  init(_ facts: StudyFacts, _ outcome: ClassificationOutcome) throws {
    self.facts = facts
    self.outcome = outcome
    network = try outcome.network.summary()
    partialLeastSquares = try outcome.partialLeastSquares.summary()
  }

  /// The accuracy of always naming the largest class.
  var chance: Double { facts.result.chanceLevel }

  /// Whether a model is surely better than always naming the largest class.
  func beatsChance(_ summary: ResampledSummary) -> Bool { facts.result.beatsChance(summary) }

  private var verdict: String {
    guard network.meanInterval != nil else { return "" }
    let answers = [network, partialLeastSquares].map { summary in
      guard beatsChance(summary) else { return "not at all, as far as was shown" }
      return summary.mean >= 0.95 ? "yes" : summary.mean >= 0.8 ? "mostly" : "only in part"
    }
    return Self.verdict(answers, facts)
  }

  /// One answer, or one for each model where they differ.
  static func verdict(_ answers: [String], _ facts: StudyFacts) -> String {
    Words.capitalized(
      answers[0] == answers[1]
        ? answers[0] + ". "
        : "by \(facts.partialLeastSquares) \(answers[1]), by the network \(answers[0]). ")
  }

  /// Whether classes can be told apart.
  var separation: ReportStatement {
    let names = ClassWords.list(outcome.classNames)
    let subject =
      outcome.classNames.count <= 6
      ? "Can \(names) be told apart?" : "Can the \(outcome.classNames.count) classes be told apart?"
    let text =
      verdict + "Of test spectra that they had not seen, the networks gave "
      + "\(text(network)) their right class, and \(facts.partialLeastSquares) \(text(partialLeastSquares)). "
      + "Always naming the largest class would be right for \(Words.percent(chance))."
    return ReportStatement(subject, text + faultless + hardest)
  }

  private func text(_ summary: ResampledSummary) -> String {
    Words.percent(summary.mean) + " (" + Self.interval(summary) + ")"
  }

  /// How sure a mean is.
  static func interval(_ summary: ResampledSummary) -> String {
    guard let interval = summary.meanInterval else { return "one division, so no interval" }
    return "95\u{A0}% interval " + Words.interval(interval.lower, interval.upper)
      + (summary.isBinomial ? ", binomial: it is the same in every division" : "")
  }

  /// What no error at all means.
  private var faultless: String {
    guard network.mean == 1 || partialLeastSquares.mean == 1 else { return "" }
    let who =
      network.mean == 1 && partialLeastSquares.mean == 1
      ? "Neither model" : network.mean == 1 ? "No network" : "No \(facts.partialLeastSquares) model"
    let bound = ErrorRate.bound(withoutErrorIn: facts.testedCount)
    return " \(who) made an error in any test. That does not exclude errors: with "
      + "\(Words.count(facts.testedCount, "independent sample")) tested, an error rate of up to "
      + "\(Words.percent(bound)) is compatible with having seen none."
  }

  /// The class that is missed most, if it stands out.
  private var hardest: String {
    let recalls = outcome.network.total.recalls
    guard beatsChance(network), outcome.classNames.count > 2,
      let lowest = recalls.compactMap(\.self).min(),
      let place = recalls.firstIndex(of: lowest), lowest < network.mean - 0.05
    else { return "" }
    return " Hardest for the networks was \(ClassWords.name(outcome.classNames[place])): "
      + "\(Words.percent(lowest)) of its test spectra were recognized."
  }

  /// Whether the network is better than the other model.
  var comparison: ReportStatement {
    let comparison = outcome.comparison
    let difference = comparison.difference.mean
    let subject = "Is the network better than \(facts.partialLeastSquares)?"
    guard let probability = comparison.probability else {
      return ReportStatement(
        subject,
        (comparison.difference.values.count == 1
          ? "One division only: the network is " : "In each of the few divisions the network is ")
          + "\(points(difference)) \(difference < 0 ? "less" : "more") accurate, which does not show "
          + "which of them is better.")
    }
    if comparison.difference.values.allSatisfy({ $0 == 0 }) {
      return ReportStatement(
        subject,
        "No difference: both are right equally often in every division."
          + (comparison.difference.isBinomial
            ? " Neither erred, so that they may still differ by as much as errors may be frequent."
            : ""))
    }
    let text: String
    if probability >= 0.05 {
      text = Self.undecided(
        better: comparison.firstLargerCount, worse: comparison.secondLargerCount,
        of: comparison.difference.values.count)
    } else {
      text = difference > 0 ? "Yes, in this comparison. " : "No, it is worse in this comparison. "
    }
    return ReportStatement(
      subject, text + details(comparison, probability) + reach(comparison, probability))
  }

  private func points(_ share: Double) -> String {
    Words.decimals(abs(100 * share), 1) + " percentage points"
  }

  /// An answer where the test does not decide.
  static func undecided(better: Int, worse: Int, of count: Int) -> String {
    if count >= 5, 10 * worse >= 8 * count { return "Not shown; most divisions speak against it. " }
    if count >= 5, 10 * better >= 8 * count {
      return "Not shown, but most divisions speak for it. "
    }
    return "No difference was shown. "
  }

  /// What an interval that holds zero leaves open.
  private func reach(_ comparison: PairedComparison, _ probability: Double) -> String {
    guard probability >= 0.05, let interval = comparison.difference.meanInterval,
      interval.upper - interval.lower > 0.02
    else { return "" }
    let ends = [max(0, -interval.lower), max(0, interval.upper)].map {
      Words.decimals(100 * min(1, $0), 1)
    }
    return
      " That does not make them equal: the network may be up to \(ends[0]) percentage points worse "
      + "or up to \(ends[1]) better."
  }

  private func details(_ comparison: PairedComparison, _ probability: Double) -> String {
    let mean = comparison.difference.mean
    let interval = comparison.difference.meanInterval.flatMap {
      $0.lower == $0.upper
        ? nil
        : ", 95\u{A0}% interval \(Words.signed(100 * $0.lower, 1)) to \(Words.signed(100 * $0.upper, 1))"
    }
    return "On the same divisions its accuracy is \(points(mean)) "
      + "\(mean < 0 ? "lower" : "higher")\(interval ?? "") "
      + "(\(Words.probability(probability)), corrected paired t-test). It is more accurate in "
      + "\(comparison.firstLargerCount) of \(comparison.difference.values.count) divisions, equal "
      + "in \(comparison.equalCount) and less accurate in \(comparison.secondLargerCount)."
  }

  /// The numbers at the top.
  var keyFigures: [Report.KeyFigure] {
    [
      Report.KeyFigure(
        label: "Accuracy of the network", value: Words.percent(network.mean),
        note: Self.interval(network)),
      Report.KeyFigure(
        label: "Accuracy of \(facts.partialLeastSquares)",
        value: Words.percent(partialLeastSquares.mean),
        note: Self.interval(partialLeastSquares)),
    ]
  }
}
