import TensorCore

extension CSVSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "csv", summary: "table of text: CSV, TSV or columns of numbers, spectra in rows or columns",
    suffixes: ["csv", "tsv", "txt", "dat", "asc", "xy", "dpt"],
    recognizes: { bytes in
      !bytes.contains(0) && !bytes.starts(with: [0xFF, 0xFE]) && !bytes.starts(with: [0xFE, 0xFF])
    },
    decode: { bytes, settings throws(SpectrumError) in
      [try CSVSpectrumFormat(layout: settings.layout, unit: settings.unit).decode(bytes)]
    },
    encode: { dataset throws(SpectrumError) in try encode(dataset) })

  /// The bytes of a table with one spectrum per line: the columns beside the spectra, then one column
  /// per position with the unit in its header (`852.5 nm`).
  ///
  /// Numbers are written with as many digits as reading them back exactly needs.
  ///
  /// - Parameter dataset: The spectra, at least one, with at least two points.
  /// - Returns: UTF-8 text with commas and line feeds.
  /// - Throws: `SpectrumError` with code `unwritable` when a header could not be told from a position.
  package static func encode(_ dataset: SpectralDataset) throws(SpectrumError) -> [UInt8] {
    var columns = dataset.metadata
    if let names = dataset.names, columns.spectrumNames != names {
      columns.removeAll { $0.normalizedName == "name" }
      columns.insert(SpectralDataset.MetadataColumn(name: "name", values: names), at: 0)
    }
    guard !dataset.rows.isEmpty else { throw unwritable }
    let table = try SpectrumTable(columns, on: dataset.axis)
    var bytes = Array(table.header.utf8)
    for (index, row) in dataset.rows.enumerated() { bytes += table.line(index, row).utf8 }
    return bytes
  }

  /// Refuses headers that could be taken for positions.
  ///
  /// - Parameters:
  ///   - headers: The first line.
  ///   - columnCount: How many of them are no positions.
  ///   - firstCells: The first cell of every line below.
  /// - Throws: `SpectrumError` with code `unwritable`.
  static func check(
    _ headers: [String], columnCount: Int, firstCells: [String]
  ) throws(SpectrumError) {
    var table = CSVTable(quoting: .cautious)
    table.append(headers)
    for cell in firstCells { table.append([cell]) }
    var text = DelimitedText(Array(table.text.utf8))
    var cells: [DelimitedText.Cell] = []
    _ = try text.next(&cells)
    let found = try? CSVSpectrumFormat().axisHeader(headers, text)
    guard found?.columns == columnCount..<headers.count else { throw unwritable }
  }

  private static let unwritable = SpectrumError(
    .unwritable,
    "a table needs at least one spectrum, four points or a named column, and headers that cannot "
      + "be taken for positions; rename the columns that end in numbers")

  static func headers(of axis: SpectralAxis) -> [String] {
    let suffix =
      switch axis.unit {
      case .index: ""
      case .nanometer: " nm"
      case .micrometer: " um"
      case .reciprocalCentimeter: " cm-1"
      case .ramanShift: " cm-1 Raman"
      }
    return axis.positions.map { ShortNumber.text($0) + suffix }
  }
}
