/// Reads Galactic (Thermo) SPC files: new ones of either byte order and old ones, one spectrum or
/// several, positions even, stored once or stored with each spectrum, ordinates of 16 or 32 bits or
/// floating point.
enum SPCSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "spc", summary: "Galactic/Thermo SPC, new (either byte order) and old, one or more spectra",
    suffixes: ["spc"],
    recognizes: { SPCHeader.isPlausible($0) },
    decode: { bytes, settings throws(SpectrumError) in try decode(bytes, settings) },
    encode: nil)

  private static let subheaderSize = 32

  /// What stands in front of the ordinates of each spectrum.
  private struct Subheader {
    let exponent: Int
    let depth: Float
    let pointCount: Int

    init(_ reader: BinaryReader, _ offset: Int) throws(SpectrumError) {
      try reader.require(subheaderSize, at: offset, "the header of a spectrum")
      exponent = reader.signedByte(offset + 1)
      depth = reader.float(offset + 4)
      pointCount = reader.long(offset + 16)
    }
  }

  private static func decode(
    _ bytes: [UInt8], _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> [SpectralDataset] {
    guard bytes.count > 1, let version = SPCHeader.Version(rawValue: bytes[1]) else {
      throw SpectrumError(.malformedFile, "the second byte is none of the versions 4B, 4C and 4D")
    }
    let reader = BinaryReader(bytes: bytes, isBigEndian: version == .newBigEndian)
    let header = try SPCHeader(reader, version)
    let unit = try settings.unit(named: header.unit)
    var offset = header.dataOffset
    let shared = try sharedAxis(reader, header, unit, &offset)
    var (parts, depths): ([(SpectralAxis, [Float])], [Float]) = ([], [])
    while header.spectrumCount.map({ parts.count < $0 }) ?? hasMore(bytes, offset, parts.isEmpty) {
      let subheader = try Subheader(reader, offset)
      offset += subheaderSize
      let count = header.hasOwnPositions ? subheader.pointCount : header.pointCount
      var axis = shared
      if header.hasOwnPositions {
        axis = try storedAxis(reader, count, unit, &offset)
      }
      guard let axis else { throw SpectrumError(.malformedFile, "there are no positions") }
      let exponent = header.isMultiple ? subheader.exponent : header.exponent
      parts.append((axis, try ordinates(reader, header, exponent, count, &offset)))
      depths.append(subheader.depth)
    }
    return try datasets(parts, depths, header)
  }

  /// Whether an old file, which does not count its spectra, has another one; what is too short for a
  /// header of its own is padding.
  private static func hasMore(_ bytes: [UInt8], _ offset: Int, _ isFirst: Bool) -> Bool {
    isFirst || offset + subheaderSize < bytes.count
  }

  private static func sharedAxis(
    _ reader: BinaryReader, _ header: SPCHeader, _ unit: AxisUnit, _ offset: inout Int
  ) throws(SpectrumError) -> SpectralAxis? {
    if header.hasOwnPositions { return nil }
    if header.hasPositions { return try storedAxis(reader, header.pointCount, unit, &offset) }
    // The ordinates of the first spectrum are the least that must follow.
    try reader.require(
      header.pointCount * (header.isShort ? 2 : 4), at: offset,
      "a spectrum of \(header.pointCount) points")
    return try SpectralAxis(
      from: header.first, through: header.last, count: header.pointCount, unit: unit)
  }

  private static func storedAxis(
    _ reader: BinaryReader, _ count: Int, _ unit: AxisUnit, _ offset: inout Int
  ) throws(SpectrumError) -> SpectralAxis {
    try reader.require(4 * count, at: offset, "a list of \(count) positions")
    let start = offset
    offset += 4 * count
    return try SpectralAxis(
      positions: (0..<count).map { Double(reader.float(start + 4 * $0)) }, unit: unit)
  }

  private static func ordinates(
    _ reader: BinaryReader, _ header: SPCHeader, _ exponent: Int, _ count: Int, _ offset: inout Int
  ) throws(SpectrumError) -> [Float] {
    let isFloat = exponent == SPCHeader.floatExponent
    let width = header.isShort && !isFloat ? 2 : 4
    try reader.require(width * count, at: offset, "a spectrum of \(count) points")
    let start = offset
    offset += width * count
    if isFloat { return (0..<count).map { reader.float(start + 4 * $0) } }
    guard (-126...127).contains(exponent) else {
      throw SpectrumError(
        .malformedFile, "the exponent \(exponent) of a spectrum is impossible; the file is damaged")
    }
    // Whole numbers are fractions of the exponent's power of two.
    let scale = scalb(1, exponent - 8 * width)
    if width == 2 {
      return (0..<count).map {
        Float(Double(Int16(truncatingIfNeeded: reader.word(start + 2 * $0))) * scale)
      }
    }
    return (0..<count).map {
      let place = start + 4 * $0
      // Old files hold the higher half of each number first.
      let bits =
        header.version == .old
        ? reader.word(place) << 16 | reader.word(place + 2) : reader.long(place)
      return Float(Double(Int32(truncatingIfNeeded: bits)) * scale)
    }
  }

  private static func scalb(_ number: Double, _ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: number)
  }

  private static func datasets(
    _ parts: [(axis: SpectralAxis, row: [Float])], _ depths: [Float], _ header: SPCHeader
  ) throws(SpectrumError) -> [SpectralDataset] {
    let hasDepths = Set(depths).count > 1 && depths.allSatisfy(\.isFinite)
    let notes =
      header.fields["XUNITS"].map {
        ["positions are in \($0), no unit of light: they are kept as numbers"]
      } ?? []
    var order: [SpectralAxis] = []
    var groups: [SpectralAxis: [Int]] = [:]
    for (index, part) in parts.enumerated() {
      if groups[part.axis] == nil { order.append(part.axis) }
      groups[part.axis, default: []].append(index)
    }
    var result: [SpectralDataset] = []
    for axis in order {
      let members = groups[axis] ?? []
      let depth = SpectralDataset.MetadataColumn(
        name: "z", values: members.map { ShortNumber.text(depths[$0]) })
      result.append(
        try SpectralDataset(
          axis: axis, rows: members.map { parts[$0].row }, metadata: hasDepths ? [depth] : [],
          provenance: members.map {
            SpectrumProvenance(record: $0 + 1, fields: header.fields)
          }
        ).noting(notes))
    }
    return result
  }
}
