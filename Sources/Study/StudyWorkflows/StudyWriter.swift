import Chemometrics
import Explanations
import Figures
import Foundation
import ImageData
import NetworkTraining
import SpectralData
import StudyEngine
import StudyReports
import Workflows

/// Writes the files of a study.
struct StudyWriter {
  /// What was found, one for each quantity.
  let results: [StudyResult]

  let folder: OutputFolder

  /// The command that made the study, if there was one.
  var command: String?

  /// Is told how many figures are drawn.
  var report: @Sendable (SpectralStudy.Progress) -> Void = { _ in }

  /// Makes sure that nothing of another kind stands where files will be written.
  ///
  /// - Throws: `WorkflowError` naming what is in the way.
  static func check(_ folder: OutputFolder) throws(WorkflowError) {
    for (name, kind) in [
      ("model.onnx", PathKind.folder), ("report.html", .folder), ("figures", .file),
      ("unfinished", .file),
    ] where PathKind(folder.path + "/" + name) == kind {
      throw WorkflowError(
        .unwritable,
        "\(folder.path)/\(name): is in the way; move it, or name another folder with -o")
    }
  }

  /// Writes everything; returns the files, in the order in which people want them.
  ///
  /// The report comes last, so that nothing is lost should it fail.
  func write() throws -> [String] {
    var numbers: [String] = []
    for (result, place) in zip(results, places) {
      try place.prepare()
      numbers += try writeNumbers(result, place)
    }
    if results.count > 1 {
      let table = try QuantityTable(results: results).text
      numbers.insert(try folder.write(Data(table.utf8), to: "quantities.csv"), at: 0)
    }
    return try writeReport() + numbers
  }

  /// Where the numbers of every result are written: a folder for each of several quantities.
  var places: [OutputFolder] {
    guard results.count > 1 else { return [folder] }
    var names = FileNames()
    names.reserve(["figures", "unfinished"])
    return results.map { result in
      OutputFolder(path: folder.file(names.unique([result.data.quantity ?? "classes"])))
    }
  }

  /// The network, its numbers and tables.
  private func writeNumbers(_ result: StudyResult, _ folder: OutputFolder) throws -> [String] {
    var files: [String] = []
    let model = folder.file("model.onnx")
    try result.network.training.network.write(
      to: URL(filePath: model), try Self.description(of: result))
    files.append(model)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    files.append(try folder.write(encoder.encode(result), to: "study.json"))
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
    progress(0, 0)
    let study = try StudyReport(
      results,
      commands: StudyCommands(
        study: command, models: places.map { CommandText.quoted($0.file("model.onnx")) }))
    let page = try folder.write(Data(study.html().utf8), to: "report.html")
    let figures = OutputFolder(path: folder.path + "/figures")
    try figures.prepare()
    removeOldFigures(in: figures.path)
    var names = FileNames()
    return try [page]
      + study.figures.enumerated().flatMap { index, figure in
        progress(index, study.figures.count)
        let name = names.unique([figure.name])
        return [
          try figures.write(Data(figure.graphic), to: name + ".svg"),
          try figures.write(Data(figure.figure.figure().pngBytes()), to: name + ".png"),
        ]
      }
  }

  private func progress(_ done: Int, _ total: Int) {
    report(SpectralStudy.Progress(stage: .writing, done: done, total: total))
  }

  /// Removes what an earlier study drew there, which may be of other classes.
  private func removeOldFigures(in path: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names where name.hasSuffix(".svg") || name.hasSuffix(".png") {
      try? FileManager.default.removeItem(atPath: path + "/" + name)
    }
  }

  /// What the file of the network says.
  static func description(of result: StudyResult) throws -> NetworkDescription {
    let training = result.settings.training
    let isRepeated = result.outcome.splits.count > 1
    return NetworkDescription(
      result.data, result.settings.preprocessing, result.network.preprocessing, training,
      epochCount: result.network.training.history.last?.epoch ?? training.epochCount,
      evidence: EvidenceInformation(
        result.settings.method, result.network.background, result.settings.activeBands,
        resolution: isRepeated ? resolution(of: result.evidence) : nil, slope: result.network.slope,
        beatsChance: isRepeated ? try result.soundModels.network : nil))
  }

  /// How exactly the strongest bands of all classes are known over the divisions: the largest ±.
  private static func resolution(of evidence: [Evidence]) -> Double? {
    evidence.compactMap { evidence in
      let network = evidence.network
      return zip(network.bands.matches, network.resolutions)
        .max { $0.0.band.share < $1.0.band.share }?.1
    }.max()
  }
}
