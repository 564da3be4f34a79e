import Foundation
import Workflows

/// A file of spectra as text for a terminal.
struct SpectraText {
  private let inspection: SpectraInspection

  private static let listedPartCount = 10

  init(_ inspection: SpectraInspection) {
    self.inspection = inspection
  }

  /// The spectra of every axis, their columns, and what was mended.
  var text: String {
    let parts = inspection.parts
    var lines = ["\(inspection.file): \(inspection.format)"]
    for part in parts.prefix(Self.listedPartCount) { lines += text(part) }
    if parts.count > Self.listedPartCount {
      lines.append("and spectra on \(parts.count - Self.listedPartCount) more axes")
    }
    var notes: [String] = []
    for note in parts.flatMap(\.notes) where !notes.contains(note) { notes.append(note) }
    return (lines + notes.map { "note: \($0)" }).joined(separator: "\n")
  }

  private func text(_ part: SpectraInspection.Part) -> [String] {
    func short(_ number: Double) -> String { String(format: "%.6g", number) }
    let unit = part.unit == "index" ? "(no unit in the file)" : part.unit
    let count = part.spectrumCount == 1 ? "1 spectrum" : "\(part.spectrumCount) spectra"
    var lines = [
      "\(count) of \(part.pointCount) points, \(short(part.ends[0])) to \(short(part.ends[1])) \(unit)",
      "  \(part.ordinate ?? "intensities, the file does not say of what,") from "
        + "\(short(Double(part.range[0]))) to \(short(Double(part.range[1])))",
    ]
    if !part.names.isEmpty {
      lines.append("  called \(list(part.names, of: part.spectrumCount))")
    }
    for column in part.columns {
      lines.append(
        "  column \"\(column.name)\"" + (column.role.map { " (\($0))" } ?? "")
          + ": \(list(column.values, of: part.spectrumCount))")
    }
    return lines
  }

  private func list(_ values: [String], of count: Int) -> String {
    values.map { String($0.prefix(40)) }.joined(separator: ", ") + (count > values.count ? "…" : "")
  }
}
