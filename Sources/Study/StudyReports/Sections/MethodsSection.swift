import Explanations
import Figures
import Reports
import Statistics
import StudyEngine
import StudyFigures

/// What other explanation methods show for the same network.
struct MethodsSection {
  let facts: StudyFacts

  /// How many classes have figures.
  private static let figureLimit = 3

  func section(_ book: inout FigureBook) throws -> ReportSection? {
    guard let methods = facts.result.evidence.first?.methodMaps, methods.count > 1 else {
      return nil
    }
    let shown = facts.result.evidence.prefix(Self.figureLimit)
    var figures: [ReportBlock] = []
    for evidence in shown { figures.append(try figure(evidence, &book)) }
    let introduction =
      "No method is right by definition. These maps explain one and the same network, trained on all "
      + "spectra, and are means over "
      + (facts.labels == nil
        ? "all spectra." : "the spectra of each class, against the other classes.")
      + " Maps that do not start at a baseline are not differences between spectra, so they also hold "
      + "what all spectra have in common. Bands that several methods show belong to the network; a band that one method shows alone "
      + "may belong to the method. Maps of layers show where a layer answers, so they are broader "
      + "than maps of the input. The colors are scaled for every map by itself."
    let omitted = facts.result.evidence.count - shown.count
    if omitted > 0 {
      figures.append(
        .paragraph("Figures are shown for the first \(shown.count) classes; maps.csv has all."))
    }
    let list = methods.map {
      ReportStatement($0.method.title, "\($0.method.summary) (\($0.method.source))")
    }
    return ReportSection(
      "Methods compared", [.paragraph(introduction), table, .statements(list)] + figures)
  }

  private var table: ReportBlock {
    let first = facts.result.evidence[0].methodMaps
    let rows = first.indices.map { index -> [String] in
      let map = first[index]
      return [map.method.title, map.layer ?? "input"]
        + facts.result.evidence.map { evidence in
          Correlation.of(evidence.methodMaps[index].mean, evidence.methodMaps[0].mean)
            .map(Words.correlation) ?? "–"
        }
    }
    return .table(
      ReportTable(
        "Correlation of each method's mean map with that of "
          + "\(first[0].method.title).",
        columns: [.init("Method"), .init("At")]
          + facts.result.evidence.map { .init(ClassWords.heading(facts.name($0)), isNumeric: true) },
        rows: rows))
  }

  private func figure(_ evidence: Evidence, _ book: inout FigureBook) throws -> ReportBlock {
    let maps = evidence.methodMaps.prefix(EvidenceFigure.maximumPanelCount - 1)
    let figure = try EvidenceFigure(
      axis: facts.axis,
      panels: [
        .init(
          title: "Mean spectrum", note: "prepared", values: evidence.meanSpectrum,
          deviation: evidence.spectrumDeviation, isSigned: false)
      ]
        + maps.map {
          .init(
            title: $0.method.title,
            note: $0.layer.map { "at \($0)" } ?? "at the input",
            values: $0.mean, deviation: $0.deviation, isSigned: true)
        }, title: "\(ClassWords.heading(facts.name(evidence))): methods compared",
      subtitle: "Means and standard deviations over spectra; the network trained on all spectra")
    return try book.add(
      "methods-\((facts.result.evidence.firstIndex { $0.name == evidence.name } ?? 0) + 1)", figure,
      caption: "Maps of \(facts.name(evidence)) by several methods.",
      alternative: "Maps along \(facts.positions.span) for \(facts.name(evidence)) by "
        + Words.list(maps.map { $0.method.title }) + ".")
  }
}
