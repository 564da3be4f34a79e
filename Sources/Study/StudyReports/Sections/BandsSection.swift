import Chemometrics
import Explanations
import Figures
import Reports
import StudyEngine
import StudyFigures

/// Which bands decide, class by class.
struct BandsSection {
  let facts: StudyFacts

  /// How many classes are in one figure, and in all of them.
  private static let (panelLimit, classLimit) = (8, 32)

  func section(_ book: inout FigureBook) throws -> ReportSection {
    var blocks: [ReportBlock] = [.paragraph(explanation), .paragraph(reading)]
    blocks += try overviews(&book)
    if facts.result.evidence.count == 2 {
      blocks.append(
        .paragraph(
          "There are two classes, so what speaks for one speaks against the other; one table serves "
            + "both."))
    }
    let parts = facts.subjects.map { evidence in
      let writer = BandTableWriter(facts: facts, evidence: evidence)
      return ReportSection.Part(
        facts.title(evidence), [writer.table(.network), writer.table(.partialLeastSquares)])
    }
    return ReportSection("Bands that decided", blocks, parts: parts)
  }

  private var explanation: String {
    let method = "The maps of the networks come from \(facts.method)"
    if facts.labels == nil {
      return
        "\(method), those of \(facts.partialLeastSquares) from its coefficients. A map shares out one "
        + "prediction over the axis. How the map of test spectra grows with "
        + "\(facts.result.evidence.first?.name ?? "the quantity"), point by point, shows where the "
        + "model reads the quantity: positive where the prediction rises with it, negative where it "
        + "falls. All maps were made by models that had not seen these spectra, and averaged over "
        + "divisions."
    }
    return
      "\(method), those of \(facts.partialLeastSquares) from its coefficients. A map shares out over the "
      + "axis how much one spectrum's score for a class exceeds the mean score of the other classes. "
      + classEvidence
      + "All maps were made by models that had not seen these spectra, and averaged over "
      + "divisions."
  }

  private var classEvidence: String {
    guard let chosen = try? ChosenMethod(facts.result.settings.method), chosen.comparesInputs else {
      return
        "The evidence for a class is the mean map of its test spectra less that of all other test "
        + "spectra. "
    }
    return
      "The network's maps start at the mean training spectrum of the other classes and add up to "
      + "the difference of the scores; the evidence for a class is the mean map of its test spectra. "
      + "That of \(facts.partialLeastSquares) is the mean map of the class less that of all other test "
      + "spectra, which for a linear model is the same. "
  }

  private var reading: String {
    let signal =
      facts.labels == nil
      ? "Signal: whether the prepared signal at the peak rises or falls with the quantity (Pearson's r)."
      : "Signal: how the prepared signal at the peak differs from that of the other classes, in "
        + "standard deviations within classes."
    let effect =
      facts.labels == nil
      ? "Raises or lowers: whether predictions grow or shrink there as the quantity grows."
      : "Helps: the class's own spectra get more score there than others do; works against: less."
    return "In the tables: a band is a stretch where the map reaches \(threshold). "
      + "Share: the band's part of all evidence, without sign. \(effect) \(signal) Active in: share "
      + "of divisions in which the peak is part of a band. ±: the spread of the peak over divisions, and for maps "
      + "of a layer at least half of what its units see. Also in: whether the other model has a "
      + "band of the same effect there."
  }

  private var threshold: String {
    switch facts.result.settings.activeBands.threshold {
    case .fractionOfMaximum(let share):
      "\(Words.percent(share, decimals: 0)) of its largest magnitude"
    case .shareOfTotal(let share):
      "the level above which \(Words.percent(share, decimals: 0)) of all evidence lies"
    case .deviationsAboveMean(let count):
      "\(Words.number(count)) standard deviations above its mean magnitude"
    }
  }

  /// The mean spectra in the colors of their maps, in as few figures as are legible.
  private func overviews(_ book: inout FigureBook) throws -> [ReportBlock] {
    let shown = Array(facts.result.evidence.prefix(Self.classLimit))
    let count = (shown.count + Self.panelLimit - 1) / Self.panelLimit
    var blocks: [ReportBlock] = []
    for number in 0..<count {
      let part = shown[number * shown.count / count..<(number + 1) * shown.count / count]
      let name = number == 0 ? "bands" : "bands-\(number + 1)"
      blocks.append(try overview(Array(part), name: name, &book))
    }
    let omitted = facts.result.evidence.count - shown.count
    if omitted > 0 { blocks.append(.paragraph("\(omitted) more classes are in maps.csv.")) }
    return blocks
  }

  private func overview(
    _ shown: [Evidence], name: String, _ book: inout FigureBook
  ) throws -> ReportBlock {
    let counts = facts.labels?.counts
    let panels = shown.map { evidence in
      ClassMapsFigure.Panel(
        name: ClassWords.heading(facts.name(evidence)),
        note: evidence.classIndex.flatMap { place in counts.map { "\($0[place]) spectra" } }
          ?? "\(facts.result.data.count) spectra",
        spectrum: evidence.meanSpectrum, spectrumDeviation: evidence.spectrumDeviation,
        map: evidence.network.distinction.mean,
        mapDeviation: evidence.network.distinction.standardDeviation,
        bands: BandFacts.all(evidence, .network, facts).prefix(6).map(\.mark))
    }
    let figure = try ClassMapsFigure(
      axis: facts.axis, panels: panels, title: "Where the network finds its evidence",
      subtitle: "\(facts.method), mean over \(facts.result.outcome.splits.count) divisions",
      intensityLabel: "Prepared signal", valueLabel: "Evidence")
    let colors =
      facts.labels == nil ? "red: raises; blue: lowers" : "red: helps; blue: works against"
    let bands = shown.map { evidence in
      let strongest = BandFacts.all(evidence, .network, facts).prefix(3).map {
        facts.positions.place($0.band.peak)
      }
      return "\(facts.name(evidence)): " + (strongest.isEmpty ? "none" : Words.list(strongest))
    }
    return try book.add(
      name, figure,
      caption:
        "Mean prepared spectra, colored by the network's evidence (\(colors)), and the evidence itself with its standard deviation over "
        + "divisions. The strongest bands are marked by their peaks.",
      alternative:
        "Mean spectra with the network's evidence along \(facts.positions.span). Strongest bands: "
        + bands.joined(separator: "; ") + ".")
  }
}
