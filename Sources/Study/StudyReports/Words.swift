import Foundation

/// Numbers and lists as they are written in sentences.
enum Words {
  /// A number with so many significant digits, and a true minus sign.
  static func number(_ value: Double, _ digits: Int = 3) -> String {
    guard value.isFinite else { return value > 0 ? "∞" : "not finite" }
    if value == 0 { return "0" }
    let size = Int(log10(abs(value)).rounded(.down))
    if size >= 7 || size < -4 {
      return minus(String(format: "%.\(digits - 1)e", value))
    }
    return decimals(value, max(0, digits - 1 - size))
  }

  /// A number with so many digits after the point.
  static func decimals(_ value: Double, _ count: Int) -> String {
    let text = String(format: "%.\(count)f", value)
    return minus(Double(text) == 0 ? String(format: "%.\(count)f", 0.0) : text)
  }

  /// A number with its sign, also when it is positive.
  static func signed(_ value: Double, _ count: Int) -> String {
    let text = decimals(value, count)
    return value > 0 && Double(text) != 0 ? "+" + text : text
  }

  private static func minus(_ text: String) -> String {
    text.replacingOccurrences(of: "-", with: "\u{2212}")
  }

  /// A share in percent: 100 only for all, 0 only for none.
  static func percent(_ share: Double, decimals count: Int = 1) -> String {
    let percent = 100 * share
    if share == 1 || share == 0 { return decimals(percent, 0) + "\u{A0}%" }
    let smallest = pow(10, -Double(count)) / 2
    if share < 1, percent > 100 - smallest { return "> " + percentText(100 - 2 * smallest, count) }
    if share > 0, percent < smallest { return "< " + percentText(2 * smallest, count) }
    return percentText(percent, count)
  }

  private static func percentText(_ percent: Double, _ count: Int) -> String {
    decimals(percent, count) + "\u{A0}%"
  }

  /// An interval of shares, cut off where shares end.
  static func interval(_ lower: Double, _ upper: Double) -> String {
    let ends = [max(0, lower), min(1, upper)].map { end in
      end == 0 || end == 1 ? decimals(100 * end, 0) : decimals(100 * end, 1)
    }
    return ends[0] + " to " + ends[1] + "\u{A0}%"
  }

  /// How probable something is.
  static func probability(_ value: Double) -> String {
    value < 0.001 ? "p < 0.001" : "p = " + (value < 0.1 ? decimals(value, 3) : decimals(value, 2))
  }

  /// A correlation.
  static func correlation(_ value: Double) -> String { decimals(value, 2) }

  /// A number of things: `1 band`, `3 bands`.
  static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) " + (number == 1 ? one : many ?? one + "s")
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ items: [String]) -> String {
    guard items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + items[items.count - 1]
  }

  /// The first letter in upper case.
  static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// A duration for people.
  static func seconds(_ value: Double) -> String {
    if value < 90 { return number(value, value < 10 ? 2 : 3) + " s" }
    let minutes = Int((value / 60).rounded())
    return minutes < 90 ? "\(minutes) min" : decimals(value / 3600, 1) + " h"
  }
}
