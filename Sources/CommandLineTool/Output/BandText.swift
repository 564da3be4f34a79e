import Explanations
import Foundation
import Workflows

/// The bands of explained spectra as text for a terminal.
struct BandText {
  private let summary: MapSummary

  /// How many bands of each class are printed.
  private static let greatestCount = 6

  init(_ summary: MapSummary) {
    self.summary = summary
  }

  /// A line for each band, the largest share of each class first; empty without bands.
  var text: String {
    let groups = summary.groups.filter { $0.bands?.isEmpty == false }
    guard !groups.isEmpty else { return "" }
    let unit = summary.axisUnit == "index" ? "" : " (\(summary.axisUnit))"
    var table = TextTable([
      ("class", .leading), ("band" + unit, .trailing), ("±", .trailing), ("width", .trailing),
      ("evidence", .trailing), ("effect", .leading), ("in spectra", .trailing),
    ])
    for group in groups {
      for band in group.bands?.prefix(Self.greatestCount) ?? [] {
        let peak = PeakText(band.peak, band.resolution)
        table.add([
          group.name, peak.position, peak.resolution, Self.short(band.width),
          String(format: "%.1f %%", 100 * band.share), effect(of: band, in: group),
          String(format: "%.0f %%", 100 * band.spectrumShare),
        ])
      }
    }
    let hidden = groups.reduce(0) { $0 + max(0, ($1.bands?.count ?? 0) - Self.greatestCount) }
    let note = hidden > 0 ? "\n\(hidden) smaller bands are in the table" : ""
    let layer = summary.layer.map { " at \($0.name)" } ?? ""
    let files = summary.files.filter { $0.hasSuffix("-bands.csv") }
    let isGrowth = groups.contains { $0.bandsFollowValue == true }
    let growth = isGrowth ? ": how maps grow with the predicted value" : ""
    return "bands of \(summary.method)\(layer)\(growth)\n" + table.text + note
      + (files.isEmpty ? "" : "\n-> " + files.joined(separator: ", "))
  }

  private func effect(of band: EvidenceBand, in group: MapSummary.Group) -> String {
    if group.bandsFollowValue == true { return band.isPositive ? "grows" : "falls" }
    return band.isPositive ? "for" : "against"
  }

  private static func short(_ number: Double) -> String { String(format: "%.4g", number) }
}
