import Figures
import Statistics

/// Numbers as they stand in sentences and tables.
enum NumberWords {
  /// A number with three decimals, or three digits where it is large.
  static func number(_ value: Double, signed: Bool = false) -> String {
    let text =
      abs(value) < 100 ? NumberText.fixed(value, decimals: 3) : NumberText.short(value)
    return signed && value > 0 ? "+" + text : text
  }

  /// A number with its interval: `0.412 (0.380 to 0.444)`.
  static func value(
    _ value: Double, _ interval: ConfidenceInterval?, signed: Bool = false
  ) -> String {
    guard let interval else { return number(value, signed: signed) }
    return number(value, signed: signed)
      + " (\(number(interval.lower, signed: signed)) to \(number(interval.upper, signed: signed)))"
  }

  /// A probability: `p = 0.012`, `p < 0.001`.
  static func probability(_ value: Double) -> String {
    value < 0.001 ? "p < 0.001" : "p = " + NumberText.fixed(value, decimals: 3)
  }

  /// Several words with "and" before the last.
  static func list(_ words: [String], atMost limit: Int) -> String {
    guard words.count > limit else {
      guard words.count > 1, let last = words.last else { return words.first ?? "" }
      return words.dropLast().joined(separator: ", ") + " and " + last
    }
    return words.prefix(limit).joined(separator: ", ") + " and \(words.count - limit) more"
  }
}
