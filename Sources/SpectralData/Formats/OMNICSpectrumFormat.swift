/// Reads Thermo OMNIC files: one spectrum (SPA) or a group (SPG).
///
/// A directory at byte 304 names sections by a number: 2 for what describes a spectrum, 3 for its
/// intensities, 107 for its title in a group. Interferograms are refused.
enum OMNICSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "omnic", summary: "Thermo OMNIC: one spectrum (SPA) or a group (SPG)",
    suffixes: ["spa", "spg"],
    recognizes: { $0.starts(with: Array("Spectral Data File".utf8)) },
    decode: { bytes, settings throws(SpectrumError) in
      try decode(BinaryReader(bytes: bytes, isBigEndian: false), settings)
    },
    encode: nil)

  private struct Section {
    let kind: UInt8
    let offset: Int
    let byteCount: Int
  }

  private static let ordinates: [UInt8: String] = [
    11: "percent reflectance", 12: "log(1/R)", 15: "single beam", 16: "percent transmittance",
    17: "absorbance", 20: "Kubelka-Munk", 21: "reflectance", 22: "detector signal (V)",
    26: "photoacoustic", 31: "Raman intensity",
  ]

  private static func decode(
    _ reader: BinaryReader, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> [SpectralDataset] {
    try reader.require(304, at: 0, "the header")
    let count = reader.word(294)
    try reader.require(16 * count, at: 304, "the directory of \(count) sections")
    let sections = (0..<count).map { index in
      let place = 304 + 16 * index
      return Section(
        kind: reader.bytes[place], offset: reader.long(place + 2), byteCount: reader.long(place + 6)
      )
    }
    let headers = sections.indices.filter { sections[$0].kind == 2 }
    let title = reader.text(30..<285)
    var parts: [SpectralDataset] = []
    for (record, start) in headers.enumerated() {
      // What belongs to a spectrum lies between its description and the next one.
      let end = record + 1 < headers.count ? headers[record + 1] : sections.count
      let own = sections[start..<end]
      guard let data = own.first(where: { $0.kind == 3 }) else { continue }
      var name = title
      if let section = own.first(where: { $0.kind == 107 }), headers.count > 1 {
        try reader.require(256, at: section.offset, "the title of a spectrum")
        name = reader.text(section.offset..<section.offset + 256)
      }
      parts.append(
        try spectrum(reader, sections[start], data, name, record: record + 1, settings))
    }
    guard !parts.isEmpty else {
      throw SpectrumError(.unsupportedFile, "the OMNIC file holds no spectrum")
    }
    return try SpectralDataset.grouped(parts)
  }

  private static func spectrum(
    _ reader: BinaryReader, _ header: Section, _ data: Section, _ name: String, record: Int,
    _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> SpectralDataset {
    try reader.require(24, at: header.offset, "the description of a spectrum")
    let count = reader.long(header.offset + 4)
    try reader.requirePointCount(count)
    guard data.byteCount == 4 * count else {
      throw SpectrumError(
        .malformedFile,
        "spectrum \(record): \(data.byteCount) bytes do not hold \(count) points; the file is damaged"
      )
    }
    let ordinate = ordinates[reader.bytes[header.offset + 12]]
    let unit = try unit(reader.bytes[header.offset + 8], ordinate, record: record)
    let row = try reader.floats(count, at: data.offset, "a spectrum of \(count) points")
    let axis = try SpectralAxis(
      from: Double(reader.float(header.offset + 16)),
      through: Double(reader.float(header.offset + 20)), count: count,
      unit: settings.unit(named: unit))
    var fields = ["TITLE": name]
    fields[SpectrumProvenance.ordinateField] = ordinate
    return try SpectralDataset(
      axis: axis, rows: [row], names: [name],
      provenance: [SpectrumProvenance(record: record, fields: fields)])
  }

  private static func unit(
    _ code: UInt8, _ ordinate: String?, record: Int
  ) throws(SpectrumError) -> AxisUnit {
    switch code {
    case 1: return .reciprocalCentimeter
    case 3: return .nanometer
    case 4: return .micrometer
    case 32: return .ramanShift
    case 2:
      throw SpectrumError(
        .unsupportedFile,
        "spectrum \(record) is an interferogram (\(ordinate ?? "signal") over data points); transform "
          + "it to a spectrum first")
    default:
      throw SpectrumError(
        .unsupportedFile,
        "spectrum \(record) has positions in a unit that is not known (code \(code)); export it as CSV"
      )
    }
  }
}
