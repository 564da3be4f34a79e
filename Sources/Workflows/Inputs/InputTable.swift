import Explanations
import Foundation
import SpectralData

/// A table that says what the inputs of each sample are: a row a sample, a column an input.
struct InputTable: Sendable {
  /// For each row what every input is given, files by their paths.
  let rows: [[String: String]]

  /// For each row the class in a column `label`; empty where there is none.
  let labels: [String?]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: A text file with commas, semicolons or tabs between cells; its first row names inputs.
  ///     Files are meant relative to its folder.
  ///   - inputs: The inputs of the network.
  /// - Throws: `WorkflowError` naming what is missing or unknown.
  init(_ path: String, _ inputs: [NetworkInput]) throws {
    let lines: [[String]]
    do {
      lines = try DelimitedFile.rows(in: path)
    } catch {
      throw WorkflowError(.unreadable, "\(path): \(error)")
    }
    guard let head = lines.first, lines.count > 1 else {
      throw WorkflowError(.unsuitableInput, "\(path): holds no samples below a row of names")
    }
    let names = inputs.map(\.name)
    let unknown = head.filter { !names.contains($0) && !Self.others.contains($0.lowercased()) }
    let missing = inputs.filter { !head.contains($0.name) && !$0.isState }
    guard unknown.isEmpty, missing.isEmpty else {
      let what = unknown.isEmpty ? "no column \(missing[0].name)" : "a column \"\(unknown[0])\""
      throw WorkflowError(
        .unsuitableInput,
        "\(path): has \(what); the columns are the inputs of the network, \(inputs.summary), and "
          + "perhaps label")
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let label = head.firstIndex { Self.others.contains($0.lowercased()) }
    rows = lines.dropFirst().map { line in
      let cells = zip(head, line).filter { names.contains($0.0) && !$0.1.isEmpty }.map {
        name, cell in
        (name, Self.resolved(cell, folder))
      }
      return Dictionary(cells) { first, _ in first }
    }
    labels = lines.dropFirst().map { line in
      label.flatMap { $0 < line.count && !line[$0].isEmpty ? line[$0] : nil }
    }
  }

  private static let others: Set = ["label", "class"]

  /// A file beside the table, or the text itself where there is none.
  private static func resolved(_ cell: String, _ folder: URL) -> String {
    let path = folder.appending(path: cell).path(percentEncoded: false)
    return !cell.hasPrefix("/") && PathKind(path) == .file ? path : cell
  }
}
