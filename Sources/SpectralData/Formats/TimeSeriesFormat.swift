/// Reads `.ts` files of the time-series archives: `@` lines, then after `@data` one spectrum per line,
/// the points or pairs of time and value separated by commas, the class or target behind a colon.
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
  ///
  /// Flags of missing values, lengths and dimensions are not believed: the data tell.
  private struct Header {
    var isClassified = false
    var isRegression = false

    /// Takes one line that starts with `@`.
    mutating func read(_ text: String) {
      let words = text.lowercased().split { $0 == " " || $0 == "\t" }.map(String.init)
      let value = words.count > 1 ? words[1] : ""
      switch words.first {
      case "@classlabel": isClassified = value == "true"
      case "@targetlabel": isRegression = value == "true"
      default: break
      }
    }
  }

  /// One series and what stands behind the colon.
  private struct Series {
    var times: [Double] = []
    var values: [Float] = []
    var label = ""
  }

  private static func decode(_ bytes: [UInt8]) throws(SpectrumError) -> SpectralDataset {
    var header = Header()
    var isData = false
    var labels: [String] = []
    var times: [Double] = []
    var raw = RawSpectra(positions: [], rows: [])
    var lines: [Int] = []
    for line in TextLines(bytes) where !line.text.isEmpty && line.text.first != UInt8(ascii: "#") {
      if !isData {
        let text = String(decoding: line.text, as: UTF8.self)
        isData = text.lowercased() == "@data"
        if !isData { header.read(text) }
        continue
      }
      let series = try series(line, hasValue: header.isClassified || header.isRegression)
      if lines.isEmpty { times = series.times }
      guard series.values.count == raw.rows.first?.count ?? series.values.count,
        series.times == times
      else {
        throw SpectrumError(
          .unsupportedFile,
          "line \(line.number): \(series.values.count) points where the first series has "
            + "\(raw.rows.first?.count ?? 0), or at other times; only series on one axis are spectra",
          line: line.number)
      }
      raw.hasGaps = raw.hasGaps || series.values.contains(where: \.isNaN)
      raw.rows.append(series.values)
      labels.append(series.label)
      lines.append(line.number)
    }
    guard let count = raw.rows.first?.count else {
      throw SpectrumError(.malformedFile, "there is no series behind @data")
    }
    raw.positions = times.isEmpty ? (0..<count).map(Double.init) : times
    raw.lines = lines
    let column = SpectralDataset.MetadataColumn(
      name: header.isClassified ? "label" : "target", values: labels)
    return try raw.dataset(
      unit: .index, metadata: header.isClassified || header.isRegression ? [column] : [])
  }

  private static func series(
    _ line: TextLines.Line, hasValue: Bool
  ) throws(SpectrumError) -> Series {
    let parts = line.text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == (hasValue ? 2 : 1) else {
      throw SpectrumError(
        .unsupportedFile,
        "line \(line.number): \(parts.count) parts between colons; one series of one dimension"
          + (hasValue ? " and its class were" : " was") + " expected", line: line.number)
    }
    var series = Series()
    let isTimed = parts[0].first == UInt8(ascii: "(")
    var numbers = NumberReader()
    for (index, cell) in parts[0].split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false
    ).enumerated() {
      let text = cell.filter { !" ()".utf8.contains($0) }
      let isMissing = MissingMark.isMissing(String(decoding: text, as: UTF8.self))
      let number = isMissing ? .nan : numbers.number(Array(text), 0..<text.count)
      guard let number, isMissing || Float(number).isFinite else {
        throw SpectrumError(
          .invalidCell,
          "line \(line.number), point \(index + 1): \"\(String(decoding: text.prefix(40), as: UTF8.self))\""
            + " is no finite number", line: line.number, column: index + 1)
      }
      if isTimed, index.isMultiple(of: 2) {
        series.times.append(number)
      } else {
        series.values.append(Float(number))
      }
    }
    guard !isTimed || series.times.count == series.values.count else {
      throw SpectrumError(
        .malformedFile, "line \(line.number): a time has no value", line: line.number)
    }
    series.label = hasValue ? String(decoding: parts[1], as: UTF8.self) : ""
    return series
  }
}
