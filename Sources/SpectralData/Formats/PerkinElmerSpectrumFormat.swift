/// Reads PerkinElmer Spectrum files (`.sp`): one spectrum at even distances.
///
/// After 44 bytes the file is one block with others inside; each is a number, a length and contents
/// that start with a code of their type.
enum PerkinElmerSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "perkin-elmer", summary: "PerkinElmer Spectrum: one spectrum (sp)", suffixes: ["sp"],
    recognizes: { $0.starts(with: Array("PEPE".utf8)) },
    decode: { bytes, settings throws(SpectrumError) in
      [try decode(BinaryReader(bytes: bytes, isBigEndian: false), settings)]
    },
    encode: nil)

  /// Numbers of the blocks that are needed.
  private enum Member {
    static let dataset = 120
    static let range = 35698
    static let count = 35701
    static let positionUnit = 35703
    static let intensityUnit = 35704
    static let values = 35708
    static let name = 35713
  }

  private static func decode(
    _ reader: BinaryReader, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> SpectralDataset {
    try reader.require(50, at: 0, "the header")
    let kind = reader.text(4..<44)
    guard reader.word(44) == Member.dataset, kind.hasPrefix("2D") else {
      throw SpectrumError(
        .unsupportedFile,
        "a PerkinElmer file of the kind \"\(kind.prefix(40))\"; only single spectra (2D constant "
          + "interval) are read, export others as JCAMP-DX or CSV")
    }
    let members = try members(reader)
    guard let range = members[Member.range], let counts = members[Member.count],
      let values = members[Member.values]
    else { throw SpectrumError(.malformedFile, "the file holds no spectrum, or is cut off") }
    try reader.require(18, at: range.lowerBound, "the range of positions")
    try reader.require(6, at: counts.lowerBound, "the number of points")
    let count = reader.long(counts.lowerBound + 2)
    try reader.requirePointCount(count)
    guard values.count >= 6 + 8 * count else {
      throw SpectrumError(
        .malformedFile, "\(values.count) bytes do not hold the \(count) points of the spectrum")
    }
    let row = try reader.doubles(count, at: values.lowerBound + 6, "the spectrum")
    let unit = text(reader, members[Member.positionUnit]).flatMap(AxisUnit.init(named:))
    let axis = try SpectralAxis(
      from: reader.double(range.lowerBound + 2), through: reader.double(range.lowerBound + 10),
      count: count, unit: settings.unit(named: unit))
    var fields: [String: String] = [:]
    fields[SpectrumProvenance.ordinateField] = text(reader, members[Member.intensityUnit])
    let name = text(reader, members[Member.name]).flatMap { $0.isEmpty ? nil : $0 }
    return try SpectralDataset(
      axis: axis, rows: [row.map { Float($0) }], names: name.map { [$0] },
      provenance: [SpectrumProvenance(record: 1, fields: fields)])
  }

  /// Where the contents of the blocks inside the data set lie, by their numbers.
  private static func members(_ reader: BinaryReader) throws(SpectrumError) -> [Int: Range<Int>] {
    let size = reader.signedLong(46)
    try reader.require(size, at: 50, "the data set")
    var members: [Int: Range<Int>] = [:]
    var offset = 50
    while offset + 6 <= 50 + size {
      let (number, length) = (reader.word(offset), reader.signedLong(offset + 2))
      offset += 6
      guard length >= 0, length <= 50 + size - offset else { break }
      members[number] = offset..<offset + length
      offset += length
    }
    return members
  }

  /// The text of a block: behind the code of its type, its length in 16 bits, then its bytes.
  private static func text(_ reader: BinaryReader, _ block: Range<Int>?) -> String? {
    guard let block, block.count >= 4 else { return nil }
    let length = reader.word(block.lowerBound + 2)
    guard length <= block.count - 4 else { return nil }
    return reader.text(block.lowerBound + 4..<block.lowerBound + 4 + length)
  }
}
