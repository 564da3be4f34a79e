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

  /// The most points that a spectrum may have; a network of more would take gigabytes.
  private static let greatestPointCount = 100_000

  /// Reads the spectra of one question.
  ///
  /// - Returns: The spectra, and the division that a column or test files give, if there is one.
  /// - Throws: What is wrong with a file or a setting, such as several quantities.
  func read() throws -> (data: StudyData, givenSplit: ValidationSplit?) {
    let (studies, split) = try readAll()
    guard studies.count == 1 else {
      throw WorkflowError(
        .invalidSetting,
        "--target names \(studies.count) quantities; a network is trained for one of them, vitrine study "
          + "takes several")
    }
    return (studies[0], split)
  }

  /// Reads the spectra, once for every quantity that is asked for.
  ///
  /// - Returns: The same spectra with one question each, and the division that a column or test files give.
  /// - Throws: What is wrong with a file or a setting.
  func readAll() throws -> (studies: [StudyData], givenSplit: ValidationSplit?) {
    let (dataset, questions) = try questions(of: excluding(dataset()))
    let groups = try groups(of: dataset)
    let copies = dataset.rows.count - Set(dataset.rows).count
    if copies > 0, groups == nil {
      note(
        "\(copies) spectra are exact copies of others, which makes accuracies too high; remove them, "
          + "or keep them together with --group COLUMN")
    }
    let studies = try questions.map {
      try StudyData(dataset, name: name, question: $0, groups: groups)
    }
    let column = source.testPaths == nil ? source.splitColumn : Self.testColumn
    return (studies, try column.map { try split(by: $0, dataset) })
  }

  /// What the spectra are called, for people.
  var name: String {
    let file = source.paths.first?.split(separator: "/").last.map(String.init) ?? "spectra"
    return source.paths.count > 1 ? "\(file) and \(source.paths.count - 1) more" : file
  }

  /// The column that says which spectra came from test files.
  private static let testColumn = "test file"

  private func dataset() throws -> SpectralDataset {
    var dataset = try files(source.paths)
    if let paths = source.testPaths {
      let test = try files(paths)
      dataset = try joined(
        [dataset.adding(Self.testColumn, "train"), test.adding(Self.testColumn, "test")])
    }
    dataset = try ordinates(of: dataset)
    if let axis = try axis(of: dataset) {
      dataset = try dataset.with(axis: axis, rows: dataset.rows)
    }
    if dataset.axis.unit == .index, !dataset.axis.isCount {
      note("positions have no unit in the file; with --unit cm-1, raman, nm or um bands get names")
    }
    if let range = source.range { dataset = try dataset.cropped(to: range) }
    guard dataset.axis.count <= Self.greatestPointCount else {
      throw WorkflowError(
        .unsuitableInput,
        "\(name): spectra of \(dataset.axis.count) points are more than \(Self.greatestPointCount), "
          + "which a network can hardly learn from; study a part with --range, or fewer points")
    }
    return dataset
  }

  /// The spectra of files, with the columns of tables that name them.
  private func files(_ paths: [String]) throws -> SpectralDataset {
    var failures: [InputFailure] = []
    var files = InputFiles(kind: .spectrum).expanded(paths) { failures.append($0) }
    if let failure = failures.first { throw WorkflowError(.unreadable, failure.message) }
    var tables: [SampleTable] = []
    for path in files where paths.contains(path) && files.count > 1 {
      guard let table = SampleTable(path, naming: files) else { continue }
      tables.append(table)
      files.removeAll { $0 == path }
    }
    var parts: [SpectralDataset] = []
    for path in files {
      do {
        parts += try SpectrumFormatCatalog.readAll(path, Self.settings)
      } catch {
        // What holds no spectra may be a table that names the files beside it.
        guard files.count > 1, let table = SampleTable(path, naming: files), table.hasNames else {
          throw error
        }
        tables.append(table)
      }
    }
    tellNotes(of: parts)
    var dataset = try joined(parts).namedByFiles
    for table in tables { dataset = try table.joined(to: dataset, note: note) }
    return dataset
  }

  private static let settings = SpectrumReadingSettings(interpolatesToCommonAxis: true)

  /// Spectra on one axis: the part that all of them cover.
  private func joined(_ measured: [SpectralDataset]) throws -> SpectralDataset {
    let parts = try inOneUnit(measured)
    let dataset = try SpectrumFormatCatalog.join(
      parts, Self.settings, paths: Array(Set(parts.compactMap { $0.provenance?.first?.file })))
    let axes = Set(parts.map(\.axis))
    if axes.count > 1 {
      note(
        "spectra lie on \(axes.count) different axes: they are interpolated linearly to "
          + "\(dataset.axis.summary), which all of them cover")
    }
    return dataset
  }

  /// Spectra over wavelengths and wavenumbers in the unit of the first.
  private func inOneUnit(_ parts: [SpectralDataset]) throws -> [SpectralDataset] {
    let units = Set(parts.map(\.axis.unit))
    guard units.count > 1,
      units.isSubset(of: [.nanometer, .micrometer, .reciprocalCentimeter])
    else { return parts }
    let unit = parts[0].axis.unit
    note("some files are measured over another unit; all positions are converted to \(unit.label)")
    return try parts.map { try $0.converted(to: unit) }
  }

  /// Leaves out what the user names.
  private func excluding(_ dataset: SpectralDataset) throws -> SpectralDataset {
    if source.excluded.isEmpty { return dataset }
    let keys = dataset.sampleKeys
    for name in source.excluded where !keys.contains(where: { $0.contains(name) }) {
      let known = keys.prefix(5).compactMap(\.first).joined(separator: ", ")
      throw WorkflowError(
        .invalidSetting,
        "--exclude: no spectrum and no file is called \"\(name)\"; spectra are called \(known)…")
    }
    let kept = keys.indices.filter { keys[$0].isDisjoint(with: source.excluded) }
    note("\(keys.count - kept.count) spectra are left out (--exclude)")
    return try dataset.selecting(kept)
  }

  /// Says what readers mended, once for files of which the same is to be said.
  private func tellNotes(of parts: [SpectralDataset]) {
    var files: [(note: String, names: [String])] = []
    for part in parts {
      let name = part.provenance?.first?.file.map(FileName.last) ?? name
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
}
