/// Reads and writes JCAMP-DX 4.24 and 5 files of spectra.
///
/// Both forms of data, `(X++(Y..Y))` and `(XY..XY)`, with ordinates in AFFN, PAC, SQZ, DIF and DUP, and
/// link blocks are read; repeated ordinates, abscissas and the number of points are checked.
package enum JCAMPSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "jcamp-dx", summary: "JCAMP-DX 4.24 and 5, packed or not, one or more blocks",
    suffixes: ["jdx", "dx", "jcm", "jcamp"],
    recognizes: { bytes in
      let start = bytes.prefix(1 << 16)
      guard !start.prefix(4096).contains(0) else { return false }
      // Comments may stand in front of the first record, and others have records of their own.
      let line = TextLines(Array(start)).first {
        !$0.text.isEmpty && !$0.text.starts(with: [0x24, 0x24])
      }
      guard line?.text.starts(with: [0x23, 0x23]) == true else { return false }
      return JCAMPRecord.records(Array(start)).contains {
        ["TITLE", "JCAMPDX", "XYDATA", "XYPOINTS"].contains($0.label)
      }
    },
    decode: { bytes, settings throws(SpectrumError) in try decode(bytes, settings) },
    encode: { dataset throws(SpectrumError) in try encode(dataset) })

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - settings: What is known about it.
  /// - Returns: One data set for each axis.
  /// - Throws: `SpectrumError` naming the line where there is one.
  package static func decode(
    _ bytes: [UInt8], _ settings: SpectrumReadingSettings = SpectrumReadingSettings()
  ) throws(SpectrumError) -> [SpectralDataset] {
    var parts: [SpectralDataset] = []
    var skipped: [String] = []
    for block in try JCAMPBlock.blocks(bytes) {
      if let part = try spectrum(block, settings, record: parts.count + 1) {
        parts.append(part)
      } else if let other = block.records.first(where: { unreadForms.contains($0.label) }) {
        skipped.append("##\(other.writtenLabel)= in line \(other.line)")
      }
    }
    guard !parts.isEmpty else {
      throw SpectrumError(
        skipped.isEmpty ? .malformedFile : .unsupportedFile,
        skipped.isEmpty
          ? "no block holds ##XYDATA= or ##XYPOINTS="
          : "only ##XYDATA= and ##XYPOINTS= are read, not \(skipped.joined(separator: ", "))")
    }
    return try SpectralDataset.grouped(parts)
  }

  private static let unreadForms: Set = [
    "NTUPLES", "PEAKTABLE", "PEAKASSIGNMENTS", "RADATA", "DATATABLE",
  ]

  private static func spectrum(
    _ block: JCAMPBlock, _ settings: SpectrumReadingSettings, record: Int
  ) throws(SpectrumError) -> SpectralDataset? {
    guard block["NTUPLES"] == nil, let data = block["XYDATA"] ?? block["XYPOINTS"] else {
      return nil
    }
    let form = data.value.filter { $0 != " " }.uppercased()
    let points: (positions: [Double], values: [Double])
    if form.hasPrefix("(X++(Y..Y)") {
      points = try evenPoints(block, data)
    } else if form.hasPrefix("(XY..XY") {
      points = try pairedPoints(block, data)
    } else {
      throw SpectrumError(
        .unsupportedFile,
        "line \(data.line): data of the form \"\(data.value.prefix(30))\" are not read; "
          + "only (X++(Y..Y)) and (XY..XY)", line: data.line)
    }
    let row = points.values.map { Float($0) }
    guard row.allSatisfy(\.isFinite) else {
      throw SpectrumError(
        .invalidCell, "line \(data.line): an ordinate is too large", line: data.line)
    }
    let unit = try settings.unit(named: unit(block))
    var provenance = SpectrumProvenance(record: record, fields: fields(block))
    let notes = mendOrdinate(&provenance, row)
    do throws(SpectrumError) {
      return try SpectralDataset(
        axis: SpectralAxis(positions: points.positions, unit: unit), rows: [row],
        names: [block.records[0].text], metadata: columns(block),
        provenance: [provenance]
      ).noting(notes)
    } catch {
      throw SpectrumError(
        error.code, "the data in line \(data.line): \(error)", line: error.line ?? data.line)
    }
  }

  /// Transmittance and reflectance far above 1 are percent, whatever the file says; tells so.
  private static func mendOrdinate(_ provenance: inout SpectrumProvenance, _ row: [Float])
    -> [String]
  {
    guard let ordinate = provenance.ordinate,
      ordinate == .transmittance || ordinate == .reflectance, let largest = row.max(), largest > 10
    else { return [] }
    provenance.fields[SpectrumProvenance.ordinateField] = "percent \(ordinate.rawValue)"
    return ["##YUNITS= says \(ordinate.rawValue), but values reach \(largest): they are percent"]
  }

  private static func unit(_ block: JCAMPBlock) -> AxisUnit? {
    let unit = block["XUNITS"].flatMap { AxisUnit(named: $0.value) }
    let isRaman = block["DATATYPE"]?.value.uppercased().contains("RAMAN") ?? false
    return isRaman && unit == .reciprocalCentimeter ? .ramanShift : unit
  }

  private static func pointCount(_ block: JCAMPBlock) throws(SpectrumError) -> Int? {
    guard let number = try block.number("NPOINTS") else { return nil }
    guard let count = Int(exactly: number), (1...SpectralAxis.greatestCount).contains(count) else {
      let line = block["NPOINTS"]?.line ?? block.line
      throw SpectrumError(
        .malformedFile,
        "line \(line): ##NPOINTS= \(ShortNumber.text(number)) is no number of points from 1 to "
          + "\(SpectralAxis.greatestCount)", line: line)
    }
    return count
  }

  private static func evenPoints(
    _ block: JCAMPBlock, _ data: JCAMPRecord
  ) throws(SpectrumError) -> (positions: [Double], values: [Double]) {
    let (last, delta) = (try block.number("LASTX"), try block.number("DELTAX"))
    let count = try pointCount(block)
    guard let first = try block.number("FIRSTX"), delta != nil || last != nil else {
      throw SpectrumError(
        .malformedFile,
        "the block in line \(block.line) needs ##FIRSTX= and ##LASTX= or ##DELTAX=",
        line: block.line)
    }
    func step(_ count: Int) -> Double? {
      if let last, count > 1 { return (last - first) / Double(count - 1) }
      return delta
    }
    var ordinates = JCAMPOrdinates(
      JCAMPOrdinates.Grid(
        first: first, step: count.map(step) ?? delta, factor: try block.number("XFACTOR") ?? 1,
        count: count))
    for line in data.lines.dropFirst() { try ordinates.decode(line) }
    try check(ordinates.values.count, count, data)
    let (factor, step) = (try block.number("YFACTOR") ?? 1, step(ordinates.values.count) ?? 0)
    let positions = ordinates.values.indices.map { first + Double($0) * step }
    return (positions, ordinates.values.map { $0 * factor })
  }

  private static func pairedPoints(
    _ block: JCAMPBlock, _ data: JCAMPRecord
  ) throws(SpectrumError) -> (positions: [Double], values: [Double]) {
    let factors = (x: try block.number("XFACTOR") ?? 1, y: try block.number("YFACTOR") ?? 1)
    var (positions, values): ([Double], [Double]) = ([], [])
    for line in data.lines.dropFirst() {
      var scanner = JCAMPScanner(line)
      while !scanner.isAtEnd {
        let number = try scanner.decimal(.always).value
        if positions.count == values.count {
          positions.append(number * factors.x)
        } else {
          values.append(number * factors.y)
        }
      }
    }
    guard positions.count == values.count else {
      throw SpectrumError(
        .malformedFile, "the data in line \(data.line) end with an abscissa without its ordinate",
        line: data.line)
    }
    try check(values.count, pointCount(block), data)
    return (positions, values)
  }

  private static func check(
    _ found: Int, _ count: Int?, _ data: JCAMPRecord
  ) throws(SpectrumError) {
    guard found == count ?? found, found > 0 else {
      throw SpectrumError(
        .malformedFile,
        "the data in line \(data.line) hold \(found) points, but ##NPOINTS= says \(count ?? 1); "
          + "lines are missing or damaged", line: data.line)
    }
  }

  /// The prefix of records that hold columns beside the spectra.
  static let columnPrefix = "$COLUMN "

  private static func columns(_ block: JCAMPBlock) -> [SpectralDataset.MetadataColumn] {
    block.records.compactMap { record in
      guard record.writtenLabel.hasPrefix("$") else { return nil }
      let isOwn = record.writtenLabel.hasPrefix(columnPrefix)
      let name = String(record.writtenLabel.dropFirst(isOwn ? columnPrefix.count : 1))
      let column = SpectralDataset.MetadataColumn(name: name, values: [record.text])
      return isOwn || column.isDescriptive ? column : nil
    }
  }

  private static let structure: Set = [
    "TITLE", "XYDATA", "XYPOINTS", "PEAKTABLE", "FIRSTX", "LASTX", "DELTAX", "NPOINTS", "XFACTOR",
    "YFACTOR", "MINX", "MAXX", "MINY", "MAXY", "FIRSTY", "JCAMPDX", "BLOCKS", "BLOCKID",
  ]

  private static func fields(_ block: JCAMPBlock) -> [String: String] {
    var fields: [String: String] = [:]
    for record in block.records
    where !structure.contains(record.label) && !record.writtenLabel.hasPrefix(columnPrefix)
      && fields.count < 64
    {
      let text = record.text
      if !text.isEmpty { fields[record.label] = String(text.prefix(400)) }
    }
    return fields
  }
}

extension SpectralDataset {
  /// Puts data sets on equal axes together, in the order of their first spectra.
  static func grouped(_ parts: [SpectralDataset]) throws(SpectrumError) -> [SpectralDataset] {
    var order: [SpectralAxis] = []
    var groups: [SpectralAxis: [SpectralDataset]] = [:]
    for part in parts {
      if groups[part.axis] == nil { order.append(part.axis) }
      groups[part.axis, default: []].append(part)
    }
    var result: [SpectralDataset] = []
    for axis in order { result.append(try SpectralDataset(joining: groups[axis] ?? [])) }
    return result
  }
}
