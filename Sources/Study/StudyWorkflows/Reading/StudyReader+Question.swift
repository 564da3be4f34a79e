import Chemometrics
import SpectralData
import StudyEngine
import TensorCore
import Workflows

extension StudyReader {
  /// What is to be recognized, and the spectra of which all of it is known.
  func questions(
    of dataset: SpectralDataset
  ) throws -> (SpectralDataset, [StudyData.Question]) {
    let names = try targetNames(dataset)
    guard names.count > 1 else {
      let (dataset, question) = try question(of: dataset)
      return (dataset, [question])
    }
    var known = dataset
    for name in names { known = try quantity(name, known).0 }
    return (
      known,
      try names.map { name in
        let values = try column(name, known).measurements ?? []
        return .quantity(name: name, values: values.compactMap(\.self))
      }
    )
  }

  /// The columns that a text names: one that is called so, or several with commas between.
  private func targetNames(_ dataset: SpectralDataset) throws(WorkflowError) -> [String] {
    guard let text = source.target else { return [] }
    if dataset[column: text] != nil { return [text] }
    let names = text.split(separator: ",").map { part in
      String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    if let name = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw WorkflowError(.invalidSetting, "--target names \"\(name)\" twice")
    }
    return names
  }

  /// What is to be recognized, and the spectra of which it is known.
  ///
  /// A column is chosen only where it is called a class or no other could be meant.
  func question(
    of dataset: SpectralDataset
  ) throws -> (SpectralDataset, StudyData.Question) {
    if let name = source.target { return try quantity(name, dataset) }
    if let name = source.label { return try classes(column(name, dataset), dataset) }
    if let origin = source.classOrigin { return try classes(classColumn(origin, dataset), dataset) }
    let candidates = ColumnCandidates(dataset.metadata)
    if let name = namedLabel(dataset, candidates) {
      note("classes: column \"\(name)\" (choose another with --label)")
      return try classes(column(name, dataset), dataset)
    }
    let choices =
      candidates.labels.map { "--label \"\($0)\"" }
      + candidates.targets.map { "--target \"\($0)\"" }
    guard choices.count < 2 else {
      throw WorkflowError(
        .unsuitableInput,
        "\(name): \(choices.count) columns may be meant; choose one with "
          + choices.joined(separator: ", ") + aside(candidates))
    }
    if let name = candidates.labels.first {
      note("classes: column \"\(name)\"")
      return try classes(column(name, dataset), dataset)
    }
    if let name = candidates.targets.first {
      note("quantity: column \"\(name)\"")
      return try quantity(name, dataset)
    }
    if let column = try impliedClasses(dataset) { return try classes(column, dataset) }
    throw WorkflowError(
      .unsuitableInput,
      "\(name): there is no column of classes or of a quantity\(aside(candidates)); name one with "
        + "--label or --target, or say where classes come from with --class-from"
        + (proposedPattern(dataset).map { " (\($0))" } ?? ""))
  }

  /// The column of classes that is called so, or that the file's format says is one.
  private func namedLabel(
    _ dataset: SpectralDataset, _ candidates: ColumnCandidates
  ) -> String? {
    if let name = candidates.namedLabel { return name }
    return dataset.roles.label.flatMap { candidates.labels.contains($0) ? nil : $0 }
  }

  /// The columns that are left aside, and why.
  private func aside(_ candidates: ColumnCandidates) -> String {
    if candidates.others.isEmpty { return "" }
    let texts = candidates.others.prefix(6).map { "\"\($0.name)\" \($0.reason)" }
    return " (left aside: " + texts.joined(separator: ", ")
      + (candidates.others.count > 6 ? " and \(candidates.others.count - 6) more" : "") + ")"
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

  /// Spectra without a value are left out and named.
  private func quantity(
    _ name: String, _ dataset: SpectralDataset
  ) throws -> (SpectralDataset, StudyData.Question) {
    let column = try column(name, dataset)
    guard let values = column.measurements else {
      throw WorkflowError(
        .invalidSetting,
        "column \"\(name)\" holds text; for classes use --label \"\(name)\"")
    }
    let known = dataset.rows.indices.filter { values[$0] != nil }
    if known.count < dataset.rows.count {
      let missing = dataset.rows.indices.filter { values[$0] == nil }
      let texts = missing.prefix(5).map { row in
        let mark = column.values[row].isEmpty ? "empty" : column.values[row]
        return "\(dataset.names?[row] ?? "spectrum \(row + 1)") (\(mark))"
      }
      note(
        "\(missing.count) of \(dataset.rows.count) spectra are left out, \(name) was not measured: "
          + texts.joined(separator: ", ") + (missing.count > 5 ? "…" : ""))
    }
    let numbers = known.compactMap { values[$0] }
    let different = Set(numbers)
    if different.count <= 12, numbers.count >= 3 * different.count,
      numbers.allSatisfy({ $0 == $0.rounded() })
    {
      note(
        "\"\(name)\" has \(different.count) different whole numbers; if they are classes, study them "
          + "with --label \"\(name)\"")
    }
    return (try dataset.selecting(known), .quantity(name: name, values: numbers))
  }
}
