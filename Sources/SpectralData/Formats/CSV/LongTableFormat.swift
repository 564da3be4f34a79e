/// Reads long tables: one line for each point, with its position, its value and the spectrum that it
/// belongs to, as databases, statistics programs and Raman maps (`#X #Y #Wave #Intensity`) write them.
enum LongTableFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "long",
    summary:
      "long table or map: a line per point, as sample, position, value or X, Y, Wave, Intensity",
    suffixes: ["csv", "tsv", "txt"],
    recognizes: { LongTableLayout($0) != nil },
    decode: { bytes, settings throws(SpectrumError) in
      guard let layout = LongTableLayout(bytes) else {
        throw SpectrumError(
          .malformedFile, "a long table has columns of positions and values, and others")
      }
      return try decode(layout, settings)
    },
    encode: nil)

  /// The points of one spectrum.
  private struct Points {
    let columns: [String]
    var positions: [Double] = []
    var values: [Float] = []

    /// The points from low to high positions, if they are in no order.
    var ordered: Points {
      let steps = zip(positions, positions.dropFirst()).map { $1 - $0 }
      if steps.allSatisfy({ $0 >= 0 }) || steps.allSatisfy({ $0 <= 0 }) { return self }
      var result = Points(columns: columns)
      for index in positions.indices.sorted(by: { positions[$0] < positions[$1] }) {
        result.positions.append(positions[index])
        result.values.append(values[index])
      }
      return result
    }
  }

  private static func decode(
    _ layout: LongTableLayout, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> [SpectralDataset] {
    let spectra = try points(layout)
    if spectra.count > 4, spectra.allSatisfy({ $0.positions.count == 1 }) {
      throw SpectrumError(
        .malformedFile,
        "every line would be a spectrum of its own; leave only columns that are equal for all points of "
          + "a spectrum")
    }
    var order: [[Double]] = []
    var members: [[Double]: [Int]] = [:]
    for (index, spectrum) in spectra.enumerated() {
      if members[spectrum.positions] == nil { order.append(spectrum.positions) }
      members[spectrum.positions, default: []].append(index)
    }
    let unit = try settings.unit(named: AxisUnit(named: layout.headers[layout.position]))
    var result: [SpectralDataset] = []
    for positions in order {
      let group = (members[positions] ?? []).map { spectra[$0] }
      var raw = RawSpectra(positions: positions, rows: group.map(\.values))
      raw.hasGaps = group.contains { $0.values.contains(where: \.isNaN) }
      let metadata = layout.others.enumerated().map { place, column in
        SpectralDataset.MetadataColumn(
          name: layout.headers[column], values: group.map { $0.columns[place] })
      }
      let ordinate = SpectrumProvenance(fields: ["YUNITS": layout.headers[layout.value]])
      result.append(
        try raw.dataset(
          unit: unit, names: metadata.spectrumNames, metadata: metadata,
          provenance: group.map { _ in ordinate }))
    }
    return result
  }

  /// The points of all spectra, in the order of their first lines.
  private static func points(_ layout: LongTableLayout) throws(SpectrumError) -> [Points] {
    var text = layout.text
    var numbers = NumberReader()
    var cells: [DelimitedText.Cell] = []
    var spectra: [Points] = []
    var known: [[String]: Int] = [:]
    var current = 0
    while try text.next(&cells) {
      cells = layout.compact(cells)
      guard cells.count == layout.headers.count else {
        throw SpectrumError(
          .malformedFile,
          "line \(text.line) has \(cells.count) cells where the first has \(layout.headers.count)",
          line: text.line)
      }
      let columns = layout.others.map { text.text(cells[$0]) }
      if spectra.isEmpty || spectra[current].columns != columns {
        current = known[columns] ?? spectra.count
        if current == spectra.count { spectra.append(Points(columns: columns)) }
        known[columns] = current
      }
      guard let position = numbers.number(text.bytes, cells[layout.position].range) else {
        throw SpectrumError(
          .invalidCell,
          "line \(text.line): the position "
            + "\"\(text.text(cells[layout.position]).prefix(40))\" is no finite number",
          line: text.line, column: layout.position + 1)
      }
      spectra[current].positions.append(position)
      spectra[current].values.append(
        try cellValue(
          cells[layout.value], layout.value, layout.headers[layout.value], text, &numbers))
    }
    return spectra.map(\.ordered)
  }
}

/// Which columns of a long table are what.
struct LongTableLayout {
  /// The names of the columns.
  let headers: [String]

  /// The columns of positions and of values.
  let position: Int
  let value: Int

  /// The columns that say which spectrum a point belongs to.
  let others: [Int]

  /// The text behind the first line.
  let text: DelimitedText

  /// Whether columns are separated by several tabs, as in maps.
  private let hasEmptyCells: Bool

  private static let positionNames: Set = [
    "wave", "wavenumber", "wavenumbers", "wavelength", "wavelengths", "ramanshift", "shift",
    "position", "frequency", "variable", "nm", "cm1",
  ]

  private static let valueNames: Set = [
    "intensity", "intensities", "absorbance", "absorption", "value", "signal", "counts",
    "reflectance", "transmittance", "transmission", "int", "response",
  ]

  /// Looks at the first lines; nil when the file is no long table.
  init?(_ bytes: [UInt8]) {
    guard !bytes.prefix(4096).contains(0),
      let line = TextLines(bytes).first(where: { !$0.text.isEmpty }), line.text.count < 2000
    else { return nil }
    let isMap = line.text.first == UInt8(ascii: "#")
    var text = DelimitedText(bytes)
    var cells: [DelimitedText.Cell] = []
    let headers: [String]
    if isMap {
      headers = String(text: line.text).split { $0.isWhitespace || $0 == ";" || $0 == "," }
        .map { $0.hasPrefix("#") ? String($0.dropFirst()) : String($0) }
    } else {
      guard (try? text.next(&cells)) == true else { return nil }
      headers = cells.map(text.text)
    }
    let positions = headers.indices.filter { Self.isPosition(headers[$0]) }
    let values = headers.indices.filter { Self.valueNames.contains(Self.plain(headers[$0])) }
    guard headers.count > 2, headers.count < 40, positions.count == 1, values.count == 1,
      positions != values
    else { return nil }
    (self.headers, hasEmptyCells) = (headers, isMap)
    (position, value) = (positions[0], values[0])
    others = headers.indices.filter { $0 != positions[0] && $0 != values[0] }
    self.text = text
    if !hasSpectraBelow { return nil }
  }

  /// The cells without empty ones between tabs, in maps.
  func compact(_ cells: [DelimitedText.Cell]) -> [DelimitedText.Cell] {
    hasEmptyCells && cells.count > headers.count ? cells.filter { !$0.range.isEmpty } : cells
  }

  /// Whether positions come again, or the other columns stay the same: else they are spectra too.
  private var hasSpectraBelow: Bool {
    var text = text
    var numbers = NumberReader()
    var cells: [DelimitedText.Cell] = []
    var seen: Set<Double> = []
    var first: [String]?
    var isConstant = true
    while (try? text.next(&cells)) == true {
      cells = compact(cells)
      guard cells.count == headers.count,
        let position = numbers.number(text.bytes, cells[position].range)
      else { return false }
      if !seen.insert(position).inserted { return true }
      let columns = others.map { text.text(cells[$0]) }
      isConstant = isConstant && columns == first ?? columns
      first = first ?? columns
    }
    return seen.count > 1 && isConstant
  }

  private static func isPosition(_ header: String) -> Bool {
    positionNames.contains(plain(header)) || AxisUnit(named: header) != nil
  }

  /// A name without its unit, in small letters.
  private static func plain(_ header: String) -> String {
    let name = header.prefix { $0 != "(" && $0 != "[" }
    return String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}
