import Explanations
import Foundation
import Workflows

/// A summary of spectra as text for a terminal.
struct SummaryText {
  private let summary: MapSummary

  init(_ summary: MapSummary) {
    self.summary = summary
  }

  /// The classes, what was explained of them, and the files.
  var text: String {
    let layer = summary.layer.map { " at \($0.name)" } ?? ""
    var table = TextTable([
      ("class", .leading), ("spectra", .trailing), ("explained", .leading),
      ("probability", .trailing),
    ])
    for group in summary.groups {
      let explained = group.explained.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
        .map { group.explained.count == 1 ? $0.key : "\($0.key) \($0.value)" }
      table.add([
        group.name, "\(group.count)", explained.joined(separator: ", "),
        group.meanProbability.map { String(format: "%.1f %%", $0 * 100) } ?? "",
      ])
    }
    let bands = BandText(summary).text
    return "\(summary.count) spectra, \(summary.method)\(layer)\n" + table.text + "\n-> "
      + summary.files.joined(separator: ", ") + (bands.isEmpty ? "" : "\n" + bands)
  }
}
