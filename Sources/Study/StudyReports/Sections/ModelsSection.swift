import Chemometrics
import Figures
import Reports
import Statistics
import StudyEngine
import StudyFigures

/// The network's evidence beside what PLS and its usual figures show.
struct ModelsSection {
  let facts: StudyFacts

  /// How many classes have figures in the page, which more would make too large to mail.
  private static let figureLimit = 6

  func section(_ book: inout FigureBook) throws -> ReportSection {
    let introduction =
      "\(facts.partialLeastSquares) is the chemist's usual model and has no layers that could hide anything: "
      + "its contributions add up to its score exactly. Where it and the network use the same bands, "
      + "the bands are unlikely to be an oddity of one of them. VIP above 1 and a high selectivity "
      + "ratio mark variables that matter to \(facts.partialLeastSquares) by two further measures; "
      + "coefficients are shown as chemometricians know them."
    var parts: [ReportSection.Part] = []
    for evidence in facts.subjects {
      let figures = [try evidenceFigure(evidence, &book), try stabilityFigure(evidence, &book)]
      guard parts.count < Self.figureLimit else { continue }
      let blocks = [.paragraph(words(evidence))] + figures
      parts.append(ReportSection.Part(facts.title(evidence), blocks))
    }
    var blocks: [ReportBlock] = [.paragraph(introduction), table]
    if facts.subjects.count > parts.count {
      blocks.append(
        .paragraph(
          "Figures of the first \(parts.count) classes are shown here; those of all are in the folder "
            + "figures, models- and stability- with the number of the class."))
    }
    return ReportSection("Network beside \(facts.partialLeastSquares)", blocks, parts: parts)
  }

  private var table: ReportBlock {
    let rows = facts.subjects.map { evidence in
      let bands = BandFacts.all(evidence, .network, facts)
      let weight = bands.reduce(0) { $0 + $1.band.share }
      let shared = bands.filter(\.isShared).reduce(0) { $0 + $1.band.share }
      func text(_ value: Double?) -> String { value.map(Words.correlation) ?? "–" }
      return [
        facts.title(evidence), text(evidence.agreement),
        "\(bands.count { $0.isShared }) of \(bands.count)",
        weight > 0 ? Words.percent(shared / weight, decimals: 0) : "–",
        text(evidence.network.distinction.meanCorrelation),
        text(evidence.partialLeastSquares.distinction.meanCorrelation),
        text(evidence.network.distinction.meanOverlap),
        text(evidence.partialLeastSquares.distinction.meanOverlap),
      ]
    }
    return .table(
      ReportTable(
        "How both models' maps agree, and how stable each model's are: mean correlation of the maps, "
          + "and mean overlap of the active points (1: the same ones), of any two divisions.",
        columns: [
          .init(facts.labels == nil ? "Quantity" : "Class"),
          .init("Agreement r", isNumeric: true), .init("Shared bands", isNumeric: true),
          .init("of their weight", isNumeric: true),
          .init("Network: r", isNumeric: true),
          .init("\(facts.partialLeastSquares): r", isNumeric: true),
          .init("Network: overlap", isNumeric: true),
          .init("\(facts.partialLeastSquares): overlap", isNumeric: true),
        ], rows: rows))
  }

  private func words(_ evidence: Evidence) -> String {
    let against = facts.labels == nil ? " (lowers)" : " (against)"
    func place(_ band: BandFacts) -> String {
      facts.positions.place(band.band.peak) + (band.band.isPositive ? "" : against)
    }
    let network = BandFacts.all(evidence, .network, facts)
    let shared = network.filter(\.isShared).prefix(4).map(place)
    let alone = network.filter { !$0.isShared }.prefix(3).map(place)
    let others = BandFacts.all(evidence, .partialLeastSquares, facts).filter { !$0.isShared }
      .prefix(3)
      .map(place)
    func part(_ lead: String, _ places: [String]) -> String {
      places.isEmpty ? "" : " \(lead) \(Words.list(places))."
    }
    let text =
      part("Both models use", shared) + part("Mainly the network uses", alone)
      + part("Mainly \(facts.partialLeastSquares) uses", others)
    return text.isEmpty ? "Neither model has bands that stand out." : String(text.dropFirst())
  }

  private func evidenceFigure(
    _ evidence: Evidence, _ book: inout FigureBook
  ) throws -> ReportBlock {
    let name = facts.partialLeastSquares
    let figure = try EvidenceFigure(
      axis: facts.axis, panels: panels(evidence),
      bands: BandFacts.all(evidence, .network, facts).prefix(6).map(\.mark),
      title: "\(facts.title(evidence)): network and \(name)",
      subtitle: "Bands of the network are marked through all panels")
    return try book.add(
      "models-" + facts.stem(evidence), figure,
      caption: "Evidence of the network and of \(name) on one axis (means and standard "
        + "deviations over divisions), and coefficients, VIP and selectivity ratio of \(name) "
        + "fitted to all spectra.",
      alternative:
        "Mean spectrum, network evidence, \(name) contributions, coefficients, VIP and "
        + "selectivity ratio along \(facts.positions.span) for \(facts.title(evidence)). "
        + (evidence.agreement.map {
          "The network's evidence and the contributions correlate with r = \(Words.correlation($0))."
        } ?? ""))
  }

  private func panels(_ evidence: Evidence) -> [EvidenceFigure.Panel] {
    let name = facts.partialLeastSquares
    let (network, other) = (evidence.network.distinction, evidence.partialLeastSquares.distinction)
    return [
      .init(
        title: "Mean spectrum", note: "prepared", values: evidence.meanSpectrum,
        deviation: evidence.spectrumDeviation, isSigned: false),
      .init(
        title: "Network", note: facts.method, values: network.mean,
        deviation: network.standardDeviation, isSigned: true),
      .init(
        title: "\(name) contributions", values: other.mean,
        deviation: other.standardDeviation, isSigned: true),
      .init(
        title: "\(name) coefficients", note: "all spectra", values: evidence.coefficients,
        isSigned: true),
      .init(
        title: "VIP", note: "all spectra; 1 is average",
        values: Self.drawable(evidence.variableImportance), isSigned: false, reference: 1),
      .init(
        title: "Selectivity ratio", note: "all spectra",
        values: Self.drawable(evidence.selectivityRatio), isSigned: false),
    ]
  }

  /// Values with zeros for those that are not defined, such as where all spectra are equal.
  private static func drawable(_ values: [Double]) -> [Double] {
    values.map { $0.isNaN || $0 == -.infinity ? 0 : $0 }
  }

  private func stabilityFigure(
    _ evidence: Evidence, _ book: inout FigureBook
  ) throws -> ReportBlock {
    let figure = try StabilityFigure(
      axis: facts.axis,
      models: [
        .init(name: "Network", frequencies: evidence.network.distinction.activeFrequency),
        .init(
          name: facts.partialLeastSquares,
          frequencies: evidence.partialLeastSquares.distinction.activeFrequency),
      ], spectrum: evidence.meanSpectrum,
      title: "\(facts.title(evidence)): how often each point is active",
      subtitle: "Share of \(facts.result.outcome.splits.count) divisions")
    return try book.add(
      "stability-" + facts.stem(evidence), figure,
      caption: "Share of divisions in which each point is part of a band. Plateaus near 100\u{A0}% "
        + "are bands to rely on; low hills come and go with the training spectra.",
      alternative:
        "Share of divisions in which each point along \(facts.positions.span) is active, for the "
        + "network and \(facts.partialLeastSquares).")
  }
}
