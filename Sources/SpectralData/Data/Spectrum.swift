/// Where a spectrum comes from.
public struct SpectrumProvenance: Codable, Hashable, Sendable {
  /// The file it was read from, if it was.
  public var file: String?

  /// Which spectrum of the file it is, from 1.
  public var record: Int?

  /// What else the file says about it, such as `ORIGIN`, `DATE` or `YUNITS`, by the file's own names.
  public var fields: [String: String]

  /// Creates a note of where a spectrum comes from.
  ///
  /// - Parameters:
  ///   - file: The file, if any.
  ///   - record: Which spectrum of the file, from 1.
  ///   - fields: What else the file says about it.
  public init(file: String? = nil, record: Int? = nil, fields: [String: String] = [:]) {
    self.file = file
    self.record = record
    self.fields = fields
  }
}

/// One spectrum: an intensity at every position of an axis.
public struct Spectrum: Hashable, Sendable {
  /// The positions.
  public let axis: SpectralAxis

  /// One intensity per position, finite.
  public let intensities: [Float]

  /// What the spectrum is called, if anything.
  public let name: String?

  /// Where it comes from, if that is known.
  public let provenance: SpectrumProvenance?

  /// Creates a spectrum.
  ///
  /// - Parameters:
  ///   - axis: The positions.
  ///   - intensities: As many finite values as there are positions.
  ///   - name: What it is called, if anything.
  ///   - provenance: Where it comes from, if that is known.
  /// - Throws: `SpectrumError` when the counts differ or a value is not finite.
  public init(
    axis: SpectralAxis, intensities: [Float], name: String? = nil,
    provenance: SpectrumProvenance? = nil
  ) throws(SpectrumError) {
    guard intensities.count == axis.count else {
      throw SpectrumError(
        .lengthMismatch, "\(intensities.count) intensities do not fit \(axis.count) positions")
    }
    if let index = intensities.firstIndex(where: { !$0.isFinite }) {
      throw SpectrumError(
        .invalidCell,
        "the intensity of point \(index + 1) is \(intensities[index]); "
          + "replace or remove the point")
    }
    self.axis = axis
    self.intensities = intensities
    self.name = name
    self.provenance = provenance
  }
}
