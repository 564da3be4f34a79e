/// The numbers of an ENVI image.
struct ENVICube {
  private let header: ENVIHeader
  private let reader: BinaryReader
  private let samples: Int
  private let lines: Int
  private let bands: Int
  private let offset: Int
  private let number: (width: Int, value: (BinaryReader, Int) -> Double)

  /// How far apart neighbors lie, counted in numbers.
  private let strides: (line: Int, sample: Int, band: Int)

  /// Checks that the cube has the size that its header says.
  ///
  /// - Throws: `SpectrumError` naming what does not fit.
  init(_ header: ENVIHeader, _ bytes: [UInt8]) throws(SpectrumError) {
    self.header = header
    reader = BinaryReader(bytes: bytes, isBigEndian: try header.count("byte order", 0) == 1)
    (samples, lines, bands) = (
      try header.count("samples"), try header.count("lines"), try header.count("bands")
    )
    offset = try header.count("header offset", 0)
    number = try Self.number(header.count("data type"))
    switch header["interleave"]?.lowercased() ?? "bsq" {
    case "bsq": strides = (samples, 1, samples &* lines)
    case "bil": strides = (samples &* bands, 1, samples)
    case "bip": strides = (samples &* bands, bands, 1)
    case let other:
      throw SpectrumError(.unsupportedFile, "interleave \(other) is not bsq, bil or bip")
    }
    try reader.requirePointCount(bands)
    let (pixels, first) = samples.multipliedReportingOverflow(by: lines)
    let (values, second) = pixels.multipliedReportingOverflow(by: bands)
    let (size, third) = values.multipliedReportingOverflow(by: number.width)
    guard !first, !second, !third, pixels > 0, size == bytes.count - offset else {
      throw SpectrumError(
        .malformedFile,
        "the header says \(samples) samples × \(lines) lines × \(bands) bands of \(number.width) bytes "
          + "behind \(offset) bytes, but the cube has \(bytes.count) bytes; one of the two is another's, "
          + "or cut off")
    }
    guard header["file compression"] ?? "0" == "0" else {
      throw SpectrumError(
        .unsupportedFile, "compressed ENVI cubes are not read; save it uncompressed")
    }
  }

  private static func number(
    _ type: Int
  ) throws(SpectrumError) -> (width: Int, value: (BinaryReader, Int) -> Double) {
    switch type {
    case 1: return (1, { Double($0.bytes[$1]) })
    case 2: return (2, { Double(Int16(truncatingIfNeeded: $0.word($1))) })
    case 3: return (4, { Double($0.signedLong($1)) })
    case 4: return (4, { Double($0.float($1)) })
    case 5: return (8, { $0.double($1) })
    case 12: return (2, { Double($0.word($1)) })
    case 13: return (4, { Double($0.long($1)) })
    case 14: return (8, { Double(Int64(bitPattern: $0.unsigned($1, width: 8))) })
    case 15: return (8, { Double($0.unsigned($1, width: 8)) })
    default:
      throw SpectrumError(
        .unsupportedFile, "ENVI data type \(type) is not read (complex numbers are 6 and 9)")
    }
  }

  /// The spectra of all pixels that have values.
  func dataset(_ settings: SpectrumReadingSettings) throws(SpectrumError) -> SpectralDataset {
    let titles = header.list("z plot titles") ?? []
    let scale = header["reflectance scale factor"].flatMap(Double.init) ?? 1
    let ignored = header["data ignore value"].flatMap(Double.init)
    var (rows, places): ([[Float]], [(line: Int, sample: Int)]) = ([], [])
    for line in 0..<lines {
      for sample in 0..<samples {
        let values = (0..<bands).map { value(line, sample, $0) }
        guard values.allSatisfy({ Float($0).isFinite && $0 != ignored }) else { continue }
        rows.append(values.map { Float($0 / scale) })
        places.append((line, sample))
      }
    }
    var fields: [String: String] = [:]
    fields[SpectrumProvenance.ordinateField] = titles.count > 1 ? titles[1] : nil
    fields["DESCRIPTION"] = header["description"].map { String($0.prefix(400)) }
    let axis = try axis(titles.first, settings)
    let columns: [SpectralDataset.MetadataColumn] = [
      .init(name: "map x", values: places.map { "\($0.sample)" }),
      .init(name: "map y", values: places.map { "\($0.line)" }),
    ]
    return try SpectralDataset(
      axis: axis, rows: rows, metadata: columns, roles: ColumnRoles(measuring: columns),
      provenance: places.map {
        SpectrumProvenance(record: $0.line * samples + $0.sample + 1, fields: fields)
      }
    ).noting(notes(leftOut: lines * samples - rows.count, scale))
  }

  private func notes(leftOut: Int, _ scale: Double) -> [String] {
    var notes: [String] = []
    if leftOut > 0 {
      notes.append("\(leftOut) of \(lines * samples) pixels hold no values: left out")
    }
    if scale != 1 {
      notes.append(
        "values are divided by the scale factor \(ShortNumber.text(scale)) of the header")
    }
    if header["byte order"] == nil {
      notes.append("no byte order is given; the lowest byte is first")
    }
    return notes
  }

  private func value(_ line: Int, _ sample: Int, _ band: Int) -> Double {
    let place = line * strides.line + sample * strides.sample + band * strides.band
    return number.value(reader, offset + place * number.width)
  }

  private func axis(
    _ title: String?, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> SpectralAxis {
    let names = header.list("band names")
    let listed = header.list("wavelength")?.map { Double($0) } ?? names?.map(Self.leadingNumber)
    let unit =
      header["wavelength units"].flatMap(AxisUnit.init(named:))
      ?? title.flatMap(AxisUnit.init(named:))
    guard let positions = listed?.compactMap(\.self), positions.count == bands else {
      guard header["wavelength"] == nil else {
        throw SpectrumError(
          .malformedFile,
          "the header lists \(listed?.count ?? 0) wavelengths, or texts among them, for \(bands) bands"
        )
      }
      return SpectralAxis(indexCount: bands)
    }
    return try SpectralAxis(positions: positions, unit: settings.unit(named: unit))
  }

  /// The number with which a text such as `422.16 (423.84)` starts.
  private static func leadingNumber(_ text: String) -> Double? {
    Double(text.prefix { $0.isNumber || $0 == "." })
  }
}
