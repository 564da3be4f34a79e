/// Spectra in columns beside one of positions.
struct SpectraInColumns {
  private let columns: InstrumentColumns
  private let header: InstrumentHeader

  /// The lines that have a position.
  private let rows: [[Double]]

  /// What was chosen and left out.
  private let notes: [String]

  /// Takes the lines that have a position; pixels outside of the calibrated range have none.
  ///
  /// - Throws: `SpectrumError` naming the line where an intensity is missing.
  init(
    _ columns: InstrumentColumns, _ rows: [[Double]], _ lines: [Int], _ header: InstrumentHeader
  ) throws(SpectrumError) {
    guard !columns.intensities.isEmpty else {
      throw SpectrumError(.malformedFile, "no column holds intensities")
    }
    let placed = rows.indices.filter { !rows[$0][columns.axis].isNaN }
    for index in placed {
      for column in columns.intensities where rows[index][column].isNaN {
        throw SpectrumError(
          .invalidCell,
          "line \(lines[index]), column \(column + 1) is empty; fill it in or remove the line",
          line: lines[index], column: column + 1)
      }
    }
    self.columns = columns
    self.header = header
    self.rows = placed.map { rows[$0] }
    let left = rows.count - placed.count
    notes =
      [columns.note].compactMap(\.self)
      + (left > 0 ? ["\(left) lines without a position are left out"] : [])
  }

  /// The spectra; lines above that say something about each become columns.
  func dataset(
    _ settings: SpectrumReadingSettings, record: Int
  ) throws(SpectrumError) -> SpectralDataset {
    let unit =
      InstrumentColumns.unit(header.title(columns.axis))
      ?? header.unit(fileName: settings.fileName)
    let axis = try SpectralAxis(
      positions: rows.map { $0[columns.axis] }, unit: settings.unit(named: unit))
    let isNamed = columns.intensities.count > 1 && !header.names.isEmpty
    let descriptions = header.descriptions.map { cells in
      SpectralDataset.MetadataColumn(
        name: cells[columns.axis], values: columns.intensities.map { cells[$0] })
    }
    let fields = fields(settings)
    return try SpectralDataset(
      axis: axis,
      rows: columns.intensities.map { column in rows.map { Float($0[column]) } },
      names: names, metadata: isNamed ? descriptions : [],
      provenance: columns.intensities.indices.map {
        SpectrumProvenance(record: record + $0, fields: fields)
      }
    ).noting(notes)
  }

  private var names: [String]? {
    if columns.intensities.count > 1 {
      return header.names.isEmpty ? nil : columns.intensities.map { header.names[$0] }
    }
    return (header.fields["Title"] ?? header.fields["GraphName"]).map { [$0] }
  }

  private func fields(_ settings: SpectrumReadingSettings) -> [String: String] {
    var fields = header.fields
    let title = header.title(columns.intensities[0])
    fields[SpectrumProvenance.ordinateField] =
      Ordinate(named: title) == nil ? header.ordinate(fileName: settings.fileName) : title
    return fields
  }
}
