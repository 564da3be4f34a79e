import EvaluationFigures
import ExplanationQuality
import Figures
import Reports
import Statistics
import StudyEngine
import TensorCore

/// Whether networks need the bands that maps mark.
struct BandRemovalSection {
  let facts: StudyFacts

  private static let seed: UInt64 = 1

  func section(_ book: inout FigureBook) throws -> ReportSection? {
    guard let removal = facts.result.bandRemoval, let first = removal.trials.first,
      first.measurements.count > 1
    else { return nil }
    return ReportSection(
      "Are these the bands that the networks need?",
      [.paragraph(introduction(removal)), try figure(removal, &book), table(removal)]
        + [verdict(removal)].compactMap { $0.map { .paragraph($0) } })
  }

  private func introduction(_ removal: BandRemoval) -> String {
    let followed =
      facts.labels == nil
      ? "the more the prediction moves (both signs of a map count)"
      : "the faster the log-odds of the right class fall"
    return
      "Bands of \(removal.width) points of \(removal.samples.count) test spectra are replaced by straight "
      + "lines, those with the highest mean of a map first, and the network of their division is asked "
      + "again. The better a map knows the network's bands, \(followed). Partial least squares does not "
      + "know the network; the signal itself, its edges and a random order know neither. Hidden bands are "
      + "spectra that no network has seen, so small differences say little."
  }

  private func figure(_ removal: BandRemoval, _ book: inout FigureBook) throws -> ReportBlock {
    let curves = removal.trials.compactMap { trial -> CurveFigure.Curve? in
      guard let fractions = trial.measurements.first?.fractions, fractions.count > 1 else {
        return nil
      }
      let isControl = if case .control = trial.source { true } else { false }
      return CurveFigure.Curve(
        name: name(trial.source),
        note: mean(trial, removal).map { Words.decimals($0.mean, 3) } ?? "",
        fractions: fractions, values: ColumnMoments(trial.measurements.map(\.scores)).mean,
        isControl: isControl)
    }
    let figure = try CurveFigure(
      panels: [
        CurveFigure.Panel(
          name: "Band removal", note: "lower is better",
          axisLabel: "Share of the spectrum that is hidden", curves: curves)
      ],
      title: "Hiding the bands that maps mark", subtitle: "Means over test spectra",
      valueLabel: facts.labels == nil
        ? "Change of the prediction, negative" : "Log-odds of the class")
    return try book.add(
      "band-removal", figure, caption: "What networks still say while bands are hidden.",
      alternative: "Curves of what is left while bands are hidden, by "
        + Words.list(removal.trials.map { name($0.source) }) + ".")
  }

  private func table(_ removal: BandRemoval) -> ReportBlock {
    let rows = removal.trials.map { trial -> [String] in
      let own = mean(trial, removal)
      let difference = difference(trial, removal)
      return [
        name(trial.source), own.map { Self.text($0) } ?? "–",
        difference.map { Self.text($0, signed: true) } ?? "–",
      ]
    }
    return .table(
      ReportTable(
        "Mean of each curve with its 95\u{A0}% interval; lower is better. Differences are of the same spectra.",
        columns: [
          .init("Bands of"), .init("Mean", isNumeric: true),
          .init("Less \(removal.trials.first.map { name($0.source) } ?? "")", isNumeric: true),
        ], rows: rows))
  }

  /// Whether the study's own evidence knows more than partial least squares and the controls.
  private func verdict(_ removal: BandRemoval) -> String? {
    guard let first = removal.trials.first else { return nil }
    let others = removal.trials.dropFirst().filter { trial in
      if case .method = trial.source { false } else { true }
    }
    let unbeaten = others.filter { trial in
      difference(trial, removal)?.interval.map { $0.lower <= 0 } ?? true
    }
    let own = name(first.source)
    if unbeaten.isEmpty {
      return "The bands of \(own) matter more to the networks than those of "
        + Words.list(others.map { name($0.source) }) + ", each at 95\u{A0}%."
    }
    return "It is not shown that the bands of \(own) matter more to the networks than those of "
      + Words.list(unbeaten.map { name($0.source) }) + "."
  }

  private func mean(_ trial: BandRemoval.Trial, _ removal: BandRemoval) -> BootstrappedMean? {
    bootstrapped(trial.measurements.map(\.value), removal)
  }

  /// How much higher the curves of a source lie than those of the study's own evidence.
  private func difference(
    _ trial: BandRemoval.Trial, _ removal: BandRemoval
  ) -> BootstrappedMean? {
    guard let first = removal.trials.first, first.source != trial.source else { return nil }
    return bootstrapped(
      zip(trial.measurements, first.measurements).map { pair in
        pair.0.value.flatMap { value in pair.1.value.map { value - $0 } }
      }, removal)
  }

  /// A mean over spectra, those of one sample drawn together.
  private func bootstrapped(_ values: [Double?], _ removal: BandRemoval) -> BootstrappedMean? {
    let rows = values.indices.filter { values[$0] != nil }
    guard !rows.isEmpty else { return nil }
    let names = facts.result.data.groups ?? facts.result.data.rows.indices.map(String.init)
    var places: [String: Int] = [:]
    let units = rows.map { row in
      let name = names[removal.samples[row]]
      let unit = places[name] ?? places.count
      places[name] = unit
      return unit
    }
    var generator = SplitMix64(seed: Self.seed)
    return BootstrappedMean(.init(rows.compactMap { values[$0] }, units: units), using: &generator)
  }

  private func name(_ source: BandRemoval.Source) -> String {
    switch source {
    case .method(let title): title
    case .partialLeastSquares: facts.partialLeastSquares
    case .control(let title): title
    }
  }

  private static func text(_ found: BootstrappedMean, signed: Bool = false) -> String {
    let text = { (value: Double) in
      (signed && value > 0 ? "+" : "") + Words.decimals(value, 3)
    }
    guard let interval = found.interval else { return text(found.mean) }
    return "\(text(found.mean)) (\(text(interval.lower)) to \(text(interval.upper)))"
  }
}
