import Foundation

/// `base` to the power `exponent`.
package func power(_ base: Double, _ exponent: Double) -> Double {
  pow(base, exponent)
}

/// Numbers as they are written at axes and color bars.
package enum NumberText {
  /// Positions 1, 2 or 5 times a power of ten apart that lie within a range.
  ///
  /// - Parameters:
  ///   - low: Lower end, finite.
  ///   - high: Upper end, above `low`.
  ///   - count: About how many are wanted.
  /// - Returns: The positions and how many decimals tell them apart.
  package static func ticks(from low: Double, to high: Double, about count: Int) -> (
    positions: [Double], decimals: Int
  ) {
    let rough = (high - low) / Double(max(1, count))
    guard rough > 0, rough.isFinite else { return ([low], 0) }
    let magnitude = floor(log10(rough))
    let unit = pow(10, magnitude)
    let factor = [1.0, 2, 5, 10].first { $0 * unit >= rough * 0.999 } ?? 10
    let step = factor * unit
    let decimals = max(0, Int(-floor(log10(step) + 1e-9)))
    let first = Int(ceil(low / step - 1e-9))
    let last = Int(floor(high / step + 1e-9))
    guard first <= last, last - first < 1000 else { return ([low], decimals) }
    return ((first...last).map { Double($0) * step }, decimals)
  }

  /// A number with a fixed count of decimals and a real minus sign; never "-0".
  package static func fixed(_ value: Double, decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", value)
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return isZero ? text.replacing("-", with: "") : text.replacing("-", with: "−")
  }

  /// A number with three significant digits, very large and small ones as a power of ten.
  package static func short(_ value: Double) -> String {
    if value == 0 { return "0" }
    let exponent = exponent(value)
    if (-3...4).contains(exponent) {
      return trimmed(fixed(value, decimals: max(0, 2 - exponent)))
    }
    let mantissa = trimmed(fixed(value / pow(10, Double(exponent)), decimals: 2))
    return mantissa + "·" + powerOfTen(exponent)
  }

  /// The exponent of a number with three significant digits; the number is not zero.
  package static func exponent(_ value: Double) -> Int {
    let exponent = Int(floor(log10(abs(value))))
    return abs(value) / pow(10, Double(exponent)) >= 9.995 ? exponent + 1 : exponent
  }

  /// Ten with a raised exponent.
  package static func powerOfTen(_ exponent: Int) -> String {
    let digits: [Character: Character] = [
      "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
      "9": "⁹", "-": "⁻",
    ]
    return "10" + String(String(exponent).compactMap { digits[$0] })
  }

  /// The text without zeros at the end of its decimals.
  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
