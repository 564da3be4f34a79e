import Foundation
import SpectralData
import Workflows

/// A table without spectra that says something about files, or about the spectra of one file, such as
/// `file,class`.
struct SampleTable {
  private let path: String
  private let headers: [String]
  private let rows: [[String]]

  /// Whether lines are found by names of files.
  var hasNames: Bool { keyColumn != nil }

  /// The column with the names of files or spectra; nil where lines go with spectra in order.
  private let keyColumn: Int?

  /// Reads a file if it is such a table; gives nil when it holds something else, such as spectra.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - files: All files of spectra, this one among them.
  init?(_ path: String, naming files: [String]) {
    let suffixes: Set = ["csv", "tsv", "txt"]
    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
    guard suffixes.contains((path as NSString).pathExtension.lowercased()), size ?? 0 < 8 << 20,
      let rows = try? DelimitedFile.rows(in: path), rows.count > 1, let headers = rows.first,
      headers.count <= 100
    else { return nil }
    self.path = path
    self.headers = headers
    self.rows = Array(rows.dropFirst())
    let others = files.filter { $0 != path }
    let names = Set(others.flatMap(FileName.keys))
    let body = self.rows
    keyColumn = headers.indices.first { column in
      let named = body.count { $0.count > column && names.contains(FileName.key($0[column])) }
      return named > 0 && 2 * named >= min(body.count, others.count)
    }
    if keyColumn == nil {
      // Without names it is a table of columns only if it holds no spectra.
      guard others.count == 1, (try? SpectrumFormatCatalog.readAll(path)) == nil else { return nil }
    }
  }

  /// The spectra with the columns of the table beside them.
  ///
  /// - Parameters:
  ///   - dataset: The spectra.
  ///   - note: Told how they were joined.
  /// - Returns: As many spectra.
  /// - Throws: `WorkflowError` when lines and spectra do not go together.
  func joined(
    to dataset: SpectralDataset, note: (String) -> Void
  ) throws -> SpectralDataset {
    let lines = try lines(of: dataset)
    let missing = lines.count { $0 == nil }
    let names = headers.indices.filter { $0 != keyColumn }.map { headers[$0] }
    note(
      "\(FileName.last(path)): \(names.map { "\"\($0)\"" }.joined(separator: ", ")) of "
        + "\(lines.count - missing) spectra"
        + (keyColumn.map { ", joined by \"\(headers[$0])\"" } ?? ", line by line in order")
        + (missing > 0 ? "; \(missing) spectra are not in the table" : ""))
    let columns = headers.indices.filter { $0 != keyColumn }.map { column in
      SpectralDataset.MetadataColumn(
        name: headers[column],
        values: lines.map { line in
          line.flatMap { rows[$0].count > column ? rows[$0][column] : nil } ?? ""
        })
    }
    return try dataset.with(metadata: dataset.metadata + columns)
  }

  /// The line of every spectrum.
  private func lines(of dataset: SpectralDataset) throws -> [Int?] {
    if let keyColumn {
      var known: [String: Int] = [:]
      for (line, row) in rows.enumerated() where row.count > keyColumn {
        let key = FileName.key(row[keyColumn])
        known[key] = known[key] ?? line
      }
      return dataset.sampleKeys.map { keys in keys.lazy.compactMap { known[$0] }.first }
    }
    let keys = dataset.sampleKeys
    for column in headers.indices {
      let known = Dictionary(
        rows.enumerated().compactMap { $1.count > column ? ($1[column], $0) : nil },
        uniquingKeysWith: { first, _ in first })
      let found = keys.map { keys in keys.lazy.compactMap { known[$0] }.first }
      if 2 * found.count(where: { $0 != nil }) > keys.count { return found }
    }
    guard rows.count == dataset.rows.count else {
      throw WorkflowError(
        .unsuitableInput,
        "\(path): \(rows.count) lines for \(dataset.rows.count) spectra, and no column with the names "
          + "of spectra or files; add one")
    }
    return rows.indices.map { $0 }
  }
}

/// Names of files as people write them into tables.
enum FileName {
  /// The name without folders.
  static func last(_ path: String) -> String { (path as NSString).lastPathComponent }

  /// The name without folders and suffix.
  static func stem(_ path: String) -> String { (last(path) as NSString).deletingPathExtension }

  /// The texts that may stand for a file.
  static func keys(_ path: String) -> [String] { [last(path), stem(path)] }

  /// What a table calls a file, without folders, as `keys` has it.
  static func key(_ text: String) -> String { last(text.replacing("\\", with: "/")) }
}
