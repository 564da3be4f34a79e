/// Reads one spectrum per line, after the first line.
struct SpectrumRowReader {
  private var text: DelimitedText
  private let headers: [String]
  private let header: AxisHeader
  private var numbers = NumberReader()

  /// Continues after the first line.
  init(text: DelimitedText, headers: [String], header: AxisHeader) {
    self.text = text
    self.headers = headers
    self.header = header
  }

  /// Reads all lines.
  mutating func read(unit: AxisUnit) throws(SpectrumError) -> SpectralDataset {
    // A name that merely counts the points gives no positions.
    let isNumbered = header.isCount && !header.prefix.isEmpty && header.unit == nil
    let metadataColumns = headers.indices.filter { !header.columns.contains($0) }
    var values = [[String]](repeating: [], count: metadataColumns.count)
    var raw = RawSpectra(positions: header.positions, rows: [])
    var lines: [Int] = []
    var cells: [DelimitedText.Cell] = []
    while try text.next(&cells) {
      try checkCellCount(cells, headers.count, text)
      var row: [Float] = []
      row.reserveCapacity(header.columns.count)
      for column in header.columns {
        row.append(try cellValue(cells[column], column, headers[column], text, &numbers))
      }
      raw.hasGaps = raw.hasGaps || row.contains(where: \.isNaN)
      raw.rows.append(row)
      lines.append(text.line)
      for (index, column) in metadataColumns.enumerated() {
        values[index].append(text.text(cells[column]))
      }
    }
    guard !raw.rows.isEmpty else {
      throw SpectrumError(.malformedFile, "there is no spectrum below the first line")
    }
    raw.lines = lines
    raw.isCounted = isNumbered
    let metadata = zip(metadataColumns, values).map {
      SpectralDataset.MetadataColumn(name: headers[$0], values: $1)
    }
    let dataset = try raw.dataset(
      unit: unit, names: metadata.spectrumNames, metadata: metadata)
    return dataset.noting(header.notes + dataset.notes)
  }
}

/// Reads one spectrum per column, positions in the first; the first line may hold names or not.
struct SpectrumColumnReader {
  private var text: DelimitedText
  private let headers: [String]
  private var numbers = NumberReader()

  /// Starts at the first line.
  init(text: DelimitedText, headers: [String]) {
    self.text = text
    self.headers = headers
  }

  /// Reads all lines.
  mutating func read(unit: AxisUnit) throws(SpectrumError) -> SpectralDataset {
    guard headers.count > 1 else {
      throw SpectrumError(
        .malformedFile,
        "line 1 has a single cell; separate cells by commas, semicolons or tabs", line: 1)
    }
    var cells: [DelimitedText.Cell] = []
    let bytes = Array(headers[0].utf8)
    let hasNames = numbers.number(bytes, bytes.indices) == nil
    if hasNames { _ = try text.next(&cells) }
    var metadata: [SpectralDataset.MetadataColumn] = []
    var positions: [Double] = []
    var rows = [[Float]](repeating: [], count: headers.count - 1)
    while try text.next(&cells) {
      try checkCellCount(cells, headers.count, text)
      if positions.isEmpty, let line = metadataLine(cells) {
        metadata.append(line)
        continue
      }
      guard let position = numbers.number(text.bytes, cells[0].range) else {
        throw cellError(cells[0], 0, headers[0], text)
      }
      positions.append(position)
      for column in 1..<headers.count {
        let value = try cellValue(cells[column], column, headers[column], text, &numbers)
        rows[column - 1].append(value)
      }
    }
    guard !positions.isEmpty else {
      throw SpectrumError(.malformedFile, "there is no point below the first line")
    }
    var raw = RawSpectra(positions: positions, rows: rows)
    raw.isInColumns = true
    raw.hasGaps = rows.contains { $0.contains(where: \.isNaN) }
    let names = hasNames ? Array(headers.dropFirst()) : nil
    return try raw.dataset(
      unit: unit, names: names, metadata: metadata, provenance: names.flatMap(Self.ordinates))
  }

  /// What the values of a single spectrum are, where its header says so; a letter may be a name.
  private static func ordinates(_ names: [String]) -> [SpectrumProvenance]? {
    guard names.count == 1, names[0].count > 1, Ordinate(named: names[0]) != nil else { return nil }
    return [SpectrumProvenance(fields: [SpectrumProvenance.ordinateField: names[0]])]
  }

  /// A line above the positions that says something about every spectrum.
  private func metadataLine(_ cells: [DelimitedText.Cell]) -> SpectralDataset.MetadataColumn? {
    let name = text.text(cells[0])
    let column = SpectralDataset.MetadataColumn(
      name: name, values: cells[1..<headers.count].map(text.text))
    return column.isDescriptive ? column : nil
  }
}

extension [SpectralDataset.MetadataColumn] {
  /// The texts of the column that serves best as names of spectra, if there is one.
  var spectrumNames: [String]? {
    for name in ColumnNames.spectra {
      if let column = first(where: { $0.normalizedName == name }) { return column.values }
    }
    return nil
  }
}

private func checkCellCount(
  _ cells: [DelimitedText.Cell], _ count: Int, _ text: DelimitedText
) throws(SpectrumError) {
  if cells.count == count { return }
  if cells.count > count, cells[count...].allSatisfy(\.range.isEmpty) { return }
  throw SpectrumError(
    .malformedFile,
    "line \(text.line) has \(cells.count) cells where the first line has \(count); "
      + "is it cut off, or is a delimiter missing?", line: text.line)
}

/// The number in a cell; NaN where a mark says that nothing was measured.
func cellValue(
  _ cell: DelimitedText.Cell, _ column: Int, _ header: String, _ text: DelimitedText,
  _ numbers: inout NumberReader
) throws(SpectrumError) -> Float {
  if let value = numbers.number(text.bytes, cell.range), Float(value).isFinite {
    return Float(value)
  }
  guard cell.range.count <= 4, MissingMark.isMissing(text.text(cell)) else {
    throw cellError(cell, column, header, text)
  }
  return .nan
}

private func cellError(
  _ cell: DelimitedText.Cell, _ column: Int, _ header: String, _ text: DelimitedText
) -> SpectrumError {
  let content = text.text(cell)
  let problem =
    content.isEmpty
    ? "is empty" : "holds \"\(content.prefix(40))\", which is no finite number written as elsewhere"
  return SpectrumError(
    .invalidCell,
    "line \(text.line), column \(column + 1) (\"\(header.prefix(40))\") \(problem); "
      + "fill it in or remove the line", line: text.line, column: column + 1)
}
