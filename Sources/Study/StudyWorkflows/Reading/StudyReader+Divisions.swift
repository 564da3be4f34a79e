import Chemometrics
import SpectralData
import StudyEngine
import TensorCore
import Workflows

extension StudyReader {
  /// Equal texts for spectra of one sample; nil when all are independent.
  func groups(of dataset: SpectralDataset) throws -> [String]? {
    if let name = source.group { return try column(name, dataset).values }
    if let count = source.replicateCount {
      guard dataset.rows.count.isMultiple(of: count) else {
        throw WorkflowError(
          .invalidSetting,
          "\(dataset.rows.count) spectra are not whole samples of \(count) replicates")
      }
      return dataset.rows.indices.map { "\($0 / count + 1)" }
    }
    let candidates = ColumnCandidates(dataset.metadata)
    if source.splitColumn == nil, source.testPaths == nil, let name = candidates.splits.first {
      note("column \"\(name)\" says training or test; --split-column \"\(name)\" divides so")
    }
    guard let name = dataset.roles.group, let values = dataset[column: name]?.values else {
      note(
        "spectra count as independent; if several are of one sample, say so with --group COLUMN or "
          + "--replicates N, else accuracies come out too high"
          + (candidates.together.first.map { " (column \"\($0)\" may say so)" } ?? "")
          + (candidates.replicates.first.map { " (column \"\($0)\" may number replicates)" } ?? ""))
      return nil
    }
    note("spectra of one sample: column \"\(name)\"")
    return values
  }

  /// The division that a column of `train` and `test` makes.
  func split(by name: String, _ dataset: SpectralDataset) throws -> ValidationSplit {
    let values = try column(name, dataset).values.map { $0.lowercased() }
    let training = values.indices.filter {
      ["train", "training", "calibration", "cal"].contains(values[$0])
    }
    let test = values.indices.filter { ["test", "validation", "val"].contains(values[$0]) }
    guard !training.isEmpty, !test.isEmpty else {
      throw WorkflowError(
        .invalidSetting,
        "column \"\(name)\" should say \"train\" or \"test\" of every spectrum")
    }
    return ValidationSplit(training: training, test: test)
  }
}
