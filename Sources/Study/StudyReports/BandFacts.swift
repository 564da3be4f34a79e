import Chemometrics
import Figures
import Reports
import SpectralData
import StudyEngine

/// One of two models in the evidence for a class or quantity.
enum StudiedModel {
  case network
  case partialLeastSquares

  func variables(_ evidence: Evidence) -> ModelEvidence {
    self == .network ? evidence.network : evidence.partialLeastSquares
  }

  var other: StudiedModel { self == .network ? .partialLeastSquares : .network }
}

/// A band of a model with what is said about it.
struct BandFacts {
  let match: BandMatch

  /// How exactly its peak is known, in units of the axis (±).
  let resolution: Double

  /// The share of divisions in which its peak is active, 0…1.
  let activeShare: Double

  /// Whether the other model has a band of the same sign there.
  let isShared: Bool

  var band: ActiveBand { match.band }

  /// All bands of a model, the one with the largest share first; none of a model that is not surely
  /// better than chance.
  static func all(
    _ evidence: Evidence, _ model: StudiedModel, _ facts: StudyFacts
  ) -> [BandFacts] {
    guard facts.soundModels.contains(model) else { return [] }
    let (own, other) = (model.variables(evidence), model.other.variables(evidence))
    return own.bands.matches.enumerated().map { index, match in
      BandFacts(
        match: match,
        resolution: own.resolutions.indices.contains(index) ? own.resolutions[index] : 0,
        activeShare: own.distinction.activeFrequency[match.band.peakPoint],
        isShared: facts.soundModels.contains(model.other)
          && other.bands.matches.contains {
            $0.band.isPositive == match.band.isPositive
              && $0.band.points.overlaps(match.band.points)
          })
    }.sorted { ($1.band.share, $0.band.peakPoint) < ($0.band.share, $1.band.peakPoint) }
  }

  /// Whether the peak lies in a known band; others overlap the band only.
  private func isAtPeak(_ known: KnownBand, _ facts: StudyFacts) -> Bool {
    let tolerance = facts.result.settings.bandTolerance
    return known.range(in: facts.axis.unit).map {
      $0.lowerBound - tolerance <= band.peak && band.peak <= $0.upperBound + tolerance
    } ?? false
  }

  /// What the literature has at the peak, in short: `amide I`.
  func assignmentAtPeak(_ facts: StudyFacts) -> String? {
    guard let known = match.known.first(where: { isAtPeak($0, facts) }) else { return nil }
    let name = known.assignment.prefix { $0 != "(" }
    return name.split(separator: " ").joined(separator: " ")
  }

  /// What the literature has there: at most so many assignments.
  func assignments(_ facts: StudyFacts, _ count: Int = 3) -> String {
    let names = match.known.prefix(count).map { band in
      let beside = isAtPeak(band, facts) ? "" : "beside the peak: "
      let group = band.group.map { " – \($0)" } ?? ""
      let source = band.reference.map { " [\($0)]" } ?? ""
      return beside + band.assignment + group + source
    }
    let more = match.known.count - names.count
    return names.isEmpty ? "–" : names.joined(separator: "; ") + (more > 0 ? "; +\(more)" : "")
  }

  /// The band in a sentence: where, the assignment there, its share, and whether it hinders.
  func phrase(_ facts: StudyFacts) -> String {
    let against = facts.labels == nil ? "lowers" : "against"
    let parts = [
      assignmentAtPeak(facts), Words.percent(band.share, decimals: 0),
      band.isPositive ? nil : against,
    ]
    return facts.positions.place(band.peak) + " ("
      + parts.compactMap(\.self).joined(separator: ", ") + ")"
  }

  /// The band in a figure.
  var mark: FigureBand {
    FigureBand(
      lower: band.lower, upper: band.upper,
      label: Words.decimals(band.peak, 0), strength: (band.isPositive ? 1 : -1) * strength)
  }

  private var strength: Double { min(1, 0.25 + 1.5 * band.share) }
}

/// Tables of bands.
struct BandTableWriter {
  let facts: StudyFacts
  let evidence: Evidence

  /// The most rows of a table.
  static let rowLimit = 12

  /// The bands of a model, the largest share first.
  func table(_ model: StudiedModel) -> ReportBlock {
    let bands = BandFacts.all(evidence, model, facts)
    let names = names(model)
    guard facts.soundModels.contains(model) else {
      return .paragraph(
        "No band of \(names.own) is named: it is not surely better than \(facts.guessing).")
    }
    guard !bands.isEmpty else {
      return .paragraph("No stretch of the map of \(names.own) stands out.")
    }
    let rest = bands.dropFirst(Self.rowLimit)
    let omitted =
      rest.isEmpty
      ? ""
      : " \(Words.count(rest.count, "further band")) with "
        + Words.percent(rest.reduce(0) { $0 + $1.band.share }) + " of the evidence together "
        + (rest.count == 1 ? "is" : "are") + " in bands.csv."
    return .table(
      ReportTable(
        "Bands of \(names.own) for \(facts.subject(evidence)), the largest share first.\(omitted)",
        columns: columns(names.other), rows: bands.prefix(Self.rowLimit).map { row($0) }))
  }

  private func names(_ model: StudiedModel) -> (own: String, other: String) {
    model == .network
      ? ("the network", facts.partialLeastSquares) : (facts.partialLeastSquares, "network")
  }

  private func columns(_ other: String) -> [ReportTable.Column] {
    var columns: [ReportTable.Column] = [
      .init(facts.positions.head("Band")), .init("Peak", isNumeric: true),
      .init("Share", isNumeric: true), .init("Effect"), .init(signalHead),
      .init("Active in", isNumeric: true), .init("Also in \(other)"),
    ]
    if hasAssignments { columns.append(.init("Possible assignments")) }
    return columns
  }

  private var hasAssignments: Bool {
    facts.axis.unit != .index && !facts.result.settings.knownBands.bands.isEmpty
  }

  private var signalHead: String {
    guard let labels = facts.labels else { return "Signal and \(evidence.name)" }
    return labels.names.count == 2 ? "Signal of \(facts.name(evidence))" : "Signal of the class"
  }

  private func row(_ band: BandFacts) -> [String] {
    var row = [
      facts.positions.range(band.band.lower, band.band.upper),
      facts.positions.number(band.band.peak)
        + (band.resolution > 0
          ? "\u{A0}±\u{A0}\(facts.positions.length(band.resolution))" : ""),
      Words.percent(band.band.share), effect(band.band), signal(band.band.peakPoint),
      Words.percent(band.activeShare, decimals: 0), band.isShared ? "yes" : "no",
    ]
    if hasAssignments { row.append(band.assignments(facts)) }
    return row
  }

  private func effect(_ band: ActiveBand) -> String {
    if facts.labels != nil { return band.isPositive ? "helps" : "works against" }
    return band.isPositive ? "raises" : "lowers"
  }

  private func signal(_ point: Int) -> String {
    if let difference = facts.signalDifference(evidence, at: point) {
      if abs(difference) < 0.3 { return "about equal" }
      return (difference > 0 ? "higher" : "lower")
        + " (\(Words.decimals(abs(difference), 1))\u{A0}SD)"
    }
    guard let correlation = facts.signalCorrelation(at: point) else { return "–" }
    if abs(correlation) < 0.2 {
      return "no trend (r\u{A0}=\u{A0}\(Words.correlation(correlation)))"
    }
    return (correlation > 0 ? "rises" : "falls")
      + " (r\u{A0}=\u{A0}\(Words.correlation(correlation)))"
  }
}
