import Foundation
public import SpectralData

/// Bands that the literature assigns.
public struct BandTable: Hashable, Sendable {
  /// The bands, in the order of the file.
  public let bands: [KnownBand]

  /// Creates a table.
  public init(_ bands: [KnownBand]) {
    self.bands = bands
  }

  /// Reads a CSV file; see `init(csv:halfWidth:unit:)`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - halfWidth: What is added on both sides of a band that is given by one position.
  ///   - unit: The unit where neither a column nor a header names one.
  /// - Throws: `ChemometricsError` when the file cannot be read or is not such a table.
  public init(
    path: String, halfWidth: Double = 0, unit: AxisUnit? = nil
  ) throws(ChemometricsError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw ChemometricsError(
        .unreadable, "\(path) cannot be read: \(error.localizedDescription)")
    }
    try self.init(csv: String(decoding: data, as: UTF8.self), halfWidth: halfWidth, unit: unit)
  }

  /// Reads CSV text: a header, then one band per line.
  ///
  /// Columns are found by name: `from` and `to` (also `low` and `high`, `start` and `end`), or one
  /// position (`position`, `wavenumber`, `shift`, `wavelength`, `peak`, `center`); `assignment` is
  /// required, and `unit`, `technique`, `group` (or `class`) and `reference` are optional. Empty
  /// lines and lines that begin with `#` are passed over.
  ///
  /// - Parameters:
  ///   - csv: The text, with commas, semicolons or tabs between cells.
  ///   - halfWidth: What is added on both sides of a band that is given by one position.
  ///   - unit: The unit where neither a column nor a header names one.
  /// - Throws: `ChemometricsError` naming the line.
  public init(
    csv: String, halfWidth: Double = 0, unit: AxisUnit? = nil
  ) throws(ChemometricsError) {
    var lines = try CSVLines.lines(of: csv)
    guard !lines.isEmpty else {
      throw ChemometricsError(.malformedFile, "the table of bands is empty; begin with a header")
    }
    let header = try BandTableHeader(lines.removeFirst().cells, unit: unit, halfWidth: halfWidth)
    var bands: [KnownBand] = []
    for line in lines { bands.append(try header.band(line)) }
    self.bands = bands
  }

  /// The bands that may be seen by a technique; those of unknown technique are kept.
  ///
  /// - Parameter technique: How spectra were measured.
  /// - Returns: A smaller table.
  public func selecting(technique: KnownBand.Technique) -> BandTable {
    BandTable(bands.filter { $0.technique == nil || $0.technique == technique })
  }
}

/// Cells of delimited text with where they stand.
struct CSVLines {
  let number: Int
  let cells: [String]

  /// Splits text into lines of cells; quotes enclose delimiters and doubled quotes.
  static func lines(of text: String) throws(ChemometricsError) -> [CSVLines] {
    var lines: [CSVLines] = []
    var delimiter: Character?
    for (index, line) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let trimmed = line.trimmingCharacters(in: CharacterSet(charactersIn: " \u{FEFF}"))
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      let separator = delimiter ?? self.delimiter(of: trimmed)
      delimiter = separator
      lines.append(
        CSVLines(number: index + 1, cells: try cells(trimmed, separator, line: index + 1)))
    }
    return lines
  }

  private static func delimiter(of header: String) -> Character {
    if header.contains("\t") { return "\t" }
    return header.contains(";") ? ";" : ","
  }

  private static func cells(
    _ line: String, _ delimiter: Character, line number: Int
  ) throws(ChemometricsError) -> [String] {
    var (cells, cell, isQuoted, wasQuote) = ([String](), "", false, false)
    for character in line {
      if character == "\"" {
        if isQuoted { wasQuote = true } else if wasQuote { cell.append("\"") }
        if !isQuoted { wasQuote = false }
        isQuoted.toggle()
      } else if character == delimiter, !isQuoted {
        cells.append(cell.trimmingCharacters(in: .whitespaces))
        (cell, wasQuote) = ("", false)
      } else {
        cell.append(character)
        wasQuote = false
      }
    }
    guard !isQuoted else {
      throw ChemometricsError(.malformedFile, "line \(number): a quote is not closed")
    }
    return cells + [cell.trimmingCharacters(in: .whitespaces)]
  }
}
