import Chemometrics
import SpectralData
import StudyEngine
import TensorCore
import Workflows

extension StudyReader {
  /// What is to be recognized, and the spectra of which it is known.
  func question(
    of dataset: SpectralDataset
  ) throws -> (SpectralDataset, StudyData.Question) {
    if let name = source.target { return try quantity(name, dataset) }
    if let name = source.label ?? dataset.roles.label {
      let column = try column(name, dataset)
      if source.label == nil { note("classes: column \"\(name)\" (choose another with --label)") }
      return try classes(column, dataset)
    }
    if let name = dataset.roles.targets.first {
      let others = dataset.roles.targets.dropFirst().map { "\"\($0)\"" }.joined(separator: ", ")
      note(
        "quantity: column \"\(name)\""
          + (others.isEmpty ? "" : " (others are \(others); choose with --target)"))
      return try quantity(name, dataset)
    }
    let names = dataset.metadata.map { "\"\($0.name)\"" }.joined(separator: ", ")
    throw WorkflowError(
      .unsuitableInput,
      "\(name): there is no column of classes or of a quantity"
        + (names.isEmpty ? "" : " among \(names)") + "; name one with --label or --target")
  }

  /// A column that must be there.
  func column(
    _ name: String, _ dataset: SpectralDataset
  ) throws -> SpectralDataset.MetadataColumn {
    if let column = dataset[column: name] { return column }
    let names = dataset.metadata.map { "\"\($0.name)\"" }.joined(separator: ", ")
    throw WorkflowError(
      .invalidSetting, "there is no column \"\(name)\"; there are \(names.isEmpty ? "none" : names)"
    )
  }

  /// Spectra without a label are left out.
  private func classes(
    _ column: SpectralDataset.MetadataColumn, _ dataset: SpectralDataset
  ) throws -> (SpectralDataset, StudyData.Question) {
    let known = dataset.rows.indices.filter { !column.values[$0].isEmpty }
    if known.count < dataset.rows.count {
      note("\(dataset.rows.count - known.count) spectra without a label are left out")
    }
    let labels = ClassLabels(known.map { column.values[$0] })
    return (try dataset.selecting(known), .classes(labels))
  }

  /// Spectra without a value are left out.
  private func quantity(
    _ name: String, _ dataset: SpectralDataset
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
}
