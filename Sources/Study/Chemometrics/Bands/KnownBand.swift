public import SpectralData

/// A band that the literature assigns.
public struct KnownBand: Hashable, Sendable {
  /// How a band was measured.
  public enum Technique: String, Codable, Hashable, Sendable, CaseIterable {
    /// Absorption of infrared light.
    case infrared = "IR"

    /// Raman scattering.
    case raman = "Raman"

    /// Absorption of near-infrared light.
    case nearInfrared = "NIR"

    /// The technique that a text such as `FTIR` or `mid-IR` names, or nil when it names none.
    public init?(named text: String) {
      let text = text.lowercased()
      if text.contains("raman") {
        self = .raman
      } else if text.contains("nir") || text.contains("near") {
        self = .nearInfrared
      } else if text.contains("ir") || text.contains("infrared") {
        self = .infrared
      } else {
        return nil
      }
    }
  }

  /// Where the band lies, in units of the axis.
  public let range: ClosedRange<Double>

  /// What the range is measured in.
  public let unit: AxisUnit

  /// How it was measured, or nil when that is not known.
  public let technique: Technique?

  /// What it is assigned to, such as `amide I`.
  public let assignment: String

  /// The substance or class that it is a sign of, if it is given.
  public let group: String?

  /// Where it was published, if that is given.
  public let reference: String?

  /// Creates a band.
  ///
  /// - Parameters:
  ///   - range: Where it lies.
  ///   - unit: What the range is measured in.
  ///   - technique: How it was measured, or nil.
  ///   - assignment: What it is assigned to.
  ///   - group: The substance or class that it is a sign of, or nil.
  ///   - reference: Where it was published, or nil.
  public init(
    range: ClosedRange<Double>, unit: AxisUnit, technique: Technique? = nil, assignment: String,
    group: String? = nil, reference: String? = nil
  ) {
    self.range = range
    self.unit = unit
    self.technique = technique
    self.assignment = assignment
    self.group = group
    self.reference = reference
  }

  /// What it is assigned to, and in brackets what it is a sign of.
  public var title: String { group.map { "\(assignment) (\($0))" } ?? assignment }

  /// The middle of the range, in its unit.
  public var center: Double { (range.lowerBound + range.upperBound) / 2 }

  /// Where the band lies on an axis of another unit.
  ///
  /// Wavelengths and infrared wavenumbers are converted into each other. A Raman shift is the
  /// difference to a laser and goes with Raman shifts only, and a number of a point with nothing.
  ///
  /// - Parameter unit: The unit of the axis.
  /// - Returns: The range in that unit, or nil when it does not say where the band lies.
  public func range(in unit: AxisUnit) -> ClosedRange<Double>? {
    if unit == .index || self.unit == .index { return nil }
    if unit == self.unit { return range }
    guard let low = Self.wavenumber(range.lowerBound, self.unit),
      let high = Self.wavenumber(range.upperBound, self.unit)
    else { return nil }
    let ends = [low, high].compactMap { Self.position($0, unit) }
    guard let first = ends.min(), let last = ends.max(), ends.count == 2 else { return nil }
    return first...last
  }

  private static func wavenumber(_ position: Double, _ unit: AxisUnit) -> Double? {
    guard position > 0 else { return nil }
    switch unit {
    case .reciprocalCentimeter: return position
    case .nanometer: return 1e7 / position
    case .micrometer: return 1e4 / position
    default: return nil
    }
  }

  /// The conversion is its own inverse.
  private static func position(_ wavenumber: Double, _ unit: AxisUnit) -> Double? {
    Self.wavenumber(wavenumber, unit)
  }
}
