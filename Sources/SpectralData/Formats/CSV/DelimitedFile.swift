import Foundation

/// The cells of a text file with commas, semicolons or tabs between them.
package enum DelimitedFile {
  /// The texts of all cells, line by line.
  ///
  /// - Parameter path: The file.
  /// - Returns: One list for each line that is not blank.
  /// - Throws: `SpectrumError` when the file cannot be read or a quote is not closed.
  package static func rows(in path: String) throws(SpectrumError) -> [[String]] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SpectrumError(.unreadable, "cannot be read; is it there?")
    }
    var text = DelimitedText(SpectrumText.utf8([UInt8](data)))
    var cells: [DelimitedText.Cell] = []
    var rows: [[String]] = []
    while try text.next(&cells) { rows.append(cells.map(text.text)) }
    return rows
  }
}
