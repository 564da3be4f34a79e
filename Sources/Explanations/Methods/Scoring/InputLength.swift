/// A length along the input: a share of its extent, or a number of its units.
public enum InputLength: Hashable, Sendable {
  /// A share of the number of positions.
  case share(Double)
  /// Pixels, or units of the spectral axis.
  case units(Double)

  /// Reads `7%` or `25`.
  ///
  /// - Parameter text: As users write it; nothing is made of other texts, or of lengths that are
  ///   not above 0.
  public init?(_ text: String) {
    let isShare = text.hasSuffix("%")
    guard let number = Double(isShare ? String(text.dropLast()) : text), number.isFinite, number > 0
    else { return nil }
    self = isShare ? .share(number / 100) : .units(number)
  }

  /// The length in positions.
  ///
  /// - Parameters:
  ///   - extent: How many positions the axis has.
  ///   - spacing: The units between two of them.
  /// - Returns: A number of positions, whole or not.
  public func positions(extent: Int, spacing: Double) -> Double {
    switch self {
    case .share(let share): share * Double(extent)
    case .units(let units): units / spacing
    }
  }
}
