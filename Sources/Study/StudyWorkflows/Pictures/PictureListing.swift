import Foundation
import ImageData
package import PictureTraining
import SpectralData
package import Workflows

/// Picture files with what each shows.
package struct PictureListing: Sendable {
  /// The files.
  package let paths: [String]

  /// What each shows.
  package let names: [String]

  /// Which files belong together, such as pictures of one scene; each stands for itself where nothing is
  /// known.
  ///
  /// Those of a group are never on both sides of a division.
  package let groups: [String]

  /// What a table says of each file's part in the training: `train`, `validation` or `test`.
  package let parts: [String?]

  /// The names of the classes, in order.
  package var labels: [String] { Set(names).sorted() }

  /// Finds pictures.
  ///
  /// - Parameters:
  ///   - path: A folder with a folder of pictures for each class, or a table (CSV) with columns `file` and
  ///     `class`, and perhaps `group` and `split`; files are meant relative to its folder. A folder with a
  ///     table `labels.csv` in it stands for the table.
  ///   - failure: Told of files that cannot be used.
  /// - Throws: `WorkflowError` when there is nothing to tell apart.
  package init(_ path: String, failure: (InputFailure) -> Void) throws {
    let table = path.hasSuffix("/") ? path + "labels.csv" : path + "/labels.csv"
    switch PathKind(path) {
    case nil: throw WorkflowError(.unreadable, "\(path): no such file or folder")
    case .file?: try self.init(table: path)
    case .folder? where PathKind(table) == .file: try self.init(table: table)
    case .folder?: try self.init(folder: path, failure: failure)
    }
    guard labels.count > 1 else {
      throw WorkflowError(
        .unsuitableInput,
        "\(path): all pictures show \"\(names.first ?? "")\"; a network learns to tell 2 or more classes "
          + "apart, each in a folder of its own or named in a table with columns file and class")
    }
  }

  private init(folder: String, failure: (InputFailure) -> Void) throws {
    let found = InputFiles(kind: .picture).expanded([folder], failure: failure)
    guard !found.isEmpty else {
      throw WorkflowError(.unreadable, "\(folder): no pictures in the folder")
    }
    paths = found
    names = found.map { path in
      URL(filePath: path).deletingLastPathComponent().lastPathComponent
    }
    groups = found
    parts = found.map { _ in nil }
  }

  private init(table: String) throws {
    let lines: [[String]]
    do {
      lines = try DelimitedFile.rows(in: table)
    } catch {
      throw WorkflowError(.unreadable, "\(table): \(error)")
    }
    let head = lines.first?.map { $0.lowercased() } ?? []
    func column(_ names: String...) -> Int? { head.firstIndex { names.contains($0) } }
    guard let file = column("file", "path", "image"), let label = column("class", "label") else {
      throw WorkflowError(
        .unsuitableInput, "\(table): the first line names no columns file and class")
    }
    let folder = URL(filePath: table).deletingLastPathComponent()
    let (group, part) = (column("group"), column("split"))
    func cell(_ line: [String], _ column: Int?) -> String? {
      column.flatMap { $0 < line.count && !line[$0].isEmpty ? line[$0] : nil }
    }
    var rows: [(path: String, name: String, group: String, part: String?)] = []
    for (index, line) in lines.dropFirst().enumerated() {
      guard let file = cell(line, file), let name = cell(line, label) else {
        throw WorkflowError(
          .unsuitableInput, "\(table): line \(index + 2) names no file or no class")
      }
      let path = folder.appending(path: file).path(percentEncoded: false)
      rows.append((path, name, cell(line, group) ?? path, cell(line, part)?.lowercased()))
    }
    paths = rows.map(\.path)
    names = rows.map(\.name)
    groups = rows.map(\.group)
    parts = rows.map(\.part)
  }

  /// The pictures, read when they are needed.
  package var pictures: LabeledPictures {
    let labels = labels
    let places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
    return LabeledPictures(labels: labels, classes: names.map { places[$0] ?? 0 }) {
      [paths] index in
      try PictureFile(reading: paths[index]).picture()
    }
  }
}
