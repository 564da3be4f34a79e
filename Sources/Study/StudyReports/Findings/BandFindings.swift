import Chemometrics
import Foundation
import Reports
import SpectralData
import Statistics
import StudyEngine
import StudyFigures

/// Which bands decide, and how far that can be trusted, in words.
struct BandFindings {
  let facts: StudyFacts

  /// Whether the network predicts well enough for its bands to mean something.
  private var isNetworkSound: Bool { facts.soundModels.contains(.network) }

  private var subjects: [Evidence] { facts.subjects }

  /// How many classes are named one by one.
  private static let namedLimit = 6

  /// All answers about bands.
  var statements: [ReportStatement] {
    guard isNetworkSound else { return [deciding] }
    let shared = facts.soundModels.contains(.partialLeastSquares) ? agreement : nil
    return [deciding, shared, chemistry, stability].compactMap(\.self)
  }

  /// The strongest bands of both models.
  private var deciding: ReportStatement {
    let models = [
      ("the network", StudiedModel.network), (facts.partialLeastSquares, .partialLeastSquares),
    ].filter { facts.soundModels.contains($0.1) }
    guard !models.isEmpty else {
      return ReportStatement(
        "Which bands decide?",
        "None can be named: neither model is surely better than \(facts.guessing).")
    }
    let points = subjects.prefix(Self.namedLimit).flatMap { evidence in
      models.map { name, model in
        let lead = subjects.count == 1 ? name : "\(facts.name(evidence)), \(name)"
        let text = "\(lead): \(strongest(evidence, model))."
        // Names of classes stay as they are.
        return subjects.count == 1 ? Words.capitalized(text) : ClassWords.heading(text)
      }
    }
    let more = subjects.count - points.count / models.count
    let rest = more > 0 ? " The other \(more) classes follow below." : ""
    let sign =
      facts.labels == nil
      ? "“Lowers” marks bands that correct predictions downward as the quantity grows."
      : "“Against” marks bands where the class gets less score than others do."
    return ReportStatement(
      "Which bands decide?",
      unsound
        + "The strongest bands by their peaks, with known bands at the peak, if any, and the share of "
        + "all evidence of the model. \(sign)\(rest)", points: points)
  }

  private var unsound: String {
    if !isNetworkSound {
      return "The network is not surely better than \(facts.guessing), so its bands are not named. "
    }
    return facts.soundModels.contains(.partialLeastSquares)
      ? ""
      : "\(facts.partialLeastSquares) is not surely better than \(facts.guessing), so its bands are not "
        + "named. "
  }

  private func strongest(_ evidence: Evidence, _ model: StudiedModel) -> String {
    let bands = BandFacts.all(evidence, model, facts).prefix(3)
    return bands.isEmpty ? "no band that stands out" : Words.list(bands.map { $0.phrase(facts) })
  }

  /// Whether both models use the same bands.
  private var agreement: ReportStatement {
    let subject = "Do both models use the same bands?"
    let values = subjects.compactMap(\.agreement)
    guard !values.isEmpty else {
      return ReportStatement(subject, "Their maps cannot be compared, since one does not vary.")
    }
    let mean = values.mean
    let (shared, count) = sharedBands
    let range =
      values.count == 1
      ? "r = \(Words.correlation(mean))"
      : "r = \(subjects.map { "\($0.agreement.map(Words.correlation) ?? "–") for \(facts.name($0))" }.prefix(Self.namedLimit).joined(separator: ", "))"
    return ReportStatement(
      subject,
      "\(Self.agreementWords(mean)) (correlation of their maps \(range)). "
        + "\(shared) of the network's \(Words.count(count, "band")) "
        + "overlap\(count == 1 || shared == 1 ? "s" : "") a band of \(facts.partialLeastSquares) of the same "
        + "sign. Bands that two so different models share are the safest to interpret; what only "
        + "one of them uses may be its own habit.")
  }

  /// A correlation of maps in words.
  static func agreementWords(_ correlation: Double) -> String {
    switch correlation {
    case 0.8...: "Largely yes"
    case 0.5..<0.8: "In part"
    case 0.2..<0.5: "Little"
    case -0.2..<0.2: "No"
    default: "No, they contradict each other"
    }
  }

  /// The network's bands that the other model has as well, of all.
  private var sharedBands: (shared: Int, count: Int) {
    let bands = subjects.flatMap { BandFacts.all($0, .network, facts) }
    return (bands.count { $0.isShared }, bands.count)
  }

  /// Whether known assignments match beyond chance.
  private var chemistry: ReportStatement? {
    let subject = "Do the bands match known ones?"
    guard facts.axis.unit != .index else {
      return ReportStatement(
        subject,
        "Not known: the axis has no unit, so bands cannot be compared with the literature. "
          + facts.positions.advice)
    }
    guard !facts.result.settings.knownBands.bands.isEmpty else {
      return ReportStatement(
        subject,
        "Not asked: which bands are known depends on what samples are made of. Say it with --material "
          + "(\(Material.allCases.map(\.rawValue).joined(separator: ", "))), or give a table of your own "
          + "with --bands FILE.")
    }
    let reports = subjects.map { (facts.name($0), $0.network) }
    guard let first = reports.first?.1.bands else { return nil }
    guard first.knownCount > 0 else {
      return ReportStatement(
        subject,
        "None lies on this axis (\(facts.knownBands)). Give a table of your own with --bands FILE.")
    }
    let texts = reports.prefix(Self.namedLimit).compactMap { name, evidence in
      matchText(subjects.count > 1 ? "\(name): " : "", evidence)
    }
    return ReportStatement(
      subject,
      "\(Words.count(first.knownCount, "band")) on this axis (\(facts.knownBands)) cover "
        + "\(Words.percent(first.coveredShare, decimals: 0)) of it, so much matches by chance. Even a "
        + "good match is a hint, not an identification.", points: texts)
  }

  private func matchText(_ lead: String, _ evidence: ModelEvidence) -> String? {
    let report = evidence.bands
    guard let explained = report.explainedShare,
      let chance = report.chance(axis: facts.axis, tolerance: evidence.tolerance)
    else { return nil }
    let matched = report.matches.count { !$0.known.isEmpty }
    let verdict =
      chance.reachedShare < 0.05
      ? "more than chance would give"
      : "no more than chance may give, so the match says little by itself"
    return ClassWords.heading(
      "\(lead)\(matched) of \(Words.count(report.matches.count, "network band")) overlap known ones "
        + "(\(Words.percent(explained, decimals: 0)) of their weight). Shifted along the axis, the same "
        + "bands reach \(Words.percent(chance.meanShare, decimals: 0)) on average, and as much in "
        + "\(Words.percent(chance.reachedShare, decimals: 0)) of places: \(verdict).")
  }

  /// How much the maps change from division to division.
  private var stability: ReportStatement? {
    let network = subjects.compactMap(\.network.distinction.meanCorrelation)
    let partialLeastSquares = subjects.compactMap(\.partialLeastSquares.distinction.meanCorrelation)
    guard !network.isEmpty, !partialLeastSquares.isEmpty else { return nil }
    let means = [network, partialLeastSquares].map(\.mean)
    let which =
      abs(means[0] - means[1]) < 0.03
      ? "Both are about equally stable."
      : "\(means[0] > means[1] ? "The network's" : "Those of " + facts.partialLeastSquares) are the more stable ones."
    return ReportStatement(
      "How stable are the bands?",
      "\(Self.stabilityWords(means[0])): maps of networks trained on different divisions correlate "
        + "with r = \(Words.correlation(means[0])) on average, those of \(facts.partialLeastSquares) with r = "
        + "\(Words.correlation(means[1])). \(which) Every network began at a start of its own. Divisions share most of their spectra, so other "
        + "samples may give more variation.")
  }

  /// A correlation between maps of one model in words.
  static func stabilityWords(_ correlation: Double) -> String {
    switch correlation {
    case 0.9...: "Very stable"
    case 0.7..<0.9: "Stable in the main"
    case 0.4..<0.7: "Not very stable"
    default: "Unstable"
    }
  }

  /// The numbers at the top.
  var keyFigures: [Report.KeyFigure] {
    var figures: [Report.KeyFigure] = []
    let (name, model): (String, StudiedModel) =
      isNetworkSound
      ? ("the network", .network) : (facts.partialLeastSquares, .partialLeastSquares)
    let strongest = subjects.flatMap { BandFacts.all($0, model, facts).prefix(1) }
      .max { $0.band.share < $1.band.share }
    if let strongest {
      let known = strongest.assignmentAtPeak(facts)
      figures.append(
        Report.KeyFigure(
          label: "Strongest band of \(name)", value: facts.positions.place(strongest.band.peak),
          note: Words.percent(strongest.band.share, decimals: 0) + " of the evidence"
            + (known.map { "; at \($0)" } ?? "")))
    }
    let values = subjects.compactMap(\.agreement)
    if !values.isEmpty {
      let mean = values.mean
      figures.append(
        Report.KeyFigure(
          label: "Agreement of both models' maps", value: "r = \(Words.correlation(mean))",
          note: values.count > 1 ? "mean of \(values.count) classes" : "1 would be complete"))
    }
    return figures
  }
}
