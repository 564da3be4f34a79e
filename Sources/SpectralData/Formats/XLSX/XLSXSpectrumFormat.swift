import TensorCore

/// Reads Excel workbooks: the sheet that is a table of spectra, as if it were saved as text.
///
/// Titles above the table and columns without a value (formulas that were never computed) are left out;
/// numbers shown as dates are dates.
enum XLSXSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "xlsx", summary: "Excel workbook: the sheet that is a table of spectra",
    suffixes: ["xlsx", "xlsm"],
    recognizes: { Workbook.isPlausible($0) },
    decode: { bytes, settings throws(SpectrumError) in try decode(bytes, settings) },
    encode: nil)

  private static func decode(
    _ bytes: [UInt8], _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> [SpectralDataset] {
    let sheets: [Workbook.Sheet]
    do throws(TensorError) {
      sheets = try Workbook(bytes).sheets()
    } catch {
      throw SpectrumError(error)
    }
    var found: [(sheet: String, parts: [SpectralDataset])] = []
    var failure: SpectrumError?
    for sheet in sheets {
      let (table, notes) = table(sheet.rows)
      guard table.count > 1, table.map(\.count).max() ?? 0 > 1 else { continue }
      do throws(SpectrumError) {
        let parts = try spectra(table, settings)
        let note = sheets.count > 1 ? ["sheet \"\(sheet.name)\" is read"] : []
        found.append((sheet.name, parts.map { $0.noting(note + notes + $0.notes) }))
      } catch {
        failure = SpectrumError(error.code, "sheet \"\(sheet.name)\": \(error)")
      }
    }
    guard let first = found.first else {
      throw failure
        ?? SpectrumError(.malformedFile, "no sheet of the workbook is a table of numbers")
    }
    guard found.count == 1 else {
      throw SpectrumError(
        .unsupportedFile,
        "several sheets hold spectra: \(found.map { "\"\($0.sheet)\"" }.joined(separator: ", ")); "
          + "keep the one that is meant, or save it as CSV")
    }
    return first.parts
  }

  /// The lines of a table, without what stands above it and columns that hold nothing.
  private static func table(_ rows: [[String]]) -> (rows: [[String]], notes: [String]) {
    func filled(_ row: [String]) -> Int { row.count { !$0.isEmpty } }
    let widest = rows.map(filled).max() ?? 0
    let start = rows.firstIndex { filled($0) * 2 > widest && filled($0) > 1 } ?? 0
    let table = rows[min(start, rows.count)...].filter { filled($0) > 0 }
    let width = table.map(\.count).max() ?? 0
    var (kept, empty): ([Int], [String]) = ([], [])
    for column in 0..<width {
      let cells = table.map { $0.indices.contains(column) ? $0[column] : "" }
      if cells.dropFirst().contains(where: { !$0.isEmpty }) {
        kept.append(column)
      } else if let name = cells.first, !name.isEmpty {
        empty.append("\"\(name)\"")
      }
    }
    let note =
      "columns without values (formulas that were not computed?) are left out: "
      + empty.joined(separator: ", ")
    return (
      table.map { row in kept.map { row.indices.contains($0) ? row[$0] : "" } },
      empty.isEmpty ? [] : [note]
    )
  }

  /// Reads lines of cells as a text with tabs between them.
  private static func spectra(
    _ rows: [[String]], _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> [SpectralDataset] {
    let text = rows.map { row in
      row.map { cell in String(cell.map { "\t\r\n\"".contains($0) ? " " : $0 }) }
        .joined(separator: "\t")
    }
    let bytes = Array((text.joined(separator: "\n") + "\n").utf8)
    let isInstrument = InstrumentTextFormat.entry.recognizes(bytes)
    let entry = isInstrument ? InstrumentTextFormat.entry : CSVSpectrumFormat.entry
    return try entry.decode(bytes, settings)
  }
}
