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
    guard block["NTUPLES"] == nil, let written = block["XYDATA"] ?? block["XYPOINTS"] else {
      return nil
    }
    var points = try points(block, written)
    let row = points.values.map { Float($0) }
    guard row.allSatisfy({ !$0.isInfinite }) else {
      throw SpectrumError(
        .invalidCell, "line \(written.line): an ordinate is too large", line: written.line)
    }
    let unit = try settings.unit(named: unit(block))
    var provenance = SpectrumProvenance(record: record, fields: fields(block))
    points.notes += mendOrdinate(&provenance, row) + unitNotes(block)
    do throws(SpectrumError) {
      var raw = RawSpectra(positions: points.positions, rows: [row])
      raw.hasGaps = row.contains(where: \.isNaN)
      try raw.mend()
      return try SpectralDataset(
        axis: SpectralAxis(positions: raw.positions, unit: unit), rows: raw.rows,
        names: [block.records[0].text], metadata: columns(block), provenance: [provenance]
      ).noting(points.notes + raw.notes)
    } catch {
      throw SpectrumError(
        error.code, "the data in line \(written.line): \(error)", line: error.line ?? written.line)
    }
  }

  private static func points(
    _ block: JCAMPBlock, _ written: JCAMPRecord
  ) throws(SpectrumError) -> JCAMPPoints {
    let form = written.value.filter { $0 != " " }.uppercased()
    let hasCommas = block.hasDecimalCommas
    let block = hasCommas ? block.withDecimalPoints(in: written.label) : block
    let data = block[written.label] ?? written
    var points: JCAMPPoints
    if form.hasPrefix("(X++(Y..Y)") {
      points = try JCAMPPoints(even: block, data)
    } else if form.hasPrefix("(XY..XY") {
      points = try JCAMPPoints(pairs: block, data)
    } else {
      throw SpectrumError(
        .unsupportedFile,
        "line \(data.line): data of the form \"\(data.value.prefix(30))\" are not read; "
          + "only (X++(Y..Y)) and (XY..XY)", line: data.line)
    }
    if hasCommas { points.notes.append("numbers have decimal commas") }
    if block.isUnended { points.notes.append("there is no ##END=, but all points are there") }
    return points
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

  /// Says that positions are measured in what is no unit of light, as hertz and seconds are.
  private static func unitNotes(_ block: JCAMPBlock) -> [String] {
    guard unit(block) == nil, let text = block["XUNITS"]?.value, !text.isEmpty,
      !text.uppercased().contains("ARBITRARY")
    else { return [] }
    return ["positions are in \(text.prefix(40)), no unit of light: they are kept as numbers"]
  }

  private static func unit(_ block: JCAMPBlock) -> AxisUnit? {
    let unit = block["XUNITS"].flatMap { AxisUnit(named: $0.value) }
    let isRaman = block["DATATYPE"]?.value.uppercased().contains("RAMAN") ?? false
    return isRaman && unit == .reciprocalCentimeter ? .ramanShift : unit
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
    for axis in order {
      let parts = groups[axis] ?? []
      result.append(parts.count == 1 ? parts[0] : try SpectralDataset(joining: parts))
    }
    return result
  }
}
