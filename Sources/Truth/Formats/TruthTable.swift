import Foundation
import SpectralData

/// A table of text whose first line names the columns.
struct TruthTable {
  /// The lines below the first.
  let rows: [[String]]

  private let names: [String]

  /// Reads a file; nil when it is no table with at least two columns.
  init?(_ source: TruthSource) {
    guard source.files == nil, !source.bytes.prefix(4096).contains(0),
      let rows = try? DelimitedFile.rows(in: source.path), let header = rows.first,
      header.count > 1
    else { return nil }
    names = header.map { $0.lowercased() }
    self.rows = Array(rows.dropFirst())
  }

  /// The column with one of several names, the first of them that there is.
  func column(_ candidates: [String]) -> Int? {
    candidates.lazy.compactMap { names.firstIndex(of: $0) }.first
  }

  /// The cell of a row; nil where it is empty or not there.
  static func cell(_ row: [String], _ column: Int?) -> String? {
    guard let column, row.indices.contains(column), !row[column].isEmpty else { return nil }
    return row[column]
  }

  /// The finite number in a cell; nil where it is empty or not there.
  ///
  /// - Throws: `TruthError` when something else stands there.
  static func number(_ row: [String], _ column: Int?) throws(TruthError) -> Double? {
    guard let text = cell(row, column) else { return nil }
    guard let value = Double(text), value.isFinite else {
      throw TruthError(.malformedFile, "\"\(text)\" is no finite number")
    }
    return value
  }

  /// Reads each row.
  ///
  /// - Throws: `TruthError` naming the row, counted from the header.
  func forEachRow(_ read: ([String]) throws(TruthError) -> Void) throws(TruthError) {
    for (index, row) in rows.enumerated() {
      do throws(TruthError) {
        try read(row)
      } catch {
        throw TruthError(error.code, "row \(index + 2): \(error.description)")
      }
    }
  }
}
