import Chemometrics
import Figures
import Foundation
import ImageData
import Reports
import SpectralData
import SpectralLearning
import SpectralStudy

/// Writes the files of a study.
struct StudyWriter {
  let result: StudyResult
  let folder: OutputFolder

  /// The command that made the study, if there was one.
  var command: String?

  /// Writes everything; returns the files, in the order in which people want them.
  ///
  /// The report comes last, so that nothing is lost should it fail.
  func write() throws -> [String] {
    let numbers = try writeNumbers()
    return try writeReport() + numbers
  }

  private var modelPath: String {
    folder.path + (folder.path.hasSuffix("/") ? "" : "/") + "model.onnx"
  }

  /// The network, its numbers and tables.
  private func writeNumbers() throws -> [String] {
    var files: [String] = []
    let model = modelPath
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

  /// The page, then its figures.
  private func writeReport() throws -> [String] {
    let report = try StudyReport(
      result, commands: StudyCommands(study: command, model: CommandText.quoted(modelPath)))
    let page = try folder.write(Data(report.html().utf8), to: "report.html")
    let figures = OutputFolder(path: folder.path + "/figures")
    try figures.prepare()
    var names = FileNames()
    return try [page]
      + report.figures.flatMap { figure in
        let name = names.unique([figure.name])
        return [
          try figures.write(Data(figure.graphic), to: name + ".svg"),
          try figures.write(Data(figure.figure.figure().pngBytes()), to: name + ".png"),
        ]
      }
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
