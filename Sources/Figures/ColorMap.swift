/// A color in the sRGB encoding, every part in 0…1.
public struct Color: Hashable, Sendable {
  /// The red part.
  public var red: Double

  /// The green part.
  public var green: Double

  /// The blue part.
  public var blue: Double

  /// Creates a color.
  ///
  /// - Parameters:
  ///   - red: The red part, 0…1.
  ///   - green: The green part, 0…1.
  ///   - blue: The blue part, 0…1.
  public init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  package static let white = Color(gray: 1)
  package static let black = Color(gray: 0)

  package init(gray: Double) {
    self.init(red: gray, green: gray, blue: gray)
  }

  /// The relative luminance in 0…1 (IEC 61966-2-1).
  public var luminance: Double {
    func linear(_ value: Double) -> Double {
      value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The color `fraction` of the way to another one.
  package func mixed(with other: Color, _ fraction: Double) -> Color {
    Color(
      red: red + (other.red - red) * fraction, green: green + (other.green - green) * fraction,
      blue: blue + (other.blue - blue) * fraction)
  }

  /// The three parts as 8-bit samples.
  package var samples: [UInt8] {
    [red, green, blue].map { UInt8((min(1, max(0, $0)) * 255).rounded()) }
  }
}

/// Turns a value into a color.
public enum ColorMap: String, Codable, Hashable, Sendable, CaseIterable {
  /// From dark blue over green to dark red, for values 0…1 (Mikhailov 2019, the polynomial
  /// approximation).
  case turbo

  /// From dark blue over cyan and yellow to dark red, for values 0…1.
  case jet

  /// From blue for -1 over white for 0 to red for 1.
  case redWhiteBlue

  /// Whether the map has a middle that stands for zero.
  public var isSigned: Bool { self == .redWhiteBlue }

  /// The color of a value; values outside the range get the color of its nearer end.
  ///
  /// - Parameter value: 0…1, or -1…1 for a signed map; not NaN.
  /// - Returns: The color in the sRGB encoding.
  public func color(_ value: Double) -> Color {
    switch self {
    case .turbo: return ColorMap.turboColor(min(1, max(0, value)))
    case .jet:
      let position = 4 * min(1, max(0, value))
      func ramp(_ center: Double) -> Double {
        min(1, max(0, 1.5 - abs(position - center)))
      }
      return Color(red: ramp(3), green: ramp(2), blue: ramp(1))
    case .redWhiteBlue:
      let strength = min(1, abs(value))
      let end =
        value > 0
        ? Color(red: 0.70, green: 0.02, blue: 0.15) : Color(red: 0.02, green: 0.19, blue: 0.62)
      let middle =
        value > 0
        ? Color(red: 0.94, green: 0.40, blue: 0.30) : Color(red: 0.30, green: 0.52, blue: 0.90)
      return strength < 0.5
        ? Color.white.mixed(with: middle, 2 * strength) : middle.mixed(with: end, 2 * strength - 1)
    }
  }

  /// Colors of 256 evenly spaced values from the lowest to the highest.
  package var table: [[UInt8]] {
    (0..<256).map { index in
      let fraction = Double(index) / 255
      return color(isSigned ? 2 * fraction - 1 : fraction).samples
    }
  }

  /// Coefficients of x⁰…x⁵ for red, green and blue.
  private static func turboColor(_ x: Double) -> Color {
    func polynomial(_ coefficients: [Double]) -> Double {
      min(1, max(0, coefficients.reversed().reduce(0) { $0 * x + $1 }))
    }
    return Color(
      red: polynomial([
        0.13572138, 4.61539260, -42.66032258, 132.13108234, -152.94239396, 59.28637943,
      ]),
      green: polynomial([
        0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604,
      ]),
      blue: polynomial([
        0.10667330, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973,
      ]))
  }
}
