public import Catalogs

/// What a reader is told about a file beyond its bytes.
public struct SpectrumReadingSettings: Codable, Hashable, Sendable {
  /// What positions are measured in when the file does not say; nil leaves `index`.
  public var unit: AxisUnit?

  /// Which way spectra lie in a table of text.
  public var layout: CSVSpectrumFormat.Layout

  /// Whether spectra on different axes are interpolated linearly to those positions of the first axis
  /// that all of them cover; otherwise they are refused where one axis is needed.
  public var interpolatesToCommonAxis: Bool

  /// What the file is called, which may say what was measured; set by whoever reads it.
  var fileName = ""

  private enum CodingKeys: CodingKey { case unit, layout, interpolatesToCommonAxis }

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - unit: What positions are measured in when the file does not say.
  ///   - layout: Which way spectra lie in a table of text.
  ///   - interpolatesToCommonAxis: Whether different axes are brought to one.
  public init(
    unit: AxisUnit? = nil, layout: CSVSpectrumFormat.Layout = .automatic,
    interpolatesToCommonAxis: Bool = false
  ) {
    self.unit = unit
    self.layout = layout
    self.interpolatesToCommonAxis = interpolatesToCommonAxis
  }

  /// The unit that a file names, or the one in the settings; both must agree.
  func unit(named: AxisUnit?) throws(SpectrumError) -> AxisUnit {
    guard let named else { return unit ?? .index }
    guard let unit, unit != named else { return named }
    // "cm-1" alone does not tell an infrared wavenumber from a Raman shift.
    if named == .reciprocalCentimeter, unit == .ramanShift { return unit }
    throw SpectrumError(
      .invalidAxis,
      "the file names \(named.symbol) (\(named.rawValue)) but \(unit.rawValue) was asked for; "
        + "drop one of them")
  }
}

/// A file format of spectra: how it is recognized, read and written.
public struct SpectrumFormatEntry: CatalogEntry {
  /// The name of the format on the command line.
  public let id: String

  /// What it is, in one line.
  public let summary: String

  /// The usual ends of file names, in small letters without the dot.
  public let suffixes: [String]

  /// Whether the bytes of a file look like this format; reads little of them.
  let recognizes: @Sendable ([UInt8]) -> Bool

  /// Reads the bytes of a file: one data set for each axis.
  let decode:
    @Sendable ([UInt8], SpectrumReadingSettings) throws(SpectrumError) -> [SpectralDataset]

  /// The bytes of a file; nil when the format is not written.
  let encode: (@Sendable (SpectralDataset) throws(SpectrumError) -> [UInt8])?

  /// Reads a file together with the one that belongs to it; nil when `path` is not one of such a pair.
  var decodePair:
    (
      @Sendable (_ path: String, SpectrumReadingSettings) throws(SpectrumError) ->
        [SpectralDataset]?
    )? =
      nil

  /// Whether files of this format can be written.
  public var isWritable: Bool { encode != nil }
}
