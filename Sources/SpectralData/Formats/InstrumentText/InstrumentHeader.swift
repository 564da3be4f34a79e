/// What stands above (and below) the numbers of an instrument's text.
struct InstrumentHeader {
  /// Names of the columns, none when they have none.
  private(set) var names: [String] = []

  /// Units of the columns, none when there is no line of them.
  private(set) var units: [String] = []

  /// Lines that say something about every column, their names first.
  private(set) var descriptions: [[String]] = []

  /// What the lines say, by their own names.
  private(set) var fields: [String: String] = [:]

  /// All lines that are no numbers.
  private let lines: [String]

  /// Reads what stands around a block.
  init(_ table: TextTable, _ block: TextTable.Block, above start: Int = 0) {
    let first = block.rows.first ?? 0
    let above = table.rows[start..<first]
    lines = table.rows[start...].filter { !$0.isNumeric && !$0.isBlank }.map {
      $0.cells.joined(separator: " ")
    }
    let near = above.reversed().filter { !$0.isBlank }.prefix {
      $0.cells.count == block.cellCount && !$0.isComment
    }
    readColumns(near.reversed().map(\.cells))
    let others = above.dropLast(0).filter { !$0.isBlank && !$0.isNumeric }
    for row in others { readField(row) }
    let heading = above.last { !$0.isBlank }
    if names.isEmpty, let heading, heading.isComment, !heading.cells[0].contains("=") {
      let cells = heading.cells.map { $0.trimming { $0 == "#" || $0 == " " } }.filter {
        !$0.isEmpty
      }
      if cells.count == block.cellCount { names = cells }
    }
  }

  /// Takes the lines with one cell for each column for names, units and descriptions.
  private mutating func readColumns(_ rows: [[String]]) {
    for cells in rows {
      if cells.contains(where: Self.isNumber) {
        descriptions.append(cells)
      } else if names.isEmpty {
        names = cells
      } else if cells.allSatisfy(Self.isUnit) {
        units = cells
      } else {
        descriptions.append(cells)
      }
    }
    // Lines of a key and its value above two columns are no descriptions of spectra.
    if rows.first?.count == 2, rows.count > 2 || !descriptions.isEmpty {
      (names, descriptions) = (units.isEmpty ? [] : names, [])
    }
  }

  private static func isNumber(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var reader = NumberReader()
    return reader.number(bytes, bytes.indices) != nil
  }

  private static func isUnit(_ text: String) -> Bool {
    text.hasPrefix("[") && text.hasSuffix("]") || AxisUnit(named: text) != nil
      || Ordinate(named: text) != nil
  }

  private mutating func readField(_ row: TextTable.Row) {
    guard fields.count < 64 else { return }
    let text = row.cells.joined(separator: "\t").trimming { "#\t ".contains($0) }
    guard let end = text.firstIndex(where: { "=:\t;,".contains($0) }) else { return }
    let name = String(text[..<end]).trimming(where: \.isWhitespace)
    let value = String(text[text.index(after: end)...]).trimming { "=\t; ".contains($0) }
    if !name.isEmpty, name.count < 60, !value.isEmpty, fields[name] == nil {
      fields[name] = String(value.prefix(400))
    }
  }

  /// Whether some line holds a text.
  func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

  /// Whether some line is exactly a text.
  func hasLine(_ text: String) -> Bool { lines.contains(text) }

  /// The name and the unit of a column, as far as there are.
  func title(_ column: Int) -> String {
    let name = names.indices.contains(column) ? names[column] : ""
    let unit = units.indices.contains(column) ? units[column] : ""
    return (name + " " + unit).trimming(where: \.isWhitespace)
  }

  /// What positions are measured in when no name of a column says so.
  ///
  /// - Parameter fileName: May say what was measured, as in names of RRUFF.
  /// - Returns: The unit; nil when nothing says it.
  func unit(fileName: String) -> AxisUnit? {
    if let mode = fields["XAxis mode"] ?? fields["XDataKind"] ?? fields["XAxisUnit"] {
      return mode.lowercased().hasPrefix("wavelength") ? .nanometer : AxisUnit(named: mode)
    }
    // Ocean Optics and CRAIC write nanometers, PerkinElmer's UV and fluorescence files NM.
    if contains(">>>>>Begin") || contains("SciMode:") || hasLine("NM") { return .nanometer }
    // LabSpec gives the place of the grating in the unit of the axis.
    if fields["Laser"] != nil, fields.keys.contains(where: { $0.hasPrefix("Spectro (cm") }) {
      return .ramanShift
    }
    if fields["RRUFFID"] != nil {
      let name = fileName.lowercased()
      return name.contains("raman")
        ? .ramanShift
        : name.contains("infrared") ? .reciprocalCentimeter : nil
    }
    return nil
  }

  /// What the intensities are when no name of a column says so.
  ///
  /// - Parameter fileName: Its end may say what was measured, as with OOIBase32.
  /// - Returns: What they are, in words; nil when nothing says it.
  func ordinate(fileName: String) -> String? {
    if let unit = fields["DataUnit"] { return unit }
    let quantities = ["Reflectance", "Transmittance"]
    if contains("SciMode:"), let quantity = quantities.first(where: hasLine) {
      return "percent " + quantity.lowercased()
    }
    guard contains(">>>>>Begin") else { return nil }
    let end = fileName.split(separator: ".").last.map { $0.lowercased() }
    let ends = [
      "transmission": "percent transmittance", "reflection": "percent reflectance",
      "absorbance": "absorbance", "scope": "counts",
    ]
    return end.flatMap { ends[$0] }
  }
}
