/// What the intensities of a spectrum are.
public enum Ordinate: String, Codable, Hashable, Sendable, CaseIterable {
  /// −log₁₀ of the transmittance.
  case absorbance
  /// The fraction of light that passes, 1 for all of it.
  case transmittance
  /// The fraction of light that passes, 100 for all of it.
  case percentTransmittance = "percent transmittance"
  /// The fraction of light that is thrown back, 1 for all of it.
  case reflectance
  /// The fraction of light that is thrown back, 100 for all of it.
  case percentReflectance = "percent reflectance"
  /// −log₁₀ of the reflectance.
  case logReflectance = "log(1/R)"
  /// (1 − R)² / 2R of the reflectance R.
  case kubelkaMunk = "Kubelka-Munk"
  /// What was counted by a detector.
  case counts
  /// Light of a spectrometer without a reference.
  case singleBeam = "single beam"
  /// Intensity in a unit that is not told.
  case intensity

  /// What a text names, such as `%T`, `ABSORBANCE` or `Kubelka-Munk`; nil when it names nothing of
  /// this list.
  ///
  /// - Parameter text: A unit or title of an ordinate, as instruments write it.
  public init?(named text: String) {
    let text = text.lowercased().trimming(where: \.isWhitespace)
    let isPercent = text.contains("%") || text.contains("percent")
    if ["log(1/r)", "log 1/r", "log (1/r)"].contains(where: text.contains) {
      self = .logReflectance
    } else if ["a", "au", "abs", "abs.", "od"].contains(text) || text.contains("absorb")
      || text.contains("extinktion")
    {
      self = .absorbance
    } else if text.contains("transmi") || ["t", "%t", "t%", "t [%]"].contains(text) {
      self = isPercent ? .percentTransmittance : .transmittance
    } else if text.contains("reflec") || ["r", "%r", "r%", "r [%]"].contains(text) {
      self = isPercent ? .percentReflectance : .reflectance
    } else if text.contains("kubelka") {
      self = .kubelkaMunk
    } else if text.contains("count") || text.hasSuffix("cts") || text == "cnt" {
      self = .counts
    } else if text.contains("single beam") || text.contains("single channel") {
      self = .singleBeam
    } else if text.contains("intens") || text.contains("arbitrary") || text == "a.u." {
      self = .intensity
    } else {
      return nil
    }
  }
}

extension SpectrumProvenance {
  /// The field that holds what the intensities are.
  static let ordinateField = "YUNITS"

  /// The field that says what places on a map are measured in.
  static let placeUnitField = "MAP UNIT"

  /// What the intensities are, nil when the file does not say.
  public var ordinate: Ordinate? { fields[Self.ordinateField].flatMap(Ordinate.init(named:)) }
}

extension SpectralDataset {
  /// What the intensities of all spectra are; nil when a file does not say, or they differ.
  public var ordinate: Ordinate? {
    guard let first = provenance?.first?.ordinate,
      provenance?.allSatisfy({ $0.ordinate == first }) == true
    else { return nil }
    return first
  }
}

extension String {
  /// The text without characters of a kind at its ends.
  func trimming(where isDropped: (Character) -> Bool) -> String {
    let start = drop(while: isDropped)
    return String(start.lastIndex { !isDropped($0) }.map { start[...$0] } ?? "")
  }
}
