import Chemometrics
import Reports
import SpectralData
import StudyEngine

/// What was measured, and how it was divided.
struct DataSection {
  let facts: StudyFacts

  /// Those of all quantities that are studied.
  var all: [StudyFacts] = []

  private var result: StudyResult { facts.result }

  func section() -> ReportSection {
    var blocks: [ReportBlock] = [.paragraph(measured), .paragraph(prepared), .paragraph(divided)]
    if let table { blocks.insert(table, at: 1) }
    if let preparations { blocks.insert(preparations, at: blocks.count - 1) }
    return ReportSection("Data", blocks)
  }

  private var measured: String {
    let spectra = Words.count(result.data.count, "spectrum", "spectra")
    let samples =
      result.data.groups == nil
      ? ", each counted as a sample of its own"
      : " of \(Words.count(facts.independentCount, "sample"))"
    let text =
      "\(result.data.name) holds \(spectra)\(samples), of "
      + "\(Words.count(result.data.axis.count, "point")) each."
    let quantities = (all.isEmpty ? [facts] : all).compactMap { facts in
      facts.values.map { Self.extent(facts.result.data.quantity ?? "", $0) }
    }
    if quantities.isEmpty { return text }
    return text + (quantities.count == 1 ? " The quantity is " : " The quantities are ")
      + quantities.joined(separator: "; ") + "."
  }

  private static func extent(_ name: String, _ values: [Double]) -> String {
    let sorted = values.sorted()
    return
      "\(name): \(Words.number(sorted[0])) to \(Words.number(sorted[sorted.count - 1])), median "
      + Words.number(sorted[sorted.count / 2])
  }

  private var table: ReportBlock? {
    guard let labels = facts.labels else { return nil }
    let hasGroups = result.data.groups != nil
    var columns: [ReportTable.Column] = [.init("Class"), .init("Spectra", isNumeric: true)]
    if hasGroups { columns.append(.init("Samples", isNumeric: true)) }
    columns.append(.init("Share", isNumeric: true))
    let rows = labels.names.indices.map { place in
      var row = [labels.names[place], "\(labels.counts[place])"]
      if hasGroups { row.append("\(facts.independentCounts[place])") }
      row.append(Words.percent(Double(labels.counts[place]) / Double(labels.count)))
      return row
    }
    return .table(ReportTable("Spectra of every class.", columns: columns, rows: rows))
  }

  private var prepared: String {
    let steps = result.settings.preprocessing
    let points =
      facts.axis.count == result.data.axis.count
      ? "" : ", which leaves \(Words.count(facts.axis.count, "point"))"
    let text =
      steps.steps.isEmpty
      ? "The spectra were used as they are"
      : "Both models saw the spectra after preprocessing: \(facts.preparation)\(points)"
    if !result.chosenPreprocessing.isEmpty {
      return
        "How spectra are prepared was chosen inside the training spectra of each division: that with "
        + "which cross-validated \(facts.partialLeastSquares) errs least, for both models. For the network "
        + "that is kept, from all spectra: \(facts.preparation)\(points); the axis is "
        + "\(facts.positions.span)."
    }
    let learned =
      steps.learns ? " What it learns was learned from training spectra only." : ""
    return text + "; the axis is \(facts.positions.span)." + learned
  }

  /// How often each preparation was chosen; nil where it was given.
  private var preparations: ReportBlock? {
    let chosen = result.chosenPreprocessing
    guard !chosen.isEmpty else { return nil }
    let rows = PreprocessingSearch.candidates.map(\.description).map { text in
      [text, "\(chosen.count { $0 == text })"]
    }
    return .table(
      ReportTable(
        "How often each preparation was chosen.",
        columns: [.init("Preparation"), .init("Divisions", isNumeric: true)], rows: rows))
  }

  private var divided: String {
    let splits = result.outcome.splits
    let kept = result.data.groups == nil ? "" : "; spectra of one sample were never divided"
    let stratified = facts.labels == nil ? "" : ", in the proportions of the classes"
    let shared =
      all.count > 1
      ? " The divisions are the same for all quantities, balanced by the first." : ""
    let common =
      shared
      + " Networks and \(facts.partialLeastSquares) were fitted to the same training spectra and judged on the "
      + "same test spectra, so that they can be compared pair by pair."
    switch result.settings.validation {
    case .monteCarlo:
      return "The spectra were divided at random "
        + "\(Words.count(splits.count, "time")): about \(splits[0].test.count) of "
        + "\(result.data.count) were kept for the test each time\(stratified)\(kept)." + common
    case .folds(let settings):
      let times =
        settings.repeatCount > 1 ? ", anew \(Words.count(settings.repeatCount, "time"))" : ""
      return
        "The spectra were dealt to \(settings.foldCount) folds\(times)\(stratified)\(kept), each "
        + "of which was tested once by models fitted to all others." + common
    case .leaveOneGroupOut:
      return "Every group was tested once by models fitted to all \(splits.count - 1) others."
        + common
    case .given:
      return "The division was given: \(splits[0].training.count) spectra for training, "
        + "\(splits[0].test.count) for the test." + common
    }
  }
}
