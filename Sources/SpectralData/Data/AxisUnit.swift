/// What the positions along a spectrum are measured in.
public enum AxisUnit: String, Codable, Hashable, Sendable, CaseIterable {
  /// Absolute wavenumber of infrared light, per centimeter.
  case reciprocalCentimeter

  /// Difference to the wavenumber of the exciting laser, per centimeter.
  case ramanShift

  /// Wavelength in nanometers.
  case nanometer

  /// Wavelength in micrometers.
  case micrometer

  /// The number of the point; nothing is known about its physical position.
  case index

  /// What is written at the axis, with the unit.
  public var label: String {
    switch self {
    case .reciprocalCentimeter: "Wavenumber (cm⁻¹)"
    case .ramanShift: "Raman shift (cm⁻¹)"
    case .nanometer: "Wavelength (nm)"
    case .micrometer: "Wavelength (µm)"
    case .index: "Index"
    }
  }

  /// The unit alone, empty for `index`.
  public var symbol: String {
    switch self {
    case .reciprocalCentimeter, .ramanShift: "cm⁻¹"
    case .nanometer: "nm"
    case .micrometer: "µm"
    case .index: ""
    }
  }

  /// Whether positions are drawn from high at the left to low at the right, as is the custom for
  /// infrared wavenumbers.
  public var isDrawnReversed: Bool { self == .reciprocalCentimeter }

  /// The unit that a text such as `Wavenumber (cm-1)` names, or nil when it names none.
  ///
  /// A bare `cm-1` stands for an infrared wavenumber; a Raman shift must be called one.
  ///
  /// - Parameter text: A column header or the like.
  public init?(named text: String) {
    let text = text.lowercased()
    if text.contains("raman") || text.contains("rel. 1/cm") || text.contains("rel.1/cm") {
      self = .ramanShift
    } else if ["wavenumber", "cm-1", "cm^-1", "cm⁻¹", "cm−1", "1/cm"].contains(where: text.contains)
    {
      self = .reciprocalCentimeter
    } else if text.contains("nanomet") || AxisUnit.words(text).contains("nm") {
      self = .nanometer
    } else if text.contains("micromet") || text.contains("micron")
      || !AxisUnit.words(text).isDisjoint(with: ["um", "µm", "μm"])
    {
      self = .micrometer
    } else {
      return nil
    }
  }

  /// The unit as users and files of networks write it: `cm-1`, `raman`, `nm`, `um` or `index`.
  public var option: String {
    switch self {
    case .reciprocalCentimeter: "cm-1"
    case .ramanShift: "raman"
    case .nanometer: "nm"
    case .micrometer: "um"
    case .index: "index"
    }
  }

  /// Reads a unit as users write it: `cm-1`, `raman`, `nm`, `um` or `index`.
  ///
  /// - Parameter option: The text.
  /// - Throws: `SpectrumError` when it is none of them.
  public init(option: String) throws(SpectrumError) {
    if option.lowercased() == "index" {
      self = .index
      return
    }
    guard let unit = AxisUnit(named: option) ?? AxisUnit(rawValue: option) else {
      throw SpectrumError(
        .invalidSettings, "unit \"\(option)\" is not cm-1, raman, nm, um or index")
    }
    self = unit
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { !$0.isLetter }.map(String.init))
  }
}
