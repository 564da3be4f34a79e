/// Reads tables of the UCR archive: no header, the class first, then the points; tabs, commas or blanks
/// between them.
enum UCRSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "ucr", summary: "UCR archive: lines of a class number and the points, without a header",
    suffixes: ["tsv", "txt", "csv"],
    recognizes: { isTable($0) },
    decode: { bytes, _ throws(SpectrumError) in [try decode(bytes)] },
    encode: nil)

  /// How many lines tell whether the first column holds classes or positions.
  private static let sampledLineCount = 200

  private static func isTable(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, first < 0x80, !bytes.prefix(4096).contains(0) else {
      return false
    }
    var text = DelimitedText(bytes)
    var numbers = NumberReader()
    var cells: [DelimitedText.Cell] = []
    var classes: [Double] = []
    while classes.count < sampledLineCount, (try? text.next(&cells)) == true {
      guard cells.count > 3, let label = numbers.number(bytes, cells[0].range),
        label == label.rounded()
      else { return false }
      classes.append(label)
      guard classes.count == 1 else { continue }
      // A first line of numbers in order would be an axis above spectra without classes.
      let points = cells.dropFirst().compactMap { numbers.number(bytes, $0.range) }
      let isAxis = (try? SpectralAxis(positions: [label] + points, unit: .index)) != nil
      guard points.count + 1 == cells.count, !isAxis else { return false }
    }
    // Classes repeat; a first column in order would be positions, unless there are few lines.
    let isOrdered =
      classes.count < 2 || (try? SpectralAxis(positions: classes, unit: .index)) != nil
    return !classes.isEmpty && (!isOrdered || cells.count > 3 * classes.count)
  }

  private static func decode(_ bytes: [UInt8]) throws(SpectrumError) -> SpectralDataset {
    var text = DelimitedText(bytes)
    var numbers = NumberReader()
    var cells: [DelimitedText.Cell] = []
    var labels: [String] = []
    var rows: [[Float]] = []
    while try text.next(&cells) {
      guard let label = numbers.number(bytes, cells[0].range) else {
        throw Self.error(
          "\"\(text.text(cells[0]).prefix(40))\" is no class number", text, column: 1)
      }
      labels.append(ShortNumber.text(label))
      var row: [Float] = []
      row.reserveCapacity(cells.count - 1)
      for (column, cell) in cells.enumerated().dropFirst() {
        guard let value = numbers.number(bytes, cell.range), Float(value).isFinite else {
          throw Self.error(
            "\"\(text.text(cell).prefix(40))\" is no finite number; series of different lengths and "
              + "missing values are not read", text, column: column + 1)
        }
        row.append(Float(value))
      }
      guard row.count == rows.first?.count ?? row.count, !row.isEmpty else {
        throw Self.error(
          "\(row.count) points where the first line has \(rows.first?.count ?? 0)", text,
          column: nil)
      }
      rows.append(row)
    }
    guard let count = rows.first?.count else {
      throw SpectrumError(.malformedFile, "the file is empty")
    }
    try check(rows.count, count)
    return try SpectralDataset(
      axis: SpectralAxis(indexCount: count), rows: rows,
      metadata: [SpectralDataset.MetadataColumn(name: "label", values: labels)])
  }

  /// Refuses what are rather points of a map than spectra.
  private static func check(_ rowCount: Int, _ count: Int) throws(SpectrumError) {
    guard count > 3 || rowCount < 20 else {
      throw SpectrumError(
        .malformedFile,
        "\(rowCount) lines of \(count + 1) numbers are hardly spectra of \(count) points; if each "
          + "line is a point, as in a map, name the columns in a first line such as \"X,Y,Wave,Intensity\""
      )
    }
  }

  private static func error(
    _ what: String, _ text: DelimitedText, column: Int?
  ) -> SpectrumError {
    let place = column.map { ", column \($0)" } ?? ""
    return SpectrumError(
      column == nil ? .malformedFile : .invalidCell, "line \(text.line)\(place): \(what)",
      line: text.line, column: column)
  }
}
