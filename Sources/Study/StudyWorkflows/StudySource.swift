import Chemometrics
public import SpectralData
import StudyEngine
import TensorCore
import Workflows

/// Where the spectra of a study come from, and what is to be recognized in them.
public struct StudySource: Sendable, Hashable {
  /// Files and folders of spectra.
  public var paths: [String]

  /// The column of class labels; nil recognizes it.
  public var label: String?

  /// The column of the quantity that is predicted; nil studies classes where there are any.
  public var target: String?

  /// The column that is equal for spectra of one sample; nil recognizes it.
  public var group: String?

  /// So many spectra in a row are of one sample; nil for no such order.
  public var replicateCount: Int?

  /// The column whose texts `train` and `test` divide the spectra, as a publication did; nil for none.
  public var splitColumn: String?

  /// The first and last position of the axis where files do not tell it; points between are evenly
  /// spaced.
  public var axisEnds: [Double]?

  /// What positions are measured in, where files do not say.
  public var unit: AxisUnit?

  /// The part of the axis that is studied, in its unit; nil for all.
  public var range: ClosedRange<Double>?

  /// Creates a source.
  ///
  /// - Parameter paths: Files and folders of spectra.
  public init(paths: [String]) {
    self.paths = paths
  }
}

/// Spectra that were read, with what is to be recognized and how they may be divided.
struct StudyInput {
  let data: StudyData

  /// The division that a column gives, if one was named.
  let givenSplit: ValidationSplit?

  /// Reads the spectra; `note` is told what was assumed.
  init(_ source: StudySource, note: (String) -> Void) throws {
    let dataset = try Self.dataset(source, note)
    let (chosen, question) = try Self.question(source, dataset, note)
    let groups = try Self.groups(source, chosen, note)
    let copies = chosen.rows.count - Set(chosen.rows).count
    if copies > 0, groups == nil {
      note(
        "\(copies) spectra are exact copies of others, which makes accuracies too high; remove them, "
          + "or keep them together with --group COLUMN")
    }
    data = try StudyData(
      chosen, name: Self.name(source), question: question, groups: groups)
    givenSplit = try source.splitColumn.map { try Self.split($0, chosen) }
  }

  private static func name(_ source: StudySource) -> String {
    let file = source.paths.first?.split(separator: "/").last.map(String.init) ?? "spectra"
    return source.paths.count > 1 ? "\(file) and \(source.paths.count - 1) more" : file
  }

  // Reading.

  private static func dataset(
    _ source: StudySource, _ note: (String) -> Void
  ) throws -> SpectralDataset {
    var failures: [InputFailure] = []
    let files = InputFiles(kind: .spectrum).expanded(source.paths) { failures.append($0) }
    if let failure = failures.first { throw WorkflowError(.unreadable, failure.message) }
    let settings = SpectrumReadingSettings(interpolatesToCommonAxis: true)
    let parts = try files.flatMap { try SpectrumFormatCatalog.readAll($0, settings) }
    var dataset = try SpectrumFormatCatalog.join(parts, settings, paths: files)
    let measured = parts.map(\.axis.count).max() ?? 0
    if dataset.axis.count < measured {
      note("files differ in their axes: only \(dataset.axis.summary) is common to all, and studied")
    }
    if let axis = try axis(source, dataset) {
      dataset = try dataset.with(axis: axis, rows: dataset.rows)
    }
    if dataset.axis.unit == .index, !dataset.axis.isCount {
      note("positions have no unit in the file; with --unit cm-1, raman, nm or um bands get names")
    }
    return try source.range.map { try dataset.cropped(to: $0) } ?? dataset
  }

  /// The axis that the user gives, if any.
  private static func axis(
    _ source: StudySource, _ dataset: SpectralDataset
  ) throws -> SpectralAxis? {
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

  // What is recognized.

  private static func question(
    _ source: StudySource, _ dataset: SpectralDataset, _ note: (String) -> Void
  ) throws -> (SpectralDataset, StudyData.Question) {
    if let name = source.target { return try quantity(name, dataset, note) }
    if let name = source.label ?? dataset.roles.label {
      let column = try column(name, dataset)
      if source.label == nil { note("classes: column \"\(name)\" (choose another with --label)") }
      return try classes(column, dataset, note)
    }
    if let name = dataset.roles.targets.first {
      let others = dataset.roles.targets.dropFirst().map { "\"\($0)\"" }.joined(separator: ", ")
      note(
        "quantity: column \"\(name)\""
          + (others.isEmpty ? "" : " (others are \(others); choose with --target)"))
      return try quantity(name, dataset, note)
    }
    let names = dataset.metadata.map { "\"\($0.name)\"" }.joined(separator: ", ")
    throw WorkflowError(
      .unsuitableInput,
      "\(Self.name(source)): there is no column of classes or of a quantity"
        + (names.isEmpty ? "" : " among \(names)") + "; name one with --label or --target")
  }

  private static func column(
    _ name: String, _ dataset: SpectralDataset
  ) throws -> SpectralDataset.MetadataColumn {
    if let column = dataset[column: name] { return column }
    let names = dataset.metadata.map { "\"\($0.name)\"" }.joined(separator: ", ")
    throw WorkflowError(
      .invalidSetting, "there is no column \"\(name)\"; there are \(names.isEmpty ? "none" : names)"
    )
  }

  /// Spectra without a label are left out.
  private static func classes(
    _ column: SpectralDataset.MetadataColumn, _ dataset: SpectralDataset, _ note: (String) -> Void
  ) throws -> (SpectralDataset, StudyData.Question) {
    let known = dataset.rows.indices.filter { !column.values[$0].isEmpty }
    if known.count < dataset.rows.count {
      note("\(dataset.rows.count - known.count) spectra without a label are left out")
    }
    let labels = ClassLabels(known.map { column.values[$0] })
    return (try dataset.selecting(known), .classes(labels))
  }

  /// Spectra without a value are left out.
  private static func quantity(
    _ name: String, _ dataset: SpectralDataset, _ note: (String) -> Void
  ) throws -> (SpectralDataset, StudyData.Question) {
    guard let values = try column(name, dataset).measurements else {
      throw WorkflowError(
        .invalidSetting,
        "column \"\(name)\" holds text; for classes use --label \"\(name)\"")
    }
    let known = dataset.rows.indices.filter { values[$0] != nil }
    if known.count < dataset.rows.count {
      note("\(dataset.rows.count - known.count) spectra without \(name) are left out")
    }
    return (
      try dataset.selecting(known),
      .quantity(name: name, values: known.compactMap { values[$0] })
    )
  }

  // How it may be divided.

  private static func groups(
    _ source: StudySource, _ dataset: SpectralDataset, _ note: (String) -> Void
  ) throws -> [String]? {
    if let name = source.group { return try column(name, dataset).values }
    if let count = source.replicateCount {
      guard dataset.rows.count.isMultiple(of: count) else {
        throw WorkflowError(
          .invalidSetting,
          "\(dataset.rows.count) spectra are not whole samples of \(count) replicates")
      }
      return dataset.rows.indices.map { "\($0 / count + 1)" }
    }
    guard let name = dataset.roles.group, let values = dataset[column: name]?.values else {
      note(
        "spectra count as independent; if several are of one sample, say so with --group COLUMN or "
          + "--replicates N, else accuracies come out too high")
      return nil
    }
    note("spectra of one sample: column \"\(name)\"")
    return values
  }

  private static func split(_ name: String, _ dataset: SpectralDataset) throws -> ValidationSplit {
    let values = try column(name, dataset).values.map { $0.lowercased() }
    let training = values.indices.filter {
      ["train", "training", "calibration"].contains(values[$0])
    }
    let test = values.indices.filter { ["test", "validation"].contains(values[$0]) }
    guard !training.isEmpty, !test.isEmpty else {
      throw WorkflowError(
        .invalidSetting,
        "column \"\(name)\" should say \"train\" or \"test\" of every spectrum")
    }
    return ValidationSplit(training: training, test: test)
  }
}
