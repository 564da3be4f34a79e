import Catalogs

/// A length along the input: a share of its extent, or a number of its units.
public enum InputLength: Hashable, Sendable {
  /// So many hundredths of the number of positions.
  case percent(Double)
  /// Pixels, or units of the spectral axis.
  case units(Double)

  /// Reads `7%` or `25`.
  ///
  /// - Parameter text: As users write it; nothing is made of other texts, or of lengths that are
  ///   not above 0.
  public init?(_ text: String) {
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? String(text.dropLast()) : text
    guard let number = Double(digits), number.isFinite, number > 0 else { return nil }
    self = isPercent ? .percent(number) : .units(number)
  }

  /// The text that is read as this length.
  public var text: String {
    switch self {
    case .percent(let percent): Domain<Double>.number(0...1e30).text(percent) + "%"
    case .units(let units): Domain<Double>.number(0...1e30).text(units)
    }
  }

  /// The length in positions.
  ///
  /// - Parameters:
  ///   - extent: How many positions the axis has.
  ///   - spacing: The units between two of them.
  /// - Returns: A number of positions, whole or not.
  public func positions(extent: Int, spacing: Double) -> Double {
    switch self {
    case .percent(let percent): percent / 100 * Double(extent)
    case .units(let units): units / spacing
    }
  }
}
