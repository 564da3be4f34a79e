import Chemometrics
import Foundation
import SpectralData
import SpectralLearning
import SpectralStudy

/// Writes the files of a study.
struct StudyWriter {
  let result: StudyResult
  let folder: OutputFolder

  /// Writes everything; returns the files, in the order in which people want them.
  func write() throws -> [String] {
    var files: [String] = []
    let model = folder.path + (folder.path.hasSuffix("/") ? "" : "/") + "model.onnx"
    try result.network.training.network.write(to: URL(filePath: model), description)
    files.append(model)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    files.append(
      try folder.write(encoder.encode(StudySummary(result)), to: "study.json"))
    let tables = StudyTables(result)
    for (name, text) in [
      ("samples.csv", tables.samples), ("splits.csv", tables.splits), ("bands.csv", tables.bands),
      ("maps.csv", tables.maps),
    ] {
      files.append(try folder.write(Data(text.utf8), to: name))
    }
    return files
  }

  /// What the file of the network says besides its layers.
  private var description: NetworkDescription {
    var description = NetworkDescription()
    switch result.data.question {
    case .classes(let labels): description.labels = labels.names
    case .quantity(let name, _): description.targetName = name
    }
    description.take(result.data.axis)
    description.preprocessing = result.settings.preprocessing.description
    description.fittedPreprocessing = result.network.preprocessing
    description.records = ["training": record]
    return description
  }

  /// How the network was trained, for people.
  private var record: String {
    let training = result.settings.training
    let epochs = result.network.training.history.last?.epoch ?? training.epochCount
    return "\(result.data.count) spectra of \(result.data.name), \(epochs) epochs, "
      + "learning rate \(training.learningRate), batches of \(training.batchSize), "
      + "seed \(training.seed)"
  }
}
