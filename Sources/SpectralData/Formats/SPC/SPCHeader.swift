/// What the start of an SPC file says about the spectra in it.
struct SPCHeader {
  /// The versions of the format.
  enum Version: UInt8 {
    /// Lowest byte first, a header of 512 bytes.
    case new = 0x4B
    /// Highest byte first, a header of 512 bytes.
    case newBigEndian = 0x4C
    /// Lowest byte first, a header of 256 bytes.
    case old = 0x4D
  }

  let version: Version

  /// Ordinates have 16 bits, not 32.
  let isShort: Bool

  /// There are several spectra.
  let isMultiple: Bool

  /// Each spectrum has its own positions.
  let hasOwnPositions: Bool

  /// Positions are stored, not evenly spaced.
  let hasPositions: Bool

  /// The exponent of whole numbers; `floatExponent` means floating-point numbers.
  let exponent: Int

  /// Points of each spectrum; without meaning when each has its own positions.
  let pointCount: Int

  /// How many spectra there are; nil when they go on to the end of the file.
  let spectrumCount: Int?

  let first: Double
  let last: Double
  let unit: AxisUnit?

  /// Where the first spectrum (or the stored positions) starts.
  let dataOffset: Int

  /// What else the header says.
  let fields: [String: String]

  /// The exponent that stands for floating-point numbers.
  static let floatExponent = -128

  /// Whether bytes can be the start of such a file.
  static func isPlausible(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 256, let version = Version(rawValue: bytes[1]) else { return false }
    // Text that happens to have K, L or M there has no zero bytes.
    return bytes.prefix(256).contains(0) && (version == .old || bytes.count > 512)
  }

  /// Reads the header.
  ///
  /// - Throws: `SpectrumError` when the counts are impossible.
  init(_ reader: BinaryReader, _ version: Version) throws(SpectrumError) {
    try reader.require(version == .old ? 256 : 512, at: 0, "the header")
    self.version = version
    let flags = reader.bytes[0]
    isShort = flags & 0x01 != 0
    isMultiple = flags & 0x04 != 0
    hasOwnPositions = version != .old && flags & 0x40 != 0
    hasPositions = version != .old && flags & 0x80 != 0
    var fields: [String: String] = [:]
    if version == .old {
      let points = reader.float(4)
      pointCount = points.isFinite && abs(points) < 1e9 ? Int(points) : -1
      let stored = Int(Int16(truncatingIfNeeded: reader.word(2)))
      exponent = stored == 128 ? Self.floatExponent : stored
      (first, last) = (Double(reader.float(8)), Double(reader.float(12)))
      unit = Self.unit(reader.bytes[16])
      fields["XUNITS"] = Self.otherUnits[reader.bytes[16]]
      fields["YUNITS"] = Self.ordinateNames[reader.bytes[17] & 0x7F]
      fields["COMMENT"] = reader.text(64..<194)
      spectrumCount = isMultiple ? nil : 1
      dataOffset = 224
    } else {
      exponent = reader.signedByte(3)
      pointCount = reader.long(4)
      (first, last) = (reader.double(8), reader.double(16))
      spectrumCount = max(1, reader.long(24))
      unit = Self.unit(reader.bytes[28])
      fields["XUNITS"] = Self.otherUnits[reader.bytes[28]]
      fields["YUNITS"] = Self.ordinateNames[reader.bytes[29]]
      fields["DATE"] = Self.date(reader.long(32))
      fields["RESOLUTION"] = reader.text(36..<45)
      fields["ORIGIN"] = reader.text(45..<54)
      fields["COMMENT"] = reader.text(88..<218)
      dataOffset = 512
    }
    self.fields = fields.filter { !$0.value.isEmpty }
    try checkCounts(byteCount: reader.bytes.count)
  }

  /// Refuses counts that no file of that size can have.
  private func checkCounts(byteCount: Int) throws(SpectrumError) {
    guard hasOwnPositions || (1...SpectralAxis.greatestCount).contains(pointCount) else {
      throw SpectrumError(
        .malformedFile,
        "the header claims \(pointCount) points for a spectrum; 1 to \(SpectralAxis.greatestCount) are "
          + "possible")
    }
    // Each spectrum takes at least its own header.
    guard (spectrumCount ?? 1) <= byteCount / 32 else {
      throw SpectrumError(
        .malformedFile,
        "the header claims \(spectrumCount ?? 1) spectra, more than fit in \(byteCount) bytes")
    }
  }

  private static func unit(_ code: UInt8) -> AxisUnit? {
    switch code {
    case 1: .reciprocalCentimeter
    case 2: .micrometer
    case 3: .nanometer
    case 13: .ramanShift
    default: nil
    }
  }

  /// Units of positions that are none of light.
  private static let otherUnits: [UInt8: String] = [
    4: "seconds", 5: "minutes", 6: "Hz", 7: "kHz", 8: "MHz", 9: "m/z", 10: "ppm", 14: "eV",
    16: "diode numbers", 17: "channels", 18: "degrees", 22: "data points", 30: "hours",
  ]

  private static let ordinateNames: [UInt8: String] = [
    1: "Interferogram", 2: "Absorbance", 3: "Kubelka-Munk", 4: "Counts",
    5: "Volts",
    10: "log(1/R)", 11: "Percent", 12: "Intensity", 13: "Relative intensity", 128: "Transmission",
    129: "Reflectance", 130: "Arbitrary or single beam", 131: "Emission",
  ]

  private static func date(_ bits: Int) -> String? {
    let (year, month, day) = (bits >> 20, bits >> 16 & 0xF, bits >> 11 & 0x1F)
    guard year > 0, (1...12).contains(month), (1...31).contains(day) else { return nil }
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(padded(month))-\(padded(day))"
  }
}
