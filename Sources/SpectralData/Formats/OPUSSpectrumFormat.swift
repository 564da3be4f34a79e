/// Reads Bruker OPUS files: the result of the measurement (absorbance, reflectance…), else the single
/// beam.
///
/// A directory names blocks by a type: bits 0–3 say of what the numbers are, bits 4–9 which parameters
/// (0 for data, 1 for what describes data), bits 10–16 the quantity. Data are described by the block whose
/// type differs in bit 4 alone; what has no such block is a report. Bit 30 marks what the instrument
/// put aside when it made the result.
enum OPUSSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "opus", summary: "Bruker OPUS: absorbance or another result of a measurement",
    suffixes: ["0", "1", "2", "3", "001", "opus"],
    recognizes: { $0.starts(with: [0x0A, 0x0A, 0xFE, 0xFE]) },
    decode: { bytes, settings throws(SpectrumError) in
      [try decode(BinaryReader(bytes: bytes, isBigEndian: false), settings)]
    },
    encode: nil)

  /// An entry of the directory.
  private struct Block {
    let type: Int
    let byteCount: Int
    let offset: Int

    var quantity: Int { type >> 10 & 0x7F }
    var isOfRatio: Bool { type & 0xF == 0xF }
    var isOfSample: Bool { type & 0xF == 0x7 }
    var isPutAside: Bool { type >> 30 & 1 == 1 }
    var name: String { (OPUSSpectrumFormat.names[quantity] ?? "data") }
  }

  /// Names of results by their numbers; the order in which they are preferred is that of `ranked`.
  private static let names: [Int: String] = [
    1: "single beam", 2: "interferogram", 3: "phase", 4: "absorbance", 5: "transmittance",
    6: "Kubelka-Munk", 10: "Raman intensity", 11: "emission", 12: "reflectance", 15: "log(1/R)",
    16: "ATR spectrum", 17: "photoacoustic spectrum",
  ]

  private static let ranked = [4, 16, 15, 5, 12, 6, 17, 10, 11]

  private static func decode(
    _ reader: BinaryReader, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> SpectralDataset {
    let blocks = try directory(reader)
    var described: [(block: Block, status: OPUSParameters)] = []
    for block in blocks where block.type & 0x3F0 == 0 && names[block.quantity] != nil {
      guard let status = blocks.first(where: { $0.type == block.type | 0x10 }) else { continue }
      described.append(
        (block, try OPUSParameters(reader, at: status.offset, byteCount: status.byteCount)))
    }
    let results = ranked.flatMap { quantity in
      described.filter { $0.block.quantity == quantity && $0.block.isOfRatio }
    }
    let beams = described.filter { $0.block.quantity == 1 && $0.block.isOfSample }
    let ordered = results + beams
    guard
      let chosen = ordered.min(by: { rank($0.block, results.count) < rank($1.block, results.count) }
      )
    else {
      let found = Set(described.map(\.block.name)).sorted().joined(separator: ", ")
      throw SpectrumError(
        .unsupportedFile,
        found.isEmpty
          ? "the OPUS file holds no spectrum"
          : "the OPUS file holds no spectrum of the sample, only: \(found)")
    }
    var notes: [String] = []
    let others = results.filter { $0.block.type != chosen.block.type }.map {
      $0.block.name + ($0.block.isPutAside ? " before corrections" : "")
    }
    if !others.isEmpty {
      notes.append(
        "\(chosen.block.name) is read; the file also holds \(others.joined(separator: ", "))")
    }
    return try spectrum(reader, chosen.block, chosen.status, blocks, settings, notes)
  }

  /// What is preferred comes first: the kinds in their order, each as it stands before what was put aside.
  private static func rank(_ block: Block, _ resultCount: Int) -> Int {
    let kind = block.isOfRatio ? ranked.firstIndex(of: block.quantity) ?? 90 : 99
    return 2 * kind + (block.isPutAside ? 1 : 0)
  }

  private static func directory(_ reader: BinaryReader) throws(SpectrumError) -> [Block] {
    try reader.require(24, at: 0, "the header")
    let (start, count) = (reader.signedLong(12), reader.signedLong(20))
    guard (0...10_000).contains(count) else {
      throw SpectrumError(.malformedFile, "the directory claims \(count) blocks")
    }
    try reader.require(12 * count, at: start, "the directory of \(count) blocks")
    return (0..<count).map { index in
      let place = start + 12 * index
      return Block(
        type: reader.long(place), byteCount: 4 * reader.signedLong(place + 4),
        offset: reader.signedLong(place + 8))
    }
  }

  private static func spectrum(
    _ reader: BinaryReader, _ block: Block, _ status: OPUSParameters, _ blocks: [Block],
    _ settings: SpectrumReadingSettings, _ notes: [String]
  ) throws(SpectrumError) -> SpectralDataset {
    guard let first = status.number("FXV"), let last = status.number("LXV"),
      let number = status.number("NPT"), let count = Int(exactly: number)
    else {
      throw SpectrumError(
        .malformedFile, "the \(block.name) has no NPT, FXV and LXV; it is damaged")
    }
    try reader.requirePointCount(count)
    guard block.byteCount < 8 * count + 4096 else {
      throw SpectrumError(
        .unsupportedFile,
        "the \(block.name) is a series of spectra of \(count) points; export them one by one, or as "
          + "JCAMP-DX")
    }
    let isWhole = status.number("DPF") == 2
    try reader.require(4 * count, at: block.offset, "the \(block.name) of \(count) points")
    var row = (0..<count).map { index in
      let place = block.offset + 4 * index
      return isWhole ? Float(reader.signedLong(place)) : reader.float(place)
    }
    if let scale = status.number("CSF"), scale != 1 { row = row.map { $0 * Float(scale) } }
    let unit = unit(status.texts["DXU"], block, max(first, last))
    let axis = try SpectralAxis(
      from: first, through: last, count: count, unit: settings.unit(named: unit))
    let fields = fields(reader, status, block, blocks)
    let name = fields["SNM"].flatMap { $0.isEmpty ? nil : $0 }
    return try SpectralDataset(
      axis: axis, rows: [row], names: name.map { [$0] },
      provenance: [SpectrumProvenance(record: 1, fields: fields)]
    ).noting(notes)
  }

  private static func fields(
    _ reader: BinaryReader, _ status: OPUSParameters, _ block: Block, _ blocks: [Block]
  ) -> [String: String] {
    var fields = status.texts.filter { ["DAT", "TIM", "DXU"].contains($0.key) }
    fields[SpectrumProvenance.ordinateField] = block.name
    let sample = blocks.first { $0.type & 0x3FF_FFFF == 0xA0 }
    if let sample,
      let about = try? OPUSParameters(reader, at: sample.offset, byteCount: sample.byteCount)
    {
      for (key, text) in about.texts where ["SNM", "SFM"].contains(key) { fields[key] = text }
    }
    return fields
  }

  /// The unit that the file names; light that a laser has scattered lies far above 5000 cm⁻¹ unless its
  /// shift is given.
  private static func unit(_ name: String?, _ block: Block, _ highest: Double) -> AxisUnit? {
    switch name {
    case "WN": block.quantity == 10 && highest < 5000 ? .ramanShift : .reciprocalCentimeter
    case "RSH": .ramanShift
    case "MI": .micrometer
    case "NM": .nanometer
    default: nil
    }
  }
}

/// Named values of a block of an OPUS file.
struct OPUSParameters {
  /// Texts by their names of three letters.
  private(set) var texts: [String: String] = [:]
  private var numbers: [String: Double] = [:]

  /// Reads the values up to the one called END, or to the end of the block.
  ///
  /// - Throws: `SpectrumError` when the block lies outside of the file.
  init(_ reader: BinaryReader, at start: Int, byteCount: Int) throws(SpectrumError) {
    try reader.require(byteCount, at: start, "a block of parameters")
    var offset = start
    let end = start + byteCount
    while offset + 8 <= end {
      let name = reader.text(offset..<offset + 3)
      let (type, size) = (reader.word(offset + 4), 2 * reader.word(offset + 6))
      let value = offset + 8
      guard name != "END", value + size <= end else { return }
      switch type {
      case 0 where size >= 4: numbers[name] = Double(reader.signedLong(value))
      case 1 where size >= 8: numbers[name] = reader.double(value)
      case 2, 3, 4: texts[name] = reader.text(value..<value + size)
      default: break
      }
      offset = value + size
    }
  }

  /// A number by its name; nil when there is none or it is not finite.
  func number(_ name: String) -> Double? { numbers[name].flatMap { $0.isFinite ? $0 : nil } }
}
