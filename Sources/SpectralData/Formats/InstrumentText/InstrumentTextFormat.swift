/// Reads what programs of instruments export as text: lines about the measurement, then the longest
/// block of lines with equally many numbers.
///
/// Positions and intensities are columns that are chosen by their names, or the first line of the block
/// holds the positions of spectra in lines, or each line is one point of a series or map. What stands
/// above is kept as fields, what stands below is skipped.
enum InstrumentTextFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "instrument-text",
    summary:
      "text of instruments: Ocean, Avantes, BWTek, CRAIC, LabSpec, RRUFF, WITec, PerkinElmer…",
    suffixes: ["ttt", "jaz", "asp", "transmission", "reflection", "absorbance", "scope"],
    recognizes: { InstrumentTextRecognition.claims($0) },
    decode: { bytes, settings throws(SpectrumError) in try decode(bytes, settings) },
    encode: nil,
    decodePair: { path, settings throws(SpectrumError) in try WITecPair.decode(path, settings) })

  private static func decode(
    _ bytes: [UInt8], _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> [SpectralDataset] {
    let table = TextTable(bytes)
    guard let longest = table.longest else {
      throw SpectrumError(.malformedFile, "there are no lines of numbers")
    }
    if longest.cellCount == 1 { return [try IntensityList.decode(table, longest, settings)] }
    let blocks = table.blocks.filter { $0.cellCount == longest.cellCount }
    let equal = blocks.filter { $0.rows.count == longest.rows.count }
    let rest = table.blocks.filter { $0.cellCount > 1 }.reduce(0) { $0 + $1.rows.count }
    let read = equal.reduce(0) { $0 + $1.rows.count }
    guard rest - read <= max(1, read / 50) else {
      let places = table.blocks.filter { $0.cellCount > 1 && $0.rows.count > 1 }.prefix(5).map {
        "\($0.rows.count) from line \(table.rows[$0.rows[0]].line) on"
      }
      throw SpectrumError(
        .unsupportedFile,
        "there are several tables of numbers (\(places.joined(separator: ", "))); keep one in a file"
      )
    }
    var parts: [SpectralDataset] = []
    var start = 0
    for (record, block) in equal.enumerated() {
      let header = InstrumentHeader(table, block, above: start)
      parts.append(try spectra(table, block, header, settings, record: record + 1))
      start = (block.rows.last ?? start) + 1
    }
    return try SpectralDataset.grouped(parts)
  }

  private static func spectra(
    _ table: TextTable, _ block: TextTable.Block, _ header: InstrumentHeader,
    _ settings: SpectrumReadingSettings, record: Int
  ) throws(SpectrumError) -> SpectralDataset {
    let rows = block.rows.map { table.rows[$0].numbers }
    if let lines = SpectraInLines(table, block, rows) {
      return try lines.dataset(header, settings)
    }
    if let series = LongSeries(rows, isWhole: true) { return try series.dataset(header, settings) }
    let columns = try InstrumentColumns(header, rows)
    let lines = block.rows.map { table.rows[$0].line }
    return try SpectraInColumns(columns, rows, lines, header).dataset(settings, record: record)
  }
}
