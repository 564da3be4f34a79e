import TensorCore

extension JCAMPSpectrumFormat {
  /// How ordinates are written.
  package enum Ordinates: String, Codable, Hashable, Sendable, CaseIterable {
    /// Decimal numbers (AFFN) with as many digits as reading them back exactly needs.
    case decimal

    /// Differences and repetitions (DIF, DUP) of whole numbers, rounded to 10⁻⁸ of the largest
    /// ordinate: smaller files, above all of smooth spectra.
    case compressed
  }

  /// The bytes of a JCAMP-DX 4.24 file; several spectra become blocks of a link block.
  ///
  /// Points at even distances (to a millionth of a step) are written as `(X++(Y..Y))`, others as
  /// `(XY..XY)`, which is never compressed.
  ///
  /// - Parameters:
  ///   - dataset: The spectra, at least one.
  ///   - ordinates: How ordinates are written.
  /// - Returns: UTF-8 text.
  /// - Throws: `SpectrumError` with code `unwritable` when there is no spectrum, or a name or a cell
  ///   holds a line end or `$$`, which start something else in this format.
  package static func encode(
    _ dataset: SpectralDataset, ordinates: Ordinates = .decimal
  ) throws(SpectrumError) -> [UInt8] {
    guard !dataset.rows.isEmpty else {
      throw SpectrumError(.unwritable, "there is no spectrum to write")
    }
    var text = ""
    let isLinked = dataset.rows.count > 1
    if isLinked {
      text += "##TITLE= \(dataset.rows.count) spectra\n##JCAMP-DX= 4.24\n##DATA TYPE= LINK\n"
      text += "##BLOCKS= \(dataset.rows.count + 1)\n"
    }
    for row in dataset.rows.indices { text += try block(dataset, row, ordinates) }
    if isLinked { text += "##END=\n" }
    return Array(text.utf8)
  }

  private static func block(
    _ dataset: SpectralDataset, _ row: Int, _ ordinates: Ordinates
  ) throws(SpectrumError) -> String {
    let fields = dataset.provenance?[row].fields ?? [:]
    var lines = [
      "##TITLE= " + (try safe(dataset.names?[row] ?? "Spectrum \(row + 1)")),
      "##JCAMP-DX= 4.24", "##DATA TYPE= " + dataType(dataset.axis.unit, fields["DATATYPE"]),
    ]
    for (label, value) in fields.sorted(by: { $0.key < $1.key })
    where !["DATATYPE", "XUNITS"].contains(label) && label.allSatisfy(\.isASCII)
      && !label.hasPrefix("$") && !label.contains("=")
    {
      lines.append("##\(label)= " + (try safe(value)))
    }
    for column in dataset.metadata {
      guard !column.name.contains("=") else {
        throw SpectrumError(
          .unwritable, "the column name \"\(column.name)\" holds an equals sign; rename it")
      }
      lines.append("##\(columnPrefix)\(try safe(column.name))= " + (try safe(column.values[row])))
    }
    lines.append("##XUNITS= " + unitName(dataset.axis.unit))
    if fields["YUNITS"] == nil { lines.append("##YUNITS= ARBITRARY UNITS") }
    lines += data(dataset.axis, dataset.rows[row], ordinates)
    return lines.joined(separator: "\n") + "\n##END=\n"
  }

  private static func safe(_ text: String) throws(SpectrumError) -> String {
    guard !text.contains("$$"), !text.contains(where: \.isNewline),
      text.first?.isWhitespace != true, text.last?.isWhitespace != true
    else {
      throw SpectrumError(
        .unwritable,
        "\"\(text.prefix(40))\" cannot stand in a JCAMP-DX record ($$, blank ends or a line end)")
    }
    return text
  }

  private static func dataType(_ unit: AxisUnit, _ known: String?) -> String {
    if unit == .ramanShift { return "RAMAN SPECTRUM" }
    let isRaman = known?.uppercased().contains("RAMAN") ?? false
    if let known, !isRaman { return known }
    switch unit {
    case .reciprocalCentimeter, .micrometer: return "INFRARED SPECTRUM"
    case .nanometer: return "UV/VIS SPECTRUM"
    default: return "SPECTRUM"
    }
  }

  private static func unitName(_ unit: AxisUnit) -> String {
    switch unit {
    case .reciprocalCentimeter, .ramanShift: "1/CM"
    case .nanometer: "NANOMETERS"
    case .micrometer: "MICROMETERS"
    case .index: "ARBITRARY UNITS"
    }
  }

  private static func data(
    _ axis: SpectralAxis, _ row: [Float], _ ordinates: Ordinates
  ) -> [String] {
    let (first, last) = (axis.positions[0], axis.positions[axis.count - 1])
    let step = axis.count > 1 ? (last - first) / Double(axis.count - 1) : 1
    let isEven = axis.positions.indices.allSatisfy {
      abs(axis.positions[$0] - (first + Double($0) * step)) <= 1e-6 * abs(step)
    }
    let largest = row.reduce(0) { max($0, abs($1)) }
    let isCompressed = isEven && ordinates == .compressed && largest > 0
    let factor = isCompressed ? Double(largest) / 99_999_999 : 1
    var lines = [
      "##XFACTOR= 1", "##YFACTOR= \(ShortNumber.text(factor))",
      "##FIRSTX= \(ShortNumber.text(first))", "##LASTX= \(ShortNumber.text(last))",
    ]
    if isEven { lines.append("##DELTAX= \(ShortNumber.text(step))") }
    lines += [
      "##FIRSTY= \(number(row[0]))", "##MAXY= \(number(row.max() ?? 0))",
      "##MINY= \(number(row.min() ?? 0))", "##NPOINTS= \(axis.count)",
    ]
    guard isEven else {
      return lines + ["##XYPOINTS= (XY..XY)"]
        + axis.positions.indices.map {
          "\(ShortNumber.text(axis.positions[$0])), \(number(row[$0]))"
        }
    }
    lines.append("##XYDATA= (X++(Y..Y))")
    guard isCompressed else { return lines + decimalLines(axis, row) }
    let whole = row.map { Int((Double($0) / factor).rounded()) }
    return lines + JCAMPCompression.lines(axis.positions.map(ShortNumber.text), whole)
  }

  private static func number(_ value: Float) -> String { ShortNumber.text(value).uppercased() }

  private static func decimalLines(_ axis: SpectralAxis, _ row: [Float]) -> [String] {
    var lines: [String] = []
    var line = ""
    for (index, value) in row.enumerated() {
      let text = number(value)
      if !line.isEmpty, line.utf8.count + text.utf8.count + 1 > 80 {
        lines.append(line)
        line = ""
      }
      if line.isEmpty { line = ShortNumber.text(axis.positions[index]) }
      line += " " + text
    }
    return lines + [line]
  }
}

/// Writes whole numbers as differences and repetitions.
enum JCAMPCompression {
  /// Lines of at most 80 characters, each with its abscissa, and a last one that repeats the last
  /// ordinate for the check.
  static func lines(_ abscissas: [String], _ values: [Int]) -> [String] {
    var lines: [String] = []
    var line = abscissas[0] + letters(values[0], "@ABCDEFGHI", "@abcdefghi")
    var index = 1
    while index < values.count {
      let difference = values[index] - values[index - 1]
      var count = 1
      while index + count < values.count,
        values[index + count] - values[index + count - 1] == difference
      {
        count += 1
      }
      var entry = letters(difference, "%JKLMNOPQR", "%jklmnopqr")
      if count > 1 { entry += letters(count, " STUVWXYZs", "") }
      if line.utf8.count + entry.utf8.count > 80 {
        lines.append(line)
        line = abscissas[index - 1] + letters(values[index - 1], "@ABCDEFGHI", "@abcdefghi")
      }
      line += entry
      index += count
    }
    lines.append(line)
    if let abscissa = abscissas.last, let value = values.last, values.count > 1 {
      lines.append(abscissa + letters(value, "@ABCDEFGHI", "@abcdefghi"))
    }
    return lines
  }

  /// The digits of a number, the first replaced by a letter that tells the sign too.
  private static func letters(_ number: Int, _ positive: String, _ negative: String) -> String {
    let digits = String(number.magnitude)
    let alphabet = Array(number < 0 ? negative : positive)
    let first = digits.first?.wholeNumberValue ?? 0
    return String(alphabet[first]) + digits.dropFirst()
  }
}
