/// Reads `.ts` files of the time-series archives: `@` lines, then after `@data` one spectrum per line,
/// the points separated by commas and the class or target behind a colon.
enum TimeSeriesFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "ts", summary: "time-series archive (.ts): a header of @ lines, then points:class",
    suffixes: ["ts"],
    recognizes: { bytes in
      guard !bytes.prefix(4096).contains(0) else { return false }
      let line = TextLines(bytes).first { !$0.text.isEmpty && $0.text.first != UInt8(ascii: "#") }
      return line.map { $0.text.first == UInt8(ascii: "@") } ?? false
    },
    decode: { bytes, _ throws(SpectrumError) in [try decode(bytes)] },
    encode: nil)

  /// What the lines above `@data` say.
  private struct Header {
    var name: String?
    var isClassified = false
    var isRegression = false

    /// Takes one line that starts with `@`.
    mutating func read(_ text: String, line: Int) throws(SpectrumError) {
      let words = text.lowercased().split { $0 == " " || $0 == "\t" }.map(String.init)
      let value = words.count > 1 ? words[1] : ""
      switch words.first {
      case "@problemname": name = text.split { $0 == " " || $0 == "\t" }.last.map(String.init)
      case "@classlabel": isClassified = value == "true"
      case "@targetlabel": isRegression = value == "true"
      case "@timestamps" where value == "true", "@univariate" where value == "false",
        "@equallength" where value == "false", "@missing" where value == "true":
        throw SpectrumError(
          .unsupportedFile,
          "line \(line): \"\(text.prefix(60))\"; only complete series of one dimension and one length, "
            + "without time stamps, are spectra", line: line)
      default: break
      }
    }
  }

  private static func decode(_ bytes: [UInt8]) throws(SpectrumError) -> SpectralDataset {
    var header = Header()
    var isData = false
    var values: [String] = []
    var rows: [[Float]] = []
    for line in TextLines(bytes) where !line.text.isEmpty && line.text.first != UInt8(ascii: "#") {
      if !isData {
        let text = String(decoding: line.text, as: UTF8.self)
        isData = text.lowercased() == "@data"
        if !isData { try header.read(text, line: line.number) }
        continue
      }
      let (row, value) = try series(line, hasValue: header.isClassified || header.isRegression)
      guard row.count == rows.first?.count ?? row.count else {
        throw SpectrumError(
          .malformedFile,
          "line \(line.number): \(row.count) points where the first series has \(rows[0].count)",
          line: line.number)
      }
      rows.append(row)
      values.append(value)
    }
    guard let count = rows.first?.count else {
      throw SpectrumError(.malformedFile, "there is no series behind @data")
    }
    let column = SpectralDataset.MetadataColumn(
      name: header.isClassified ? "label" : "target", values: values)
    return try SpectralDataset(
      axis: SpectralAxis(indexCount: count), rows: rows,
      metadata: header.isClassified || header.isRegression ? [column] : [])
  }

  private static func series(
    _ line: TextLines.Line, hasValue: Bool
  ) throws(SpectrumError) -> ([Float], String) {
    let parts = line.text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == (hasValue ? 2 : 1) else {
      throw SpectrumError(
        .unsupportedFile,
        "line \(line.number): \(parts.count) parts between colons; one series"
          + (hasValue ? " and its class" : "") + " was expected", line: line.number)
    }
    var numbers = NumberReader()
    var row: [Float] = []
    for (index, cell) in parts[0].split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false
    ).enumerated() {
      let text = Array(cell.filter { $0 != UInt8(ascii: " ") })
      guard let number = numbers.number(text, text.indices), Float(number).isFinite else {
        throw SpectrumError(
          .invalidCell,
          "line \(line.number), point \(index + 1): \"\(String(decoding: text.prefix(40), as: UTF8.self))\""
            + " is no finite number", line: line.number, column: index + 1)
      }
      row.append(Float(number))
    }
    return (row, hasValue ? String(decoding: parts[1], as: UTF8.self) : "")
  }
}
