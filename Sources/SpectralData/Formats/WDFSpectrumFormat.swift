/// Reads Renishaw WiRE files (WDF): one spectrum, a series or a map.
///
/// The spectra that were measured are read, in the order in which they were; of a measurement that was
/// stopped the file keeps room for the others. Where and when each was measured become columns.
enum WDFSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "wdf", summary: "Renishaw WiRE: one spectrum, a series or a map", suffixes: ["wdf"],
    recognizes: { $0.starts(with: Array("WDF1".utf8)) },
    decode: { bytes, settings throws(SpectrumError) in
      [try decode(BinaryReader(bytes: bytes, isBigEndian: false), settings)]
    },
    encode: nil)

  private static func decode(
    _ reader: BinaryReader, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> SpectralDataset {
    try reader.require(512, at: 0, "the header")
    let points = reader.long(60)
    try reader.requirePointCount(points)
    let blocks = try blocks(reader)
    guard let count = reader.quad(72), count > 0, count <= reader.bytes.count / 4 / points,
      let data = blocks["DATA"], let list = blocks["XLST"]
    else {
      throw SpectrumError(
        .malformedFile, "the header claims spectra that the file does not hold; it is cut off")
    }
    try reader.require(4 * points * count, at: data.lowerBound, "\(count) spectra")
    let rows = try (0..<count).map { index throws(SpectrumError) in
      try reader.floats(points, at: data.lowerBound + 4 * points * index, "a spectrum")
    }
    let axis = try axis(reader, list, points, settings)
    let (columns, placeUnit) = try columns(reader, blocks["ORGN"], count)
    let capacity = reader.quad(64) ?? count
    let note = "the measurement was stopped: \(count) of \(capacity) spectra are there"
    var fields = fields(reader)
    fields[SpectrumProvenance.placeUnitField] = placeUnit
    return try SpectralDataset(
      axis: axis, rows: rows, metadata: columns, roles: ColumnRoles(measuring: columns),
      provenance: (1...count).map { SpectrumProvenance(record: $0, fields: fields) }
    ).noting(count < capacity ? [note] : [])
  }

  /// Where the contents of each block lie, by the names of the first of a kind.
  private static func blocks(_ reader: BinaryReader) throws(SpectrumError) -> [String: Range<Int>] {
    var blocks: [String: Range<Int>] = [:]
    var offset = 512
    while offset + 16 <= reader.bytes.count {
      guard let size = reader.quad(offset + 8), size >= 16, size <= reader.bytes.count - offset
      else { break }
      let name = reader.text(offset..<offset + 4)
      if blocks[name] == nil { blocks[name] = offset + 16..<offset + size }
      offset += size
    }
    return blocks
  }

  private static func axis(
    _ reader: BinaryReader, _ list: Range<Int>, _ points: Int, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> SpectralAxis {
    guard list.count >= 8 + 4 * points else {
      throw SpectrumError(
        .malformedFile, "there are fewer positions than the \(points) points of a spectrum")
    }
    let unit: AxisUnit? =
      switch reader.long(list.lowerBound + 4) {
      case 1: .ramanShift
      case 2: .reciprocalCentimeter
      case 3: .nanometer
      case 5: .micrometer
      default: nil
      }
    let positions = try reader.floats(points, at: list.lowerBound + 8, "the positions")
    return try SpectralAxis(
      positions: positions.map(Double.init), unit: settings.unit(named: unit))
  }

  /// Columns of where each spectrum was measured and of when, in seconds from the first, and the unit of
  /// places if it is a length.
  private static func columns(
    _ reader: BinaryReader, _ block: Range<Int>?, _ count: Int
  ) throws(SpectrumError) -> (columns: [SpectralDataset.MetadataColumn], unit: String?) {
    guard let block, block.count >= 4, let capacity = reader.quad(64),
      (count...max(count, block.count)).contains(capacity)
    else { return ([], nil) }
    var columns: [SpectralDataset.MetadataColumn] = []
    var unit: String?
    var offset = block.lowerBound + 4
    for _ in 0..<min(64, reader.long(block.lowerBound)) {
      guard offset + 24 + 8 * capacity <= block.upperBound else { break }
      let (kind, place) = (reader.long(offset) & 0x7FFF_FFFF, offset + 24)
      offset = place + 8 * capacity
      if kind == 11 {
        // Ticks of 100 ns since 1601, as whole numbers.
        let ticks = (0..<count).map { reader.quad(place + 8 * $0) ?? 0 }
        guard Set(ticks).count > 1, let first = ticks.first else { continue }
        let seconds = ticks.map {
          Double($0.subtractingReportingOverflow(first).partialValue) / 1e7
        }
        columns.append(.init(name: "time s", values: seconds.map { ShortNumber.text($0) }))
      } else if let name = [3: "map x", 4: "map y", 5: "map z"][kind] {
        let numbers = try reader.doubles(count, at: place, "the places of the spectra")
        guard numbers.allSatisfy(\.isFinite) else { continue }
        // The codes of WiRE for lengths.
        unit = [5: "µm", 8: "mm"][reader.long(place - 20)] ?? unit
        columns.append(.init(name: name, values: numbers.map { ShortNumber.text($0) }))
      }
    }
    return (columns, unit)
  }

  private static func fields(_ reader: BinaryReader) -> [String: String] {
    var fields = ["TITLE": reader.text(240..<400)].filter { !$0.value.isEmpty }
    let units = [6: "counts", 17: "intensity", 18: "relative intensity"]
    fields[SpectrumProvenance.ordinateField] = units[reader.long(152)] ?? "counts"
    let laser = reader.float(156)
    if laser.isFinite, laser > 0 { fields["LASER NM"] = ShortNumber.text(1e7 / Double(laser)) }
    return fields
  }
}
