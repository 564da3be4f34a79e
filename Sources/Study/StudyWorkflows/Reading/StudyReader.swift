import Chemometrics
import Foundation
import SpectralData
import StudyEngine
import TensorCore
import Workflows

/// Reads the spectra of a study and what is to be recognized in them.
struct StudyReader {
  let source: StudySource

  /// Is told what was assumed.
  let note: (String) -> Void

  /// Reads the spectra.
  ///
  /// - Returns: The spectra, and the division that a column gives, if one was named.
  /// - Throws: What is wrong with a file or a setting.
  func read() throws -> (data: StudyData, givenSplit: ValidationSplit?) {
    let (dataset, question) = try question(of: dataset())
    let groups = try groups(of: dataset)
    let copies = dataset.rows.count - Set(dataset.rows).count
    if copies > 0, groups == nil {
      note(
        "\(copies) spectra are exact copies of others, which makes accuracies too high; remove them, "
          + "or keep them together with --group COLUMN")
    }
    let data = try StudyData(dataset, name: name, question: question, groups: groups)
    return (data, try source.splitColumn.map { try split(by: $0, dataset) })
  }

  /// What the spectra are called, for people.
  var name: String {
    let file = source.paths.first?.split(separator: "/").last.map(String.init) ?? "spectra"
    return source.paths.count > 1 ? "\(file) and \(source.paths.count - 1) more" : file
  }

  private func dataset() throws -> SpectralDataset {
    var failures: [InputFailure] = []
    let files = InputFiles(kind: .spectrum).expanded(source.paths) { failures.append($0) }
    if let failure = failures.first { throw WorkflowError(.unreadable, failure.message) }
    let settings = SpectrumReadingSettings(interpolatesToCommonAxis: true)
    let parts = try files.flatMap { try SpectrumFormatCatalog.readAll($0, settings) }
    tellNotes(of: parts)
    var dataset = try SpectrumFormatCatalog.join(parts, settings, paths: files)
    let measured = parts.map(\.axis.count).max() ?? 0
    if dataset.axis.count < measured {
      note("files differ in their axes: only \(dataset.axis.summary) is common to all, and studied")
    }
    if let axis = try axis(of: dataset) {
      dataset = try dataset.with(axis: axis, rows: dataset.rows)
    }
    if dataset.axis.unit == .index, !dataset.axis.isCount {
      note("positions have no unit in the file; with --unit cm-1, raman, nm or um bands get names")
    }
    return try source.range.map { try dataset.cropped(to: $0) } ?? dataset
  }

  /// Says what readers mended, once for files of which the same is to be said.
  private func tellNotes(of parts: [SpectralDataset]) {
    var files: [(note: String, names: [String])] = []
    for part in parts {
      let name = part.provenance?.first?.file.map { ($0 as NSString).lastPathComponent } ?? name
      for text in part.notes {
        if let known = files.firstIndex(where: { $0.note == text }) {
          files[known].names.append(name)
        } else {
          files.append((text, [name]))
        }
      }
    }
    for (text, names) in files {
      note((names.count == 1 ? names[0] : "\(names.count) files") + ": " + text)
    }
  }

  /// The axis that the user gives, if any.
  private func axis(of dataset: SpectralDataset) throws -> SpectralAxis? {
    let unit = source.unit ?? dataset.axis.unit
    if let ends = source.axisEnds, ends.count == 2 {
      let count = dataset.axis.count
      let step = (ends[1] - ends[0]) / Double(max(1, count - 1))
      return try SpectralAxis(
        positions: (0..<count).map { ends[0] + Double($0) * step }, unit: unit)
    }
    guard unit != dataset.axis.unit else { return nil }
    guard dataset.axis.unit == .index || unit == .ramanShift else {
      throw WorkflowError(
        .invalidSetting,
        "the file names \(dataset.axis.unit.label), but \(unit.label) was asked for")
    }
    return try SpectralAxis(positions: dataset.axis.positions, unit: unit)
  }
}
