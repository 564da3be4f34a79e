import Chemometrics
import NetworkTraining
import Reports
import SpectralData
import Statistics
import StudyEngine

/// What readers should know before they rely on a study.
struct StudyCautions {
  let facts: StudyFacts

  private var result: StudyResult { facts.result }

  /// The warnings that apply, the gravest first.
  func statements() throws -> [ReportStatement] {
    try [
      chance(), weaker(), groups, fewSamples, oneDivision, imbalance, training, components,
      unstable, averaging,
      preparation, axis, confounding,
    ].compactMap(\.self)
  }

  /// A warning that the network may have learned nothing; nil when it surely has.
  func chance() throws -> ReportStatement? {
    guard !facts.soundModels.contains(.network) else { return nil }
    switch result.outcome {
    case .classes(let outcome):
      let findings = try ClassFindings(facts, outcome)
      return ReportStatement(
        "The network may be no better than chance.",
        "The interval of its accuracy includes that of always naming the largest class "
          + "(\(Words.percent(findings.chance))). Its bands would then explain nothing, so none is "
          + "named.")
    case .quantity(let outcome):
      let findings = try QuantityFindings(facts, outcome)
      return ReportStatement(
        "The network may be no better than guessing the mean.",
        "The interval of its error includes the standard deviation of the known values "
          + "(\(Words.number(findings.deviation))). Its bands would then explain nothing, so none is "
          + "named.")
    }
  }

  /// That the other model is surely the better one.
  private func weaker() throws -> ReportStatement? {
    let (comparison, isWorse): (PairedComparison, Bool) =
      switch result.outcome {
      case .classes(let outcome): (outcome.comparison, outcome.comparison.difference.mean < 0)
      case .quantity(let outcome): (outcome.comparison, outcome.comparison.difference.mean > 0)
      }
    guard isWorse, let probability = comparison.probability, probability < 0.05,
      try chance() == nil
    else { return nil }
    return ReportStatement(
      "\(facts.partialLeastSquares) is the better model here.",
      "It predicts better than the network (\(Words.probability(probability))), so its bands deserve "
        + "more weight. Other preprocessing, more epochs or another network may close the gap.")
  }

  private var groups: ReportStatement? {
    guard result.data.groups == nil else { return nil }
    return ReportStatement(
      "Every spectrum counts as a sample of its own.",
      "If some are replicates of one sample, or of one batch, they may stand on both sides of a "
        + "division, and the figures come out too good. Say which belong together with --group "
        + "COLUMN or --replicates N.")
  }

  private var fewSamples: ReportStatement? {
    if let labels = facts.labels, let least = facts.independentCounts.min(), least < 10 {
      let names = zip(labels.names, facts.independentCounts).filter { $0.1 < 10 }
        .map { "\($0.0) (\($0.1))" }
      return ReportStatement(
        "Few samples.",
        "These classes have fewer than 10 independent samples: \(Words.list(names)). What is found "
          + "may be a trait of these samples rather than of their class.")
    }
    guard facts.labels == nil, facts.independentCount < 30 else { return nil }
    return ReportStatement(
      "Few samples.",
      "There are \(facts.independentCount) independent samples; a calibration needs more to be "
        + "trusted beyond them.")
  }

  private var oneDivision: ReportStatement? {
    let count = result.outcome.splits.count
    if count == 1 {
      return ReportStatement(
        "One division only.",
        "Nothing is known about how much the figures and bands vary. Use --splits or --folds.")
    }
    guard count < 20 else { return nil }
    return ReportStatement(
      "Few divisions.",
      "\(count) divisions give rough intervals and shares; 50 to 100 (--splits) are better.")
  }

  private var imbalance: ReportStatement? {
    guard let labels = facts.labels, let most = labels.counts.max(),
      let least = labels.counts.min(),
      most > 3 * least
    else { return nil }
    return ReportStatement(
      "Classes of very different size.",
      "The largest class has \(most) spectra, the smallest \(least). Look at the recall of every "
        + "class rather than at the accuracy, and consider --balanced.")
  }

  private var training: ReportStatement? {
    guard let accuracy = result.network.training.history.last?.accuracy, accuracy < 0.9 else {
      return nil
    }
    return ReportStatement(
      "The network has not learned its own training spectra.",
      "It recognizes \(Words.percent(Double(accuracy))) of them. More epochs (--epochs), another "
        + "learning rate or other preprocessing may help.")
  }

  private var components: ReportStatement? {
    let limit = result.settings.componentSearch.maximumCount
    let reached = result.outcome.componentCounts.count { $0 >= limit }
    guard 2 * reached > result.outcome.componentCounts.count else { return nil }
    return ReportStatement(
      "\(facts.partialLeastSquares) is at its limit.",
      "It uses all \(limit) components that it may in most divisions; --max-components allows more."
    )
  }

  private var unstable: ReportStatement? {
    let names = facts.subjects.filter {
      ($0.network.distinction.meanCorrelation ?? 1) < 0.5
    }.map(facts.title)
    guard !names.isEmpty else { return nil }
    return ReportStatement(
      "Unstable bands.",
      "The network's maps differ much from division to division for \(Words.list(names)). Trust "
        + "only bands that are active in nearly all divisions.")
  }

  private var averaging: ReportStatement? {
    guard result.settings.architecture.averagesPositions else { return nil }
    return ReportStatement(
      "The network does not know positions.",
      "It averages over them before it decides, so it learns which shapes occur, not where: bands of one "
        + "shape look alike to it wherever they stand, and it tells places apart by what lies beside them "
        + "or by the ends of the axis. Its evidence may lie beside the bands of the spectra. "
        + "For bands take --network positional.")
  }

  private var preparation: ReportStatement? {
    let chosen = Set(result.chosenPreprocessing)
    if chosen.count > 1 {
      return ReportStatement(
        "Divisions prepared spectra differently.",
        "Maps of derivatives and of spectra are averaged; where bands matter, fix the preparation that "
          + "was chosen most with --preprocess.")
    }
    guard chosen.isEmpty, result.settings.preprocessing.steps.isEmpty else { return nil }
    return ReportStatement(
      "Spectra were not prepared.",
      "Offsets and differences of intensity, which often come from the measurement and not from "
        + "the sample, can decide. Compare with --preprocess snv.")
  }

  private var axis: ReportStatement? {
    guard facts.axis.unit == .index else { return nil }
    return ReportStatement(
      "No unit of the axis.",
      "The files do not say what positions are measured in, so bands cannot be assigned. "
        + facts.positions.advice)
  }

  private var confounding: ReportStatement {
    let what = facts.labels == nil ? "the quantity" : "the class"
    return ReportStatement(
      "What no computation can tell.",
      "Whatever goes along with \(what) is learned: instrument, day, batch, moisture or operator as "
        + "well as chemistry. New samples, measured at another time, are the proof.")
  }
}
